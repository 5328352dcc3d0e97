"""Is what is asked within the limits? Counted under the person's lock, all reasons at once, with what explains them."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on
from app.placements.models import Placement, PlacementTransition
from app.placements.queries.limits import asked_of, others_of
from app.placements.rules.asking import ASK_FIELDS, as_read_by
from app.placements.rules.limits import FIELDS, Asked, Convention, PlacementRefusal, refusals_for
from app.placements.rules.states import PLACEMENT, PlacementAction

refuse_on("uq_placements_renewal", PlacementRefusal.RENEWAL_TWICE)


class LimitsRefused(Refused):
    """A refusal with what it was about: the page writes the dates and numbers that help."""

    def __init__(
        self,
        reasons: Collection[Enum],
        fields: Mapping[Any, str],
        asked: Asked,
        others: Collection[Convention],
    ) -> None:
        super().__init__(reasons, fields)
        self.asked, self.others = asked, others


def must_fit(
    placement: Placement,
    by: Actor,
    today: date,
    *,
    also: Collection[Enum] = (),
    fields: Mapping[Any, str] | None = None,
) -> None:
    """Raise LimitsRefused with every reason, ``also`` included. The person is locked, their file is loaded.

    A host is told nothing of what the person does elsewhere.
    """
    asked = asked_of(placement)
    here = (placement.host_organisation_id, asked.convention.host)
    others = others_of(placement.candidate_id, but=placement.id, here=here)
    found = [as_read_by(by.role, reason) for reason in refusals_for(asked, others, today)]
    if reasons := tuple(dict.fromkeys((*also, *found))):
        if by.role is Role.EMPLOYER:
            others = [other for other in others if other.host == asked.convention.host]
        raise LimitsRefused(reasons, fields or {**FIELDS, **ASK_FIELDS}, asked, others)


def done_before(placement: Placement, action: PlacementAction, by: Actor, version: int | None) -> bool:
    """Has this person just done this act? A form sent twice is one act. Raises Refused, StaleVersion."""
    stale = version is not None and placement.version != version
    if not stale and PLACEMENT.allows(action, placement.state, by.role):
        return False
    if by.user_id is not None and _last(placement) == (action.value, by.user_id):
        return True
    PLACEMENT.target(action, placement.state, by.role)
    raise StaleVersion({"version": placement.version})


def _last(placement: Placement) -> tuple[Any, ...]:
    query = select(PlacementTransition.action, PlacementTransition.by_user_id).where(
        PlacementTransition.placement_id == placement.id, PlacementTransition.subject == "placement"
    )
    query = query.order_by(PlacementTransition.at.desc(), PlacementTransition.id).limit(1)
    row = db.session.execute(query).one_or_none()
    return tuple(row) if row else ()
