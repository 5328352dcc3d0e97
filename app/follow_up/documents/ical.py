"""A visit as a calendar program reads it (RFC 5545, RFC 5546): when, and a link; nobody's name and no place.

A calendar program shows its events on other people's screens and keeps them on other people's servers.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from app.core.clock import PARIS
from app.follow_up.labels.calendar import AGENDA
from app.follow_up.models import Visit
from app.follow_up.rules.states import VisitState

PRODID: Final = "-//Portail insertion//Suivi//FR"
_ZONE: Final = "Europe/Paris"
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Method(StrEnum):
    """What a file asks of the program that opens it."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def method_of(visit: Visit) -> Method:
    """What the file of one visit asks."""
    return Method.CANCEL if visit.state is VisitState.CANCELLED else Method.PUBLISH


def one_visit(visit: Visit, host: str, url: str) -> bytes:
    """A file for one visit; one that was called off takes the event out of the calendar."""
    calendar = _calendar(method_of(visit))
    calendar.add_component(_event(visit, host, url))
    return bytes(calendar.to_ical())


def feed(visits: Iterable[tuple[Visit, str]], host: str, name: str) -> bytes:
    """Every visit with the address of its page. The same rows give the same bytes, whenever they are asked for."""
    calendar = _calendar(Method.PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", _ZONE)
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for visit, url in visits:
        calendar.add_component(_event(visit, host, url))
    return bytes(calendar.to_ical())


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_paris())
    return calendar


def _paris() -> Timezone:
    """Legal time in France since 1996: the last Sundays of March and October, at 1 h UTC (directive 2000/84/CE)."""
    zone = Timezone()
    zone.add("tzid", _ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, start, month, offsets in (
        (summer, "CEST", datetime(1996, 3, 31, 2), 3, (_HOUR, 2 * _HOUR)),  # noqa: DTZ001 - local by definition
        (winter, "CET", datetime(1996, 10, 27, 3), 10, (2 * _HOUR, _HOUR)),  # noqa: DTZ001 - the same
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", offsets[0])
        part.add("tzoffsetto", offsets[1])
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def _event(visit: Visit, host: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"visite-{visit.id}@{host}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.updated_at)
    event.add("last-modified", visit.updated_at)
    event.add("created", visit.created_at)
    _when(event, visit)
    event.add("summary", AGENDA[visit.kind])
    event.add("description", url)
    event.add("url", url)
    event.add("class", "PRIVATE")
    organiser = vCalAddress(f"MAILTO:ne-pas-repondre@{host}")
    organiser.params["CN"] = "Portail insertion"
    event.add("organizer", organiser)
    called_off = visit.state is VisitState.CANCELLED
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if called_off or visit.planned_at is None else "OPAQUE")
    return event


def _when(event: Event, visit: Visit) -> None:
    """A visit without an hour lasts the whole day. The hour that a spring night skips becomes the next one.

    A duration, not an end: an hour that an autumn night has twice has no name of its own.
    """
    day: date = visit.planned_on
    if visit.planned_at is None:
        event.add("dtstart", day)
        event.add("dtend", day + _DAY)
        return
    start = datetime.combine(day, visit.planned_at, PARIS)
    event.add("dtstart", start.astimezone(UTC).astimezone(PARIS))
    event.add("duration", timedelta(minutes=visit.minutes))
