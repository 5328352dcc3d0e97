"""May an event be written, published, moved or called off so? What its organiser must still say."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.roles import Role
from app.events.rules.kinds import AUDIENCES, Audience, EventKind, Side, kinds_for
from app.events.rules.states import EventState

SEATS_MOST: Final = 2000
LONGEST: Final = timedelta(hours=14)
"""A slot is within a day; an immersion of several days has several slots."""
AHEAD: Final = timedelta(days=730)
EDITABLE: Final = frozenset({EventState.DRAFT, EventState.PUBLISHED})


class EventRefusal(StrEnum):
    """Why an event, a slot or a programme is not written so."""

    NO_TITLE = "event_no_title"
    NO_PLACE = "event_no_place"
    NO_COMMUNE = "event_no_commune"
    NO_CONTACT = "event_no_contact"
    NO_CONTACT_PHONE = "event_no_contact_phone"
    NO_SUMMARY = "event_no_summary"
    NO_SLOT_AHEAD = "event_no_slot_ahead"
    KIND_NOT_YOURS = "event_kind_not_yours"
    AUDIENCE = "event_audience_not_of_kind"
    END_BEFORE_START = "event_end_before_start"
    TOO_LONG = "event_slot_too_long"
    PAST = "event_slot_past"
    TOO_FAR = "event_slot_too_far"
    NO_SEAT = "event_no_seat"
    TOO_MANY_SEATS = "event_too_many_seats"
    ROOM_TAKEN = "event_room_taken"
    CLOSES_TOO_LATE = "event_registration_closes_too_late"
    NOT_EDITABLE = "event_not_editable"
    TELL_FIRST = "event_tell_first"
    """Somebody is registered: the organiser says yes to telling them before it changes."""
    NO_REASON = "event_cancel_without_reason"
    NOT_OVER = "event_not_over"
    PRESENCE_NOTED = "event_slot_presence_noted"
    """Somebody was seen, or said to be absent, at this slot: it took place, and moves no more."""
    PLACE_IN_USE = "event_place_in_use"
    SLOT_TAKEN = "event_slot_has_bookings"
    LAST_SLOT = "event_last_slot"
    NO_SUCH_PROGRAMME = "event_no_such_programme"
    PROGRAMME_ORDER = "event_programme_order"
    SLUG_SHAPE = "event_slug_shape"
    SLUG_TAKEN = "event_slug_taken"
    NO_DAY = "event_series_no_day"
    TOO_MANY_DAYS = "event_series_too_long"


@dataclass(frozen=True, slots=True)
class Content:
    """What an organiser writes of an event, its slots left out."""

    kind: EventKind
    audience: Audience
    title: str
    summary: str = ""
    bring: str = ""
    place_name: str = ""
    address: str = ""
    commune_insee: str | None = None
    access: str = ""
    territory_code: str | None = None
    family_slugs: tuple[str, ...] = ()
    is_public: bool = True
    registration_closes_on: date | None = None
    host_organisation_id: UUID | None = None
    programme_id: UUID | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True, slots=True)
class SlotContent:
    """When, in which room, with how many seats on each side."""

    starts_at: datetime
    ends_at: datetime
    room: str
    seats: Mapping[Side, int]


PLACE: Final = ("place_name", "address", "commune_insee")
"""A change of one of these is told to everybody registered."""
Times = Collection[tuple[datetime, datetime, str]]


def content_refusals(content: Content, *, role: Role, new: bool = False) -> tuple[EventRefusal, ...]:
    """Why it may not even be kept as a draft. ``new``: the kind is chosen now."""
    wrong = {
        EventRefusal.NO_TITLE: not content.title.strip(),
        EventRefusal.KIND_NOT_YOURS: new and content.kind not in kinds_for(role),
        EventRefusal.AUDIENCE: content.audience not in AUDIENCES[content.kind],
    }
    return _true(wrong)


@dataclass(frozen=True, slots=True)
class Ready:
    """What is looked at before an event is published."""

    content: Content
    last_start: datetime | None
    """When its last slot begins; None: it has none."""


def publish_refusals(ready: Ready, *, now: datetime) -> tuple[EventRefusal, ...]:
    """All that is missing before anybody may read it."""
    content = ready.content
    wrong = {
        EventRefusal.NO_SUMMARY: not content.summary.strip(),
        EventRefusal.NO_PLACE: not (content.place_name.strip() or content.address.strip()),
        EventRefusal.NO_COMMUNE: content.commune_insee is None,
        EventRefusal.NO_CONTACT: not content.contact_name.strip(),
        EventRefusal.NO_CONTACT_PHONE: not content.contact_phone.strip(),
        EventRefusal.NO_SLOT_AHEAD: ready.last_start is None or ready.last_start <= now,
    }
    return _true(wrong)


def slot_refusals(slot: SlotContent, others: Times, *, now: datetime, moved: bool = True) -> tuple[EventRefusal, ...]:
    """Why a slot may not be so. ``others``: (start, end, room) of the event's other slots.

    ``moved``: its time is new; a slot of the past keeps its time when only its seats change.
    """
    seats = tuple(slot.seats.values())
    wrong = {
        EventRefusal.END_BEFORE_START: slot.ends_at <= slot.starts_at,
        EventRefusal.TOO_LONG: slot.ends_at - slot.starts_at > LONGEST,
        EventRefusal.PAST: moved and slot.starts_at <= now,
        EventRefusal.TOO_FAR: moved and slot.starts_at > now + AHEAD,
        EventRefusal.NO_SEAT: any(count < 1 for count in seats),
        EventRefusal.TOO_MANY_SEATS: any(count > SEATS_MOST for count in seats),
        EventRefusal.ROOM_TAKEN: room_taken(slot.starts_at, slot.ends_at, slot.room, others),
    }
    return _true(wrong)


def room_taken(starts_at: datetime, ends_at: datetime, room: str, others: Times) -> bool:
    """Does another slot hold the same room at a moment of this one? Half-open: one may follow the other at once."""
    same = room.strip().casefold()
    return any(starts_at < end and begin < ends_at and where.strip().casefold() == same for begin, end, where in others)


def closing_refusals(closes_on: date | None, last_day: date | None) -> tuple[EventRefusal, ...]:
    """The last day to register is not after the last day of the event."""
    late = closes_on is not None and last_day is not None and closes_on > last_day
    return (EventRefusal.CLOSES_TOO_LATE,) if late else ()


def _true(wrong: Mapping[EventRefusal, bool]) -> tuple[EventRefusal, ...]:
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


FIELDS: Final[Mapping[EventRefusal, str]] = {
    EventRefusal.NO_TITLE: "title",
    EventRefusal.NO_PLACE: "place_name",
    EventRefusal.NO_COMMUNE: "commune",
    EventRefusal.NO_CONTACT: "contact_name",
    EventRefusal.NO_CONTACT_PHONE: "contact_phone",
    EventRefusal.NO_SUMMARY: "summary",
    EventRefusal.NO_SLOT_AHEAD: "day",
    EventRefusal.AUDIENCE: "audience",
    EventRefusal.END_BEFORE_START: "end",
    EventRefusal.TOO_LONG: "end",
    EventRefusal.PAST: "day",
    EventRefusal.TOO_FAR: "day",
    EventRefusal.NO_SEAT: "seats",
    EventRefusal.TOO_MANY_SEATS: "seats",
    EventRefusal.ROOM_TAKEN: "room",
    EventRefusal.CLOSES_TOO_LATE: "registration_closes_on",
    EventRefusal.NO_REASON: "reason",
    EventRefusal.NO_SUCH_PROGRAMME: "programme",
    EventRefusal.PROGRAMME_ORDER: "ends_on",
    EventRefusal.SLUG_SHAPE: "slug",
    EventRefusal.SLUG_TAKEN: "slug",
    EventRefusal.NO_DAY: "last",
    EventRefusal.TOO_MANY_DAYS: "last",
}
"""Beside which field of its form each reason is said."""
_NOT_A_SIGN: Final = re.compile(r"[^a-z0-9]+")
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class ProgrammeContent:
    """What an organiser writes of a programme."""

    title: str
    slug: str
    summary: str
    starts_on: date
    ends_on: date
    is_published: bool


def slug_of(title: str) -> str:
    """« Semaine de l’insertion 2026 » → « semaine-de-l-insertion-2026 »."""
    plain = unicodedata.normalize("NFD", title.lower().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_A_SIGN.sub("-", bare).strip("-")[:80].strip("-")


def programme_refusals(content: ProgrammeContent, *, slug_free: bool) -> tuple[EventRefusal, ...]:
    """Why a programme is not written so."""
    wrong = {
        EventRefusal.NO_TITLE: not content.title.strip(),
        EventRefusal.SLUG_SHAPE: not SLUG.fullmatch(content.slug),
        EventRefusal.SLUG_TAKEN: not slug_free,
        EventRefusal.PROGRAMME_ORDER: content.ends_on < content.starts_on,
    }
    return _true(wrong)
