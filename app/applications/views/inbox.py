"""« Candidatures »: what an employer received, filtered, sorted, paged, exported."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.applications import queries
from app.applications.forms import InboxFilters
from app.applications.labels import STATE_LOOKS, STATES, deadline_words
from app.applications.queries import Asked, Received
from app.applications.rules import WAITS_FOR_EMPLOYER, ApplicationState
from app.applications.views.blueprint import blueprint
from app.core import clock
from app.core.clock import civil_day
from app.core.exports import export
from app.core.paging import page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role

EXPORT_MOST: Final = 20_000
LABEL_MOST: Final = 18
HEADER: Final = (
    "Offre", "Numéro de l’offre", "Personne", "Commune", "Reçue le", "État", "Depuis le", "Répondre avant le",
    "Entretien", "Messages non lus",
)  # fmt: skip


@blueprint.get("/candidatures")
@requires(Role.EMPLOYER)
def inbox() -> ResponseReturnValue:
    """The applications sent to the organisation in which the person acts."""
    actor, today = the_actor(), clock.today()
    filters = InboxFilters(request.args)
    offers = queries.offers_with_applications(actor)
    filters.offre.choices = [("", "Toutes"), *((value, _shortened(name)) for value, name in offers)]
    asked = Asked(
        states=filters.states,
        offer_id=as_id(filters.offre.data),
        late_on=today if filters.late else None,
        unread=filters.unread,
        sort=request.args.get("tri", ""),
    )
    if kind := request.args.get("export"):
        rows = queries.all_received(actor, asked, EXPORT_MOST)
        return export(kind, f"candidatures-{today:%Y-%m-%d}", HEADER, _cells(rows))
    return render_template(
        "applications/inbox.html",
        page=queries.received(actor, asked, page_number(request.args.get("page"))),
        filters=filters,
        to_answer=_to_answer(queries.state_counts(actor)),
        narrowed=bool(asked.states or asked.offer_id or asked.late_on or asked.unread),
        sort=asked.sort,
        states=STATES,
        looks=STATE_LOOKS,
        deadline=lambda due_on: deadline_words(due_on, today),
    )


def _to_answer(counts: Mapping[ApplicationState, int]) -> int:
    return sum(counts.get(state, 0) for state in WAITS_FOR_EMPLOYER)


def _shortened(name: str) -> str:
    """A list no wider than a phone; the number of the offer stays."""
    title, bracket, number = name.rpartition(" (")
    return f"{title[: LABEL_MOST - 1]}…{bracket}{number}" if len(title) > LABEL_MOST else name


def as_id(text: Any) -> UUID | None:
    """The id in an address; nonsense is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _cells(rows: Sequence[Received]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield (
            row.offer, row.offer_number, row.name, row.commune, civil_day(row.sent_at), STATES[row.state],
            civil_day(row.since), row.due_on, row.interview_at, row.unread,
        )  # fmt: skip
