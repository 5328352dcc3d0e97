"""What is there to see on the day: who came, which round runs, who sits where and who is missing?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.events.models import Booking, Event, Meeting, MeetingPlan, MeetingSetup, RoundClock, Slot
from app.events.queries.visible import the_event_to_run
from app.events.rules.badges import short_name
from app.events.rules.clock import Anchor, Moment, Rhythm, moment
from app.events.rules.kinds import DATINGS, Side, Who
from app.events.rules.states import EXPECTED, BookingState, MeetingState
from app.reference.rules.words import normalise


def shown_name(booking: Booking) -> str:
    """What others read: an organisation's name, first name and initial of somebody who came as a person."""
    if booking.candidate is not None:
        return booking.candidate.short_name
    return short_name(booking.name) if booking.who is Who.VISITOR else booking.name


@dataclass(frozen=True, slots=True)
class Timing:
    """The clock of a slot with the rhythm it follows. ``version`` and ``plan``: what a form shows, to be compared."""

    rhythm: Rhythm
    anchor: Anchor
    version: int = 0
    plan: int = 0

    def at(self, now: datetime) -> Moment:
        """What runs at this instant."""
        return moment(self.anchor, self.rhythm, now)


Kept = tuple[MeetingSetup | None, RoundClock | None, MeetingPlan | None]


def kept_of(slot: Slot) -> Kept:
    """The rounds that were set, the clock that was pressed, the plan in force. One statement."""
    last = select(func.max(MeetingPlan.number)).where(MeetingPlan.slot_id == slot.id).scalar_subquery()
    query = (
        select(MeetingSetup, RoundClock, MeetingPlan)
        .select_from(MeetingSetup)
        .outerjoin(RoundClock, RoundClock.slot_id == MeetingSetup.slot_id)
        .outerjoin(MeetingPlan, (MeetingPlan.slot_id == MeetingSetup.slot_id) & (MeetingPlan.number == last))
        .where(MeetingSetup.slot_id == slot.id)
        .execution_options(populate_existing=True)
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1], found[2]) if found is not None else (None, None, None)


def timing_of(slot: Slot) -> Timing:
    """One statement. Without a plan there are no rounds."""
    return timing_from(slot, kept_of(slot))


def timing_from(slot: Slot, found: Kept) -> Timing:
    """The same, of what was read already."""
    setup, kept, plan = found
    if setup is None:
        return Timing(Rhythm(rounds=0), Anchor())
    rhythm = Rhythm(
        rounds=plan.rounds if plan else 0,
        round_minutes=setup.round_minutes,
        change_minutes=setup.change_minutes,
        breaks={int(one["after"]): int(one["minutes"]) for one in setup.breaks},
        first_round_at=setup.first_round_at or slot.starts_at,
    )
    number = plan.number if plan else 0
    if kept is None:
        return Timing(rhythm, Anchor(), plan=number)
    return Timing(rhythm, Anchor(kept.phase, kept.round, kept.phase_since, kept.paused_at), kept.version, number)


def slot_of_day(event: Event, asked: UUID | None, today: date) -> Slot | None:
    """The slot that was asked for; else the one of today, the next one, the last one."""
    if asked is not None and (found := next((slot for slot in event.slots if slot.id == asked), None)):
        return found
    coming = [slot for slot in event.slots if clock.civil_day(slot.starts_at) >= today]
    return coming[0] if coming else event.slots[-1] if event.slots else None


@dataclass(frozen=True, slots=True)
class Place:
    """One table in one round."""

    meeting: Meeting
    table: int
    seated: Booking
    moving: Booking

    @property
    def missing(self) -> tuple[Booking, ...]:
        """Who should be there and is not."""
        return tuple(one for one in (self.seated, self.moving) if not is_there(one))


def is_there(booking: Booking) -> bool:
    """Has this participant come, and not gone home?"""
    return booking.state is BookingState.SEEN and booking.left_at is None


