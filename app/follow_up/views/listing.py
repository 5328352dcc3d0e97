"""« Suivis »: who is at work and when is the next step; filters in the address, exports."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Role
from app.follow_up.forms.listing import FollowUpFilters
from app.follow_up.labels.kinds import VISITS
from app.follow_up.labels.states import FOLLOW_UP_LOOKS, FOLLOW_UP_STATES
from app.follow_up.queries.listing import Line, exported, listed
from app.follow_up.views.blueprint import blueprint
from app.reference.queries import family_choices, territory_choices

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Personne", "Poste", "Employeur", "Commune du travail", "Premier jour", "Jour", "Prochaine étape",
    "Date de l’étape", "Jours de retard", "Situation", "Référent", "Organisation", "Fin des six mois",
)  # fmt: skip


@blueprint.get("/suivis")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def follow_ups() -> ResponseReturnValue:
    """The list, on what its reader needs: their own follow-ups in progress, the next step first."""
    actor, today = the_actor(), clock.today()
    filters = FollowUpFilters(request.args, actor, territory_choices(), family_choices())
    asked = filters.asked()
    if kind := request.args.get("export"):
        return export(
            kind, f"suivis-{today:%Y-%m-%d}", HEADER, _cells(exported(actor, asked, EXPORT_MOST, today), today)
        )
    return render_template(
        "follow_up/follow_ups.html",
        page=listed(actor, asked, page_number(request.args.get("page")), today),
        filters=filters,
        narrowed=any(request.args.get(name) for name in ("qui", "etat", "quand", "employeur", "territoire", "secteur")),
        sort=asked.sort,
        acts=actor.role in ACCOMPANIMENT,
        several=asked.who != "moi",
        kinds=VISITS,
        states=FOLLOW_UP_STATES,
        looks=FOLLOW_UP_LOOKS,
        today=today,
    )


def _cells(rows: list[Line], today: date) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.name, row.title, row.employer, row.commune, row.starts_on, row.day(today),
            VISITS[row.next_kind] if row.next_kind else "", row.next_on, max(0, row.late_days(today)) or None,
            FOLLOW_UP_STATES[row.state], row.referent, row.place, row.ends_on,
        )  # fmt: skip
