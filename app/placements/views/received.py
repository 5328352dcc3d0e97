"""« Stagiaires »: what was asked of a host, who comes, who is there. Nothing of why somebody is accompanied."""

from collections.abc import Iterator
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.french import phone
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.filters import ReceivedFilters
from app.placements.labels.states import LOOKS, STATES
from app.placements.queries import received as queries
from app.placements.queries.received import Received
from app.placements.views.blueprint import blueprint

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Personne", "Téléphone", "Commune", "Métier", "Premier jour", "Dernier jour", "Heures par semaine", "Situation",
    "Tuteur ou tutrice",
)  # fmt: skip


@blueprint.get("/stages-accueillis")
@requires(Role.EMPLOYER)
def received() -> ResponseReturnValue:
    """What waits for an answer first, then what runs and what comes."""
    actor, today = the_actor(), clock.today()
    filters = ReceivedFilters(request.args)
    if kind := request.args.get("export"):
        rows = queries.all_received(actor, filters.state, filters.sort, EXPORT_MOST)
        return export(kind, f"stagiaires-{today:%Y-%m-%d}", HEADER, _cells(rows))
    return render_template(
        "placements/received.html",
        page=queries.received(actor, filters.state, filters.sort, page_number(request.args.get("page"))),
        filters=filters,
        narrowed=bool(filters.state),
        sort=filters.sort,
        to_answer=queries.to_answer(actor),
        states=STATES,
        looks=LOOKS,
        today=today,
    )


def _cells(rows: list[Received]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (
            row.name, phone(row.phone), row.commune, row.title, row.starts_on, row.last_day, row.hours_week,
            STATES[row.state], row.tutor,
        )  # fmt: skip
