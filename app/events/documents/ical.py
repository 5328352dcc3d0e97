"""An event as a calendar program reads it (RFC 5545, RFC 5546): its slots, its place, a link; nobody's name.

Hours are written in UTC: a program shows them in the time of its reader, and no night of October can be taken twice.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from icalendar import Calendar, vCalAddress
from icalendar import Event as CalendarEvent

from app.events.models import Event, Slot
from app.events.rules.states import EventState

PRODID: Final = "-//Portail insertion//Agenda//FR"
TYPE: Final = "text/calendar; charset=utf-8"


class Method(StrEnum):
    """What a file asks of the program that opens it."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def method_of(event: Event) -> Method:
    """One that was called off takes its slots out of the calendar."""
    return Method.CANCEL if event.state is EventState.CANCELLED else Method.PUBLISH


def calendar_of(event: Event, slots: Iterable[Slot], host: str, url: str, method: Method | None = None) -> bytes:
    """A file for these slots of the event; the same rows give the same bytes. ``method``: one seat called off."""
    asks = method or method_of(event)
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", asks.value)
    for slot in slots:
        calendar.add_component(_slot(event, slot, host, url, asks))
    return bytes(calendar.to_ical())


def _slot(event: Event, slot: Slot, host: str, url: str, asks: Method) -> CalendarEvent:
    entry = CalendarEvent()
    entry.add("uid", f"creneau-{slot.id}@{host}")
    entry.add("sequence", slot.sequence)
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("created", event.created_at)
    entry.add("dtstart", slot.starts_at)
    entry.add("dtend", slot.ends_at)
    entry.add("summary", event.title)
    entry.add("location", place_of(event, slot))
    entry.add("description", url)
    entry.add("url", url)
    organiser = vCalAddress(f"MAILTO:ne-pas-repondre@{host}")
    organiser.params["CN"] = "Portail insertion"
    entry.add("organizer", organiser)
    off = asks is Method.CANCEL
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if off else "OPAQUE")
    return entry


def place_of(event: Event, slot: Slot) -> str:
    """« Espace Liberté, salle 2, 1 place de France, Massy »."""
    town = event.commune.name if event.commune else ""
    return ", ".join(part for part in (event.place_name, slot.room, event.address, town) if part)
