"""Whom does a participant meet, at which table and when? Only their own meetings, and little of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.day import Timing, shown_name, timing_of
from app.events.queries.visible import booked_by
from app.events.rules.clock import Moment, expected_starts
from app.events.rules.kinds import ClockPhase, Outcome, Side
from app.events.rules.outcomes import agreement
from app.events.rules.states import OUT, BookingState, EventState, MeetingState
from app.offers.queries import trade_names

_HERE = (BookingState.BOOKED, BookingState.SEEN)
_KEPT = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED)


def _around() -> Select[Booking]:
    return (
        select(Booking)
        .join(Slot, Booking.slot_id == Slot.id)
        .join(Event, Slot.event_id == Event.id)
        .where(Event.state.in_((EventState.PUBLISHED, EventState.CLOSED)), Booking.state.not_in(OUT))
        .options(joinedload(Booking.slot).joinedload(Slot.event), joinedload(Booking.candidate))
    )


def own_booking(actor: Actor, booking_id: UUID) -> Booking:
    """A booking of the actor's own, or of their organisation: not even who runs the event reads by it."""
    found = db.session.scalars(_around().where(Booking.id == booking_id, booked_by(actor))).one_or_none()
    if found is None:
        raise NotFound
    return found


def booking_of_code(code: str) -> Booking:
    """The booking of a paper code, already in its eight signs. Raises NotFound."""
    found = db.session.scalars(_around().where(Booking.code == code)).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting as one side reads it. The other's answer shows only in ``agreed``, never a « no »."""

    id: UUID
    round: int | None
    table: int | None
    name: str
    trades: tuple[str, ...]
    starts_at: datetime | None
    said: Outcome | None
    words: str
    agreed: Outcome | None
    pause: bool
    """The other one is not there: wait for the next round."""


@dataclass(frozen=True, slots=True)
class MyMeetings:
    """The day of one participant."""

    booking: Booking
    now: Moment
    rounds: int
    current: Line | None
    coming: tuple[Line, ...]
    past: tuple[Line, ...]

    @property
    def moves(self) -> bool:
        """Do they go from table to table?"""
        return self.booking.side is Side.MOVING

    @property
    def resting(self) -> bool:
        """A round runs, and they meet nobody in it."""
        return self.now.phase is ClockPhase.TALKING and (self.current is None or self.current.pause)


def my_meetings(booking: Booking, now: datetime) -> MyMeetings:
    """Three statements more than the booking: the clock, the meetings with the other side, the names of jobs."""
    timing = timing_of(booking.slot)
    here = timing.at(now)
    lines = _lines(booking, timing, here, now)
    running = here.round if here.phase is ClockPhase.TALKING else None
    current = next((line for line in lines if line.round is not None and line.round == running), None)
    coming = tuple(line for line in lines if line.round is not None and line.round > here.round)
    past = tuple(line for line in lines if line is not current and (line.round is None or line.round <= here.round))
    return MyMeetings(booking, here, timing.rhythm.rounds, current, coming, past)


def _lines(booking: Booking, timing: Timing, here: Moment, now: datetime) -> list[Line]:
    mine = Meeting.seated_id == booking.id if booking.side is Side.SEATED else Meeting.moving_id == booking.id
    other = Meeting.moving if booking.side is Side.SEATED else Meeting.seated
    query = select(Meeting).where(mine, Meeting.state.in_(_KEPT))
    query = query.options(joinedload(other).joinedload(Booking.candidate))
    meetings = db.session.scalars(query.order_by(Meeting.round.nulls_last(), Meeting.state, Meeting.id)).all()
    others = [one.moving if booking.side is Side.SEATED else one.seated for one in meetings]
    slugs = sorted({slug for one in others for slug in one.trade_slugs})
    names = trade_names(slugs) if slugs else {}
    starts = expected_starts(timing.anchor, timing.rhythm, now)
    return [_line(meeting, booking, met, names, starts, here) for meeting, met in zip(meetings, others, strict=True)]


def _line(
    meeting: Meeting,
    booking: Booking,
    other: Booking,
    names: Mapping[str, str],
    starts: Mapping[int, datetime],
    here: Moment,
) -> Line:
    seated = booking.side is Side.SEATED
    gone = other.left_at is not None and (meeting.round or 0) > here.round
    return Line(
        id=meeting.id,
        round=meeting.round,
        table=meeting.table_number,
        name=shown_name(other),
        trades=tuple(names[slug] for slug in other.trade_slugs if slug in names),
        starts_at=starts.get(meeting.round or 0),
        said=meeting.seated_outcome if seated else meeting.moving_outcome,
        words=meeting.seated_words if seated else meeting.moving_words,
        agreed=agreement(meeting.seated_outcome, meeting.moving_outcome),
        pause=meeting.state is MeetingState.MISSED or gone or other.state not in _HERE,
    )
