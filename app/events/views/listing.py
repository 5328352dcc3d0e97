"""« Événements »: those that one runs and those that one may read; filters in the address, exports."""

from collections.abc import Iterator
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import professionals, the_actor
from app.events.forms.filters import NAMES, EventFilters
from app.events.labels.kinds import KINDS
from app.events.labels.making import line_words
from app.events.labels.states import EVENT_LOOKS, EVENT_STATES
from app.events.queries.listing import Line, exported, listed
from app.events.queries.programmes import programme_choices
from app.events.rules.kinds import kinds_for
from app.events.views.blueprint import blueprint
from app.reference.queries import territory_choices

EXPORT_MOST: Final = 20_000
HEADER: Final = (
    "Numéro", "Titre", "Type", "État", "Début", "Fin", "Créneaux", "Lieu", "Commune", "Programme", "Organisé par",
    "Public", "Places", "Places prises", "En attente", "Invitations",
)  # fmt: skip


@blueprint.get("/evenements")
@professionals
def events() -> ResponseReturnValue:
    """The list: what is to come first."""
    actor, now = the_actor(), clock.now()
    filters = EventFilters(request.args, territory_choices(), programme_choices(actor))
    asked = filters.asked()
    if kind := request.args.get("export"):
        rows = _cells(exported(actor, asked, EXPORT_MOST, now))
        return export(kind, f"evenements-{clock.today():%Y-%m-%d}", HEADER, rows)
    return render_template(
        "events/events.html",
        page=listed(actor, asked, page_number(request.args.get("page")), now),
        filters=filters,
        narrowed=any(request.args.get(name) for name in NAMES),
        sort=asked.sort,
        makes=bool(kinds_for(actor.role)),
        kinds=KINDS,
        states=EVENT_STATES,
        looks=EVENT_LOOKS,
        when=line_words,
        today=clock.today(),
    )


def _cells(rows: list[Line]) -> Iterator[tuple[Any, ...]]:
    """Who registers is told to those who run the event alone."""
    for row in rows:
        crowd = (row.taken, row.waiting, row.invited) if row.runs else (None, None, None)
        yield (
            row.number, row.title, KINDS[row.kind], EVENT_STATES[row.state], row.starts_at, row.ends_at, row.slots,
            row.place, row.commune, row.programme, row.organiser, row.is_public, row.seats, *crowd,
        )  # fmt: skip
