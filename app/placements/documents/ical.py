"""A meeting of three as a calendar program reads it (RFC 5545, RFC 5546): when, and a link; no name and no place.

A calendar program shows its events on other people's screens and keeps them on other people's servers. Hours are
written in UTC: no night of October can be taken twice.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from app.placements.models import TripartiteMeeting
from app.placements.rules.states import TripartiteState

PRODID: Final = "-//Portail insertion//Entretiens//FR"
SUMMARY: Final = "Entretien à trois"
TYPE: Final = "text/calendar; charset=utf-8"


class Method(StrEnum):
    """What a file asks of the program that opens it."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def method_of(meeting: TripartiteMeeting) -> Method:
    """One that was called off leaves the calendar."""
    return Method.CANCEL if meeting.state is TripartiteState.CANCELLED else Method.PUBLISH


def one_meeting(meeting: TripartiteMeeting, host: str, url: str) -> bytes:
    """The file of a meeting whose date is agreed on. The same row gives the same bytes; ``sequence`` orders changes."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method_of(meeting).value)
    calendar.add_component(_event(meeting, host, url))
    return bytes(calendar.to_ical())


def _event(meeting: TripartiteMeeting, host: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"entretien-{meeting.id}@{host}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at)
    event.add("last-modified", meeting.updated_at)
    event.add("created", meeting.created_at)
    event.add("dtstart", meeting.chosen_at)
    event.add("duration", timedelta(minutes=meeting.minutes))
    event.add("summary", SUMMARY)
    event.add("description", url)
    event.add("url", url)
    event.add("class", "PRIVATE")
    organiser = vCalAddress(f"MAILTO:ne-pas-repondre@{host}")
    organiser.params["CN"] = "Portail insertion"
    event.add("organizer", organiser)
    off = method_of(meeting) is Method.CANCEL
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if off else "OPAQUE")
    return event
