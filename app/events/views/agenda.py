"""The public agenda: what is on, one event, its calendar file. Without an account and without a script."""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.paging import page_number
from app.core.policy import current_actor, public
from app.events.documents import ical
from app.events.documents.schema_org import event_data
from app.events.forms.filters import AgendaFilters
from app.events.labels.kinds import AUDIENCES, KINDS, side_words
from app.events.labels.making import hours_words, left_words
from app.events.models import Event, Slot
from app.events.queries import agenda as queries
from app.events.queries.visible import may_run, the_event
from app.events.rules.states import EventState
from app.events.views.blueprint import blueprint
from app.events.views.page import address_of
from app.messages.service import link_to

FILTERS: Final = ("type", "commune", "pour", "programme", "quand")


@blueprint.get("/agenda")
@public
def agenda() -> ResponseReturnValue:
    """What is to come, day by day."""
    now = clock.now()
    filters = AgendaFilters(request.args, queries.choices(now))
    page = queries.agenda(filters.wanted(), page_number(request.args.get("page")), now)
    return render_template(
        "events/agenda.html",
        page=page,
        days=queries.by_day(page.items),
        filters=filters,
        narrowed=any(request.args.get(name) for name in FILTERS),
        kinds=KINDS,
        hours=hours_words,
        left=left_words,
    )


@blueprint.get("/agenda/<uuid:event_id>")
@public
def public_event(event_id: UUID) -> ResponseReturnValue:
    """One event, in plain French. One that is over or called off says so, and is gone for search engines (410)."""
    actor, now = current_actor(), clock.now()
    row = the_event(actor, event_id)
    coming = [slot for slot in row.slots if slot.ends_at > now]
    is_open = row.state is EventState.PUBLISHED and bool(coming)
    page = render_template(
        "events/public_event.html",
        event=row,
        slots=coming if is_open else row.slots,
        is_open=is_open,
        closed_on=_closed(row),
        register=address_of("register", row) if is_open else None,
        data=_data(row, coming) if is_open and row.is_public else None,
        kind_name=KINDS[row.kind],
        audience=AUDIENCES[row.audience],
        runs=may_run(actor, row),
        sides=side_words,
        hours=hours_words,
        left=left_words,
    )
    return page, 200 if is_open or row.state is EventState.DRAFT else 410


def _closed(row: Event) -> bool:
    """Is the last day to register over?"""
    return row.registration_closes_on is not None and clock.today() > row.registration_closes_on


def _data(row: Event, slots: list[Slot]) -> list[dict[str, object]]:
    address = link_to("events.public_event", event_id=row.id)
    return [event_data(row, slot, address) for slot in slots[:10]]


@blueprint.get("/agenda/<uuid:event_id>/agenda.ics")
@public
def event_ics(event_id: UUID) -> ResponseReturnValue:
    """All its slots, or one (``?creneau=``), for a calendar program. One that was called off leaves the calendar."""
    row = the_event(current_actor(), event_id)
    only = request.args.get("creneau")
    slots = [slot for slot in row.slots if only in {None, "", str(slot.id)}] or row.slots
    host = urlsplit(current_app.extensions["settings"].base_url).hostname or "portail"
    address = link_to("events.public_event", event_id=row.id)
    answer = make_response(ical.calendar_of(row, slots, host, address))
    answer.headers["Content-Type"] = f"{ical.TYPE}; method={ical.method_of(row)}"
    answer.headers["Content-Disposition"] = f'attachment; filename="evenement-{row.number}.ics"'
    return answer
