"""What was asked is changed, until the convention is prepared; the others are told."""

from datetime import date
from typing import Any
from uuid import UUID

from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.french import date_words
from app.core.roles import Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.placements.models import Placement
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.asking import DeclaredHost, More, Terms, may_edit
from app.placements.service import telling
from app.placements.service.asking import declared_refusals
from app.placements.service.checking import must_fit
from app.placements.service.journal import log


@transaction
def edit(
    placement_id: UUID,
    terms: Terms,
    more: More | None = None,
    host: DeclaredHost | None = None,
    *,
    by: Actor,
    version: int | None = None,
    today: date,
) -> Placement:
    """Other dates, hours, tasks; of a declared host, its name too. Nothing changed is nothing done.

    Raises NotFound, StaleVersion; Refused with all reasons, beside their fields.
    """
    placement = the_one_to_act_on(by, placement_id, counting=True)
    if not may_edit(by.role, placement.state):
        raise Refused(WorkflowRefusal.WRONG_STATE)
    values = _values(placement, terms, more, host)
    changed = {name: value for name, value in values.items() if getattr(placement, name) != value}
    if not changed:
        return placement
    if version is not None and placement.version != version:
        raise StaleVersion({**{name: getattr(placement, name) for name in values}, "version": placement.version})
    before = placement.starts_on, placement.ends_on
    for name, value in changed.items():
        setattr(placement, name, value)
    with db.session.no_autoflush:  # the database would refuse an impossible date before the rules say why
        named = host is not None and placement.host_organisation_id is None
        must_fit(placement, by, today, also=declared_refusals(host) if host is not None and named else ())
    moved = before != (placement.starts_on, placement.ends_on)
    log(placement, "placement", placement.id, "edit", by, words=_dates(placement) if moved else "")
    db.session.flush()
    if moved or "hours_week" in changed:
        telling.everybody("placement_changed", placement, by)
    return placement


def _values(placement: Placement, terms: Terms, more: More | None, host: DeclaredHost | None) -> dict[str, Any]:
    """By column; what one may not say here stays as it is."""
    values = terms.said()
    if more is not None:
        values |= {name: getattr(more, name) for name in More.__dataclass_fields__}
    if host is not None and placement.host_organisation_id is None:
        values |= {name: getattr(host, name) for name in DeclaredHost.__dataclass_fields__}
    return values


def _dates(placement: Placement) -> str:
    return f"Du {date_words(placement.starts_on)} au {date_words(placement.ends_on)}."
