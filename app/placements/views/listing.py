"""« Stages »: who is where, when, with which convention; filters in the address, exports."""

from collections.abc import Iterator
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import ACCOMPANIMENT, Role
from app.placements.forms.filters import NAMES, PlacementFilters
from app.placements.labels.states import LOOKS, STATES
from app.placements.queries.listing import Line, exported, listed, prescriber_choices
from app.placements.views.blueprint import blueprint
from app.reference.queries import family_choices, territory_choices

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Numéro", "Personne", "Métier", "Entreprise", "SIRET", "Commune", "Premier jour", "Dernier jour",
    "Heures par semaine", "Situation", "Suivi par", "Prescripteur", "Convention",
)  # fmt: skip


@blueprint.get("/stages")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def placements() -> ResponseReturnValue:
    """The stages that the reader may read: those that live, the next to begin first."""
    actor, today = the_actor(), clock.today()
    filters = PlacementFilters(request.args, family_choices(), territory_choices(), prescriber_choices(actor))
    asked = filters.asked()
    if kind := request.args.get("export"):
        rows = _cells(exported(actor, asked, EXPORT_MOST, today))
        return export(kind, f"stages-{today:%Y-%m-%d}", HEADER, rows)
    return render_template(
        "placements/placements.html",
        page=listed(actor, asked, page_number(request.args.get("page")), today),
        filters=filters,
        narrowed=any(request.args.get(name) for name in NAMES),
        sort=asked.sort,
        acts=actor.role in ACCOMPANIMENT,
        states=STATES,
        looks=LOOKS,
        today=today,
    )


def _cells(rows: list[Line]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.number, row.name, row.title, row.host, row.host_siret, row.commune, row.starts_on, row.last_day,
            row.hours_week, STATES[row.state], row.prescriber, row.place, row.reference,
        )  # fmt: skip