@dataclass(frozen=True, slots=True)
class Day:
    """The board of the day of one slot."""

    event: Event
    slot: Slot
    timing: Timing
    now: Moment
    bookings: tuple[Booking, ...]
    places: tuple[Place, ...]
    """The tables of the round that runs, or of the one people go to."""

    @property
    def is_dating(self) -> bool:
        """Is it made of rounds?"""
        return self.event.kind in DATINGS

    @property
    def expected(self) -> tuple[Booking, ...]:
        """All who hold a seat: here, not yet here, or said to be absent."""
        return tuple(one for one in self.bookings if one.state in EXPECTED or one.state is BookingState.ABSENT)

    @property
    def by_need(self) -> tuple[Booking, ...]:
        """The same, those who are not there first."""
        return tuple(sorted(self.expected, key=lambda one: one.state is BookingState.SEEN))

    @property
    def arrived(self) -> tuple[Booking, ...]:
        """Those who came."""
        return tuple(one for one in self.bookings if one.state is BookingState.SEEN)

    @property
    def absent(self) -> tuple[Booking, ...]:
        """Those who are said to be absent."""
        return tuple(one for one in self.bookings if one.state is BookingState.ABSENT)

    @property
    def left(self) -> tuple[Booking, ...]:
        """Those who went home before the end."""
        return tuple(one for one in self.bookings if one.left_at is not None)

    @property
    def to_come(self) -> tuple[Booking, ...]:
        """Those who are still expected."""
        return tuple(one for one in self.bookings if one.state is BookingState.BOOKED)

    @property
    def missing_now(self) -> tuple[tuple[Place, Booking], ...]:
        """Who is missing at which table of the round shown."""
        return tuple((place, one) for place in self.places for one in place.missing)

    @property
    def resting(self) -> tuple[Booking, ...]:
        """Who is there and meets nobody in the round shown."""
        busy = {one.id for place in self.places for one in (place.seated, place.moving)}
        return tuple(one for one in self.bookings if is_there(one) and one.id not in busy)

    def side(self, side: Side) -> tuple[Booking, ...]:
        """The bookings of one side."""
        return tuple(one for one in self.bookings if one.side is side)


def bookings_of_slot(slot_id: UUID) -> tuple[Booking, ...]:
    """All of a slot, by side and shown name: the order tells nothing that is not shown. One statement."""
    query = select(Booking).where(Booking.slot_id == slot_id).options(joinedload(Booking.candidate))
    return tuple(sorted(db.session.scalars(query), key=_by_side_and_name))


def _by_side_and_name(booking: Booking) -> tuple[bool, str, UUID]:
    return booking.side is Side.MOVING, normalise(shown_name(booking)), booking.id


def meetings_of_round(slot_id: UUID, at_round: int) -> Sequence[Meeting]:
    """Those in the plan or missed, by table."""
    states = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED)
    query = select(Meeting).where(Meeting.slot_id == slot_id, Meeting.round == at_round, Meeting.state.in_(states))
    return db.session.scalars(query.order_by(Meeting.table_number, Meeting.state.desc(), Meeting.id)).all()


def places_of(meetings: Sequence[Meeting], bookings: Sequence[Booking]) -> tuple[Place, ...]:
    """Meetings with those who hold them; without a statement."""
    by_id = {one.id: one for one in bookings}
    return tuple(
        Place(one, one.table_number or 0, by_id[one.seated_id], by_id[one.moving_id])
        for one in meetings
        if one.seated_id in by_id and one.moving_id in by_id
    )


def the_day(actor: Actor, event_id: UUID, asked_slot: UUID | None, now: datetime) -> tuple[Event, Day | None]:
    """The board of an event that the actor runs; None when it has no slot yet. Raises NotFound."""
    event = the_event_to_run(actor, event_id)
    slot = slot_of_day(event, asked_slot, clock.civil_day(now))
    return event, board(event, slot, now) if slot else None


def board(event: Event, slot: Slot, now: datetime) -> Day:
    """The day of one slot: three statements."""
    timing = timing_of(slot) if event.kind in DATINGS else Timing(Rhythm(rounds=0), Anchor())
    here = timing.at(now)
    bookings = bookings_of_slot(slot.id)
    meetings = meetings_of_round(slot.id, here.shown_round) if timing.rhythm.rounds else ()
    return Day(event, slot, timing, here, bookings, places_of(meetings, bookings))


def tables_of(slot_id: UUID) -> dict[UUID, tuple[int, ...]]:
    """At which tables a participant sits in the plan, by booking. One statement."""
    states = (MeetingState.PLANNED, MeetingState.HELD)
    query = (
        select(Meeting.seated_id, Meeting.table_number)
        .where(Meeting.slot_id == slot_id, Meeting.state.in_(states), Meeting.table_number.is_not(None))
        .distinct()
        .order_by(Meeting.table_number)
    )
    found: dict[UUID, tuple[int, ...]] = {}
    for booking_id, table in db.session.execute(query):
        found[booking_id] = (*found.get(booking_id, ()), table or 0)
    return found
