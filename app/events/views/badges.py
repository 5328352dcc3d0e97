"""Badges with their QR and table cards: a page to print, and the same as PDF."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.pdf.answers import document_answer
from app.core.policy import requires, the_actor
from app.events.documents.badges_pdf import cards_of, sheets_of
from app.events.models import Event, Slot
from app.events.queries.badges import badges_of, table_cards_of
from app.events.queries.day import slot_of_day
from app.events.queries.visible import the_event_to_run
from app.events.views.blueprint import blueprint
from app.events.views.day import ORGANISERS, slot_asked
from app.messages.service.paper import base_url


def _event_and_slot(event_id: UUID) -> tuple[Event, Slot | None]:
    event = the_event_to_run(the_actor(), event_id)
    return event, slot_of_day(event, slot_asked(), clock.today())


def _back(event: Event) -> str:
    return url_for(".day", event_id=event.id, creneau=slot_asked())


@blueprint.get("/evenements/<uuid:event_id>/badges")
@requires(*ORGANISERS)
def badges(event_id: UUID) -> ResponseReturnValue:
    """Eight on a sheet, with lines to cut."""
    event, slot = _event_and_slot(event_id)
    sheets = sheets_of(badges_of(event, slot), event.title, base_url()) if slot else []
    return render_template("events/badges.html", event=event, sheets=sheets, back=_back(event), pdf=False)


@blueprint.get("/evenements/<uuid:event_id>/badges.pdf")
@requires(*ORGANISERS)
def badges_pdf(event_id: UUID) -> ResponseReturnValue:
    """The same sheets, at their exact size."""
    event, slot = _event_and_slot(event_id)
    sheets = sheets_of(badges_of(event, slot), event.title, base_url()) if slot else []
    title = f"Badges – {event.title}"
    return document_answer("events/badges.html", title=title, name=title, event=event, sheets=sheets, back=_back(event))


@blueprint.get("/evenements/<uuid:event_id>/tables")
@requires(*ORGANISERS)
def table_cards(event_id: UUID) -> ResponseReturnValue:
    """One sheet a table, to fold."""
    event, slot = _event_and_slot(event_id)
    cards = cards_of(table_cards_of(slot)) if slot else []
    return render_template("events/table_cards.html", event=event, cards=cards, back=_back(event), pdf=False)


@blueprint.get("/evenements/<uuid:event_id>/tables.pdf")
@requires(*ORGANISERS)
def table_cards_pdf(event_id: UUID) -> ResponseReturnValue:
    """The same cards, at their exact size."""
    event, slot = _event_and_slot(event_id)
    cards = cards_of(table_cards_of(slot)) if slot else []
    title = f"Cartes de table – {event.title}"
    return document_answer(
        "events/table_cards.html", title=title, name=title, event=event, cards=cards, back=_back(event)
    )
