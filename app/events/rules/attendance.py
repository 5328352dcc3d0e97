"""When is it noted who was there, who excused themselves, who did not come; and when is an event over for good?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.events.rules.states import BookingAction, BookingState, EventState

CLOSES_AFTER: Final = timedelta(days=7)
CLOSES_ANYWAY_AFTER: Final = timedelta(days=30)


class AttendanceRefusal(StrEnum):
    """Why an attendance is not noted."""

    TOO_EARLY = "event_attendance_too_early"
    NOT_BEGUN = "event_attendance_not_begun"
    NO_SIGNATURE_NAME = "event_no_signature_name"
    NOT_SEEN = "event_signature_not_seen"
    NOT_PUBLISHED = "event_attendance_not_published"
    CLOSED = "event_attendance_closed"
    CANCELLED = "event_attendance_cancelled"


class Presence(StrEnum):
    """One tap of the sheet."""

    SEEN = "seen"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Moment:
    """A slot and the instant at which something is noted of it. The days are those of Paris."""

    starts_at: datetime
    starts_on: date
    now: datetime
    today: date


def sheet_refusals(event_state: EventState) -> tuple[AttendanceRefusal, ...]:
    """Why the sheet takes nothing. Over, it is corrected once the event is opened again; called off, never."""
    reason = {
        EventState.DRAFT: AttendanceRefusal.NOT_PUBLISHED,
        EventState.CLOSED: AttendanceRefusal.CLOSED,
        EventState.CANCELLED: AttendanceRefusal.CANCELLED,
    }.get(event_state)
    return (reason,) if reason else ()


def presence_refusals(presence: Presence, at: Moment) -> tuple[AttendanceRefusal, ...]:
    """Somebody is seen from the day of the slot on, absent once it began; an excuse comes at any time."""
    if presence is Presence.SEEN and at.today < at.starts_on:
        return (AttendanceRefusal.TOO_EARLY,)
    if presence is Presence.ABSENT and at.now < at.starts_at:
        return (AttendanceRefusal.NOT_BEGUN,)
    return ()


def steps_to(presence: Presence, state: BookingState) -> tuple[BookingAction, ...]:
    """The acts that lead there, one after the other: a wrong tap is put right by the next one.

    An excuse that is undone takes a seat again. Empty: it is noted already.
    """
    if (presence, state) in _NOTED:
        return ()
    back = _BACK.get(state)
    if presence is Presence.UNDO:
        return (back,) if back else ()
    direct = state is BookingState.BOOKED or (state is BookingState.ABSENT and presence is not Presence.ABSENT)
    return (_ACTIONS[presence],) if direct or back is None else (back, _ACTIONS[presence])


_ACTIONS: Final = {
    Presence.SEEN: BookingAction.CHECK_IN,
    Presence.EXCUSED: BookingAction.EXCUSE,
    Presence.ABSENT: BookingAction.MARK_ABSENT,
}
_BACK: Final = {
    BookingState.SEEN: BookingAction.UNDO,
    BookingState.ABSENT: BookingAction.UNDO,
    BookingState.EXCUSED: BookingAction.BOOK,
}
_NOTED: Final = {
    (Presence.SEEN, BookingState.SEEN),
    (Presence.EXCUSED, BookingState.EXCUSED),
    (Presence.ABSENT, BookingState.ABSENT),
}


def seat_is_for_others(now: datetime, starts_at: datetime) -> bool:
    """A seat given back serves who waits only before the slot begins."""
    return now < starts_at


def closes(last_end: datetime, *, to_note: int, now: datetime) -> bool:
    """A week after the last slot once everybody was noted; a month after it in any case."""
    return now >= last_end + (CLOSES_ANYWAY_AFTER if to_note else CLOSES_AFTER)


def reminder_due(starts_on: date, booked_on: date, today: date, days: int) -> int | None:
    """How many days before is the reminder that is due today: that of the setting, or the eve; None: none.

    Each leaves once (its key says so), so a job that missed a day tells on the next one. Who registered since the day
    of a reminder has just read all of it.
    """
    left = (starts_on - today).days
    if left < 1:
        return None
    step = next((step for step in sorted({days, 1}) if left <= step), None)
    if step is None or booked_on > starts_on - timedelta(days=step):
        return None
    return step
