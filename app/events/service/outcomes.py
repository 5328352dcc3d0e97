"""What came of a meeting, said by a side in one tap, or typed by the organiser from the sheets of paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.my_meetings import booking_of_code, own_booking
from app.events.queries.visible import the_event_to_run
from app.events.rules.kinds import Outcome
from app.events.rules.outcomes import OutcomeRefusal, Said, outcome_refusals
from app.events.rules.states import MEETING, MeetingAction, MeetingState
from app.events.service.journal import log, move
from app.events.service.missing import clashes


@transaction
def say_outcome(booking_id: UUID, meeting_id: UUID, outcome: Outcome, *, by: Actor) -> Meeting:
    """By somebody who is signed in, of a meeting of their own booking. Raises Refused, NotFound."""
    return _say(own_booking(by, booking_id), meeting_id, outcome, by)


@transaction
def say_outcome_by_code(code: str, meeting_id: UUID, outcome: Outcome) -> Meeting:
    """By who holds the code of the badge. Raises Refused, NotFound."""
    return _say(booking_of_code(code), meeting_id, outcome, SYSTEM)


@transaction
def say_words(booking_id: UUID, meeting_id: UUID, words: str, *, by: Actor) -> None:
    """Some words beside the outcome. Raises Refused, NotFound."""
    _put_words(own_booking(by, booking_id), meeting_id, words)


@transaction
def say_words_by_code(code: str, meeting_id: UUID, words: str) -> None:
    """The same, by who holds the code."""
    _put_words(booking_of_code(code), meeting_id, words)


def _say(booking: Booking, meeting_id: UUID, outcome: Outcome, by: Actor) -> Meeting:
    meeting = _own_meeting(booking, meeting_id)
    _set(meeting, meeting.seated_id == booking.id, outcome)
    _hold(meeting, by, booking.slot.event_id)
    log(booking.slot.event_id, "meeting", meeting.id, "say", by)
    return meeting


def _put_words(booking: Booking, meeting_id: UUID, words: str) -> None:
    meeting = _own_meeting(booking, meeting_id)
    if meeting.seated_id == booking.id:
        meeting.seated_words = words
    else:
        meeting.moving_words = words


def _own_meeting(booking: Booking, meeting_id: UUID) -> Meeting:
    query = select(Meeting).where(
        Meeting.id == meeting_id, or_(Meeting.seated_id == booking.id, Meeting.moving_id == booking.id)
    )
    meeting = db.session.scalars(
        query.with_for_update(of=Meeting).execution_options(populate_existing=True)
    ).one_or_none()
    if meeting is None:
        raise NotFound
    _may_say(booking.slot.event, booking.slot, meeting)
    return meeting


def _may_say(event: Event, slot: Slot, meeting: Meeting) -> None:
    said = Said(event.state, clock.civil_day(slot.starts_at), meeting.state)
    if reasons := outcome_refusals(said, today=clock.today()):
        raise Refused(reasons)


def _set(meeting: Meeting, seated: bool, outcome: Outcome | None) -> None:
    at = clock.now() if outcome else None
    if seated:
        meeting.seated_outcome, meeting.seated_at = outcome, at
    else:
        meeting.moving_outcome, meeting.moving_at = outcome, at


def _hold(meeting: Meeting, by: Actor, event_id: UUID) -> None:
    """Something is said of it: it was held."""
    if meeting.state not in {MeetingState.PLANNED, MeetingState.MISSED}:
        return
    if meeting.state is MeetingState.MISSED and clashes(meeting):
        raise Refused(OutcomeRefusal.NOT_IN_PLAN)
    move(meeting, MEETING, MeetingAction.HOLD, by, event_id=event_id, subject="meeting")


@dataclass(frozen=True, slots=True)
class Typed:
    """One line of the table: what was typed for a side, and what the page showed before."""

    meeting_id: UUID
    seated: Outcome | None
    moving: Outcome | None
    seated_was: Outcome | None
    moving_was: Outcome | None
    missed: bool = False
    missed_was: bool = False


@dataclass(slots=True)
class Saved:
    """How many answers were written, and how many were said by somebody else meanwhile, and left as they are."""

    changed: int = 0
    kept: int = 0


@transaction
def save_round(event_id: UUID, lines: Iterable[Typed], *, by: Actor) -> Saved:
    """The sheets of a round, at once. What was said since the page was shown stays. Raises Refused, NotFound."""
    event = the_event_to_run(by, event_id)
    slots = {slot.id: slot for slot in event.slots}
    asked = {line.meeting_id: line for line in lines}
    query = select(Meeting).where(Meeting.id.in_(asked), Meeting.slot_id.in_(slots)).order_by(Meeting.id)
    found = list(db.session.scalars(query.with_for_update(of=Meeting).execution_options(populate_existing=True)))
    if len(found) != len(asked):
        raise NotFound
    saved = Saved()
    for meeting in found:
        _save_line(event, slots[meeting.slot_id], meeting, asked[meeting.id], by, saved)
    return saved


def _save_line(event: Event, slot: Slot, meeting: Meeting, line: Typed, by: Actor, saved: Saved) -> None:
    sides = (
        (True, line.seated, line.seated_was, meeting.seated_outcome),
        (False, line.moving, line.moving_was, meeting.moving_outcome),
    )
    changed = [one for one in sides if one[1] != one[2]]
    if not changed and line.missed == line.missed_was:
        return
    _may_say(event, slot, meeting)
    written = 0
    for seated, typed, was, now in changed:
        if now not in {was, typed}:
            saved.kept += 1
        elif now != typed:
            _set(meeting, seated, typed)
            written += 1
    if written and (meeting.seated_outcome or meeting.moving_outcome):
        _hold(meeting, by, event.id)
    elif line.missed and not line.missed_was and meeting.seated_outcome is None and meeting.moving_outcome is None:
        move(meeting, MEETING, MeetingAction.MISS, by, event_id=event.id, subject="meeting")
        written += 1
    if written:
        log(event.id, "meeting", meeting.id, "type", by)
        saved.changed += written
