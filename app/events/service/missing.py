"""Who is absent, late, gone home, back? Their meetings are missed, and the coming rounds are planned again."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Event, Meeting, Slot
from app.events.queries.day import is_there, slot_of_day, timing_of
from app.events.queries.visible import run_by, the_event_to_run
from app.events.rules.arrivals import DayRefusal, arrival_refusals
from app.events.rules.kinds import DATINGS
from app.events.rules.states import IN_THE_PLAN, MEETING, BookingAction, BookingState, MeetingAction, MeetingState
from app.events.service.journal import log, move
from app.events.service.planning import replan_from
from app.events.service.seats import change, lock_side


def _locked(booking_id: UUID, event_id: UUID, by: Actor) -> Booking:
    query = (
        select(Booking)
        .join(Slot, Booking.slot_id == Slot.id)
        .join(Event, Slot.event_id == Event.id)
        .where(Booking.id == booking_id, Event.id == event_id, run_by(by))
        .options(joinedload(Booking.slot).joinedload(Slot.event))
    )
    booking = db.session.scalars(query).one_or_none()
    if booking is None:
        raise NotFound
    event = booking.slot.event
    if reasons := arrival_refusals(event.state, clock.civil_day(booking.slot.starts_at), clock.today()):
        raise Refused(reasons)
    lock_side(booking.slot_id, booking.side)
    db.session.refresh(booking, with_for_update={"of": Booking})
    return booking


@transaction
def note_absent(event_id: UUID, booking_id: UUID, *, by: Actor) -> Booking:
    """They did not come: what they should have held until now is missed. Twice is once. Raises Refused, NotFound."""
    booking = _locked(booking_id, event_id, by)
    if booking.state is BookingState.ABSENT:
        return booking
    side = lock_side(booking.slot_id, booking.side)
    change(booking, side, BookingAction.MARK_ABSENT, by, event_id=event_id)
    miss_until_now(booking, by)
    return booking


def miss_until_now(booking: Booking, by: Actor) -> None:
    """Who does not come has missed what they should have held until now: the rounds begun, all once it is over.

    Joins the act that notes it; of a dating only. The booking is held, with its slot and event.
    """
    if booking.slot.event.kind not in DATINGS:
        return
    timing, at = timing_of(booking.slot), clock.now()
    now = timing.at(at)
    if at >= booking.slot.ends_at:
        _miss(booking.slot, timing.rhythm.rounds, {booking.id}, by)
    elif now.begun:
        _miss(booking.slot, now.round, {booking.id}, by)


@transaction
def note_left(event_id: UUID, booking_id: UUID, *, by: Actor) -> Booking:
    """They went home before the end. Raises Refused: they were not there; NotFound."""
    booking = _locked(booking_id, event_id, by)
    if booking.state is not BookingState.SEEN:
        raise Refused(DayRefusal.NOT_IN_ROOM)
    if booking.left_at is None:
        booking.left_at = clock.now()
        log(event_id, "booking", booking.id, "leave", by)
    return booking


@transaction
def note_back(event_id: UUID, booking_id: UUID, *, by: Actor) -> Booking:
    """They came back, or « left » was a slip."""
    booking = _locked(booking_id, event_id, by)
    if booking.left_at is not None:
        booking.left_at = None
        log(event_id, "booking", booking.id, "come_back", by)
    return booking


@transaction
def undo_arrival(event_id: UUID, booking_id: UUID, *, by: Actor) -> Booking:
    """An arrival or an absence was noted by mistake."""
    booking = _locked(booking_id, event_id, by)
    if booking.state is BookingState.BOOKED:
        return booking
    change(booking, lock_side(booking.slot_id, booking.side), BookingAction.UNDO, by, event_id=event_id)
    booking.left_at = None
    restore(booking, by, from_round=1)
    return booking


def restore(booking: Booking, by: Actor, from_round: int | None = None) -> None:
    """Who comes late finds the table of the round that runs (``from_round``: of that one on), unless it is taken."""
    if booking.slot.event.kind not in DATINGS:
        return
    if from_round is None:
        from_round = max(1, timing_of(booking.slot).at(clock.now()).shown_round)
    for meeting in _of(booking.slot, {booking.id}, (MeetingState.MISSED,)):
        other = meeting.moving_id if meeting.seated_id == booking.id else meeting.seated_id
        if meeting.round is None or meeting.round < from_round or _is_absent(other) or clashes(meeting):
            continue
        _act(meeting, MeetingAction.RESTORE, by, booking.slot.event_id)


def _is_absent(booking_id: UUID) -> bool:
    state = db.session.scalar(select(Booking.state).where(Booking.id == booking_id))
    return state in {BookingState.ABSENT, BookingState.EXCUSED, BookingState.CANCELLED}


def clashes(meeting: Meeting) -> bool:
    """Is one of the two, the table or the pair taken by another meeting of the plan?"""
    same_round = Meeting.round == meeting.round
    taken = or_(
        same_round & (Meeting.seated_id == meeting.seated_id),
        same_round & (Meeting.moving_id == meeting.moving_id),
        same_round & (Meeting.table_number == meeting.table_number),
        (Meeting.seated_id == meeting.seated_id) & (Meeting.moving_id == meeting.moving_id),
    )
    query = select(Meeting.id).where(Meeting.slot_id == meeting.slot_id, Meeting.id != meeting.id, taken)
    return db.session.scalar(query.where(Meeting.state.in_(IN_THE_PLAN)).limit(1)) is not None


@transaction
def replan(
    event_id: UUID, from_round: int, *, by: Actor, plan_seen: int, why: str = "", slot_id: UUID | None = None
) -> bool:
    """Plan the rounds again from one that has not begun, with those who are there or still expected.

    False: a newer plan than the one on the page exists already. Raises Refused, NotFound.
    """
    event = the_event_to_run(by, event_id, lock=True)
    slot = slot_of_day(event, slot_id, clock.today())
    if slot is None or event.kind not in DATINGS:
        raise NotFound
    timing = timing_of(slot)
    if not timing.plan:
        raise Refused(DayRefusal.NO_PLAN)
    if timing.plan != plan_seen:
        return False
    now = timing.at(clock.now())
    if from_round < now.next_free_round:
        raise Refused(DayRefusal.ROUND_BEGUN, {DayRefusal.ROUND_BEGUN: "from_round"})
    gone = {one.id for one in _not_there(slot)}
    _miss(slot, from_round - 1, gone, by)
    replan_from(event_id, from_round, by=by, why=why)
    return True


def _not_there(slot: Slot) -> list[Booking]:
    """Those who are said to be absent. Who left has held the meetings before; who is late may still come."""
    query = select(Booking).where(
        Booking.slot_id == slot.id, Booking.state.in_([BookingState.ABSENT, BookingState.EXCUSED])
    )
    return [one for one in db.session.scalars(query) if not is_there(one)]


def _miss(slot: Slot, up_to: int, of: Collection[UUID], by: Actor) -> None:
    """Planned meetings of these participants in the rounds until this one, of which nobody said anything."""
    for meeting in _of(slot, of, (MeetingState.PLANNED,), up_to=up_to):
        if meeting.seated_outcome is None and meeting.moving_outcome is None:
            _act(meeting, MeetingAction.MISS, by, slot.event_id)


def _of(
    slot: Slot,
    of: Collection[UUID],
    states: Collection[MeetingState],
    *,
    up_to: int | None = None,
) -> list[Meeting]:
    query = select(Meeting).where(
        Meeting.slot_id == slot.id,
        Meeting.state.in_(states),
        or_(Meeting.seated_id.in_(of), Meeting.moving_id.in_(of)),
    )
    if up_to is not None:
        query = query.where(Meeting.round <= up_to)
    return list(db.session.scalars(query.order_by(Meeting.id).with_for_update(of=Meeting)))


def _act(meeting: Meeting, action: MeetingAction, by: Actor, event_id: UUID) -> None:
    move(meeting, MEETING, action, by, event_id=event_id, subject="meeting")
    db.session.flush()
