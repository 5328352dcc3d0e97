"""Two files become one, or somebody leaves the portal: what becomes of their seats? ``taken`` stays right."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM, Actor
from app.events.models import Booking, Event, Meeting, MeetingWish, Slot, SlotSide
from app.events.rules.kinds import EventKind
from app.events.rules.states import IN_THE_PLAN, BookingAction, BookingState, EventState
from app.events.service.holding import hold_bookings, hold_slot
from app.events.service.registering import free_code
from app.events.service.seats import change, lock_side, promote_waiting
from app.events.service.telling import tell, tell_promoted
from app.follow_up.service.endings import NOT_LEFT
from app.messages.models import Message
from app.messages.rules import MessageState

_B = BookingState
_STRENGTH: Final = (_B.INVITED, _B.CANCELLED, _B.EXCUSED, _B.WAITING, _B.BOOKED, _B.ABSENT, _B.SEEN)
"""Of two bookings of one person, what the later ones of this list say holds."""
_OPEN: Final = (_B.INVITED, _B.WAITING, _B.BOOKED)


# --- one file of two --------------------------------------------------------------------------------------


def candidate_merged(kept_id: UUID, merged_id: UUID, by: Actor) -> None:
    """A listener. The bookings go with the file that is kept; of two on one slot, one stays and one seat is freed."""
    rows = db.session.scalars(
        select(Booking).where(Booking.candidate_id.in_({kept_id, merged_id})).order_by(Booking.slot_id, Booking.id)
    ).all()
    slots = {row.slot_id for row in rows if row.candidate_id == merged_id}
    for slot_id in sorted(slots):
        slot = hold_slot(slot_id)
        mine = [row for row in rows if row.slot_id == slot_id]
        side = lock_side(slot_id, mine[0].side)
        held = {row.candidate_id: row for row in hold_bookings([row.id for row in mine])}
        if kept_id in held:
            _join(held[kept_id], held[merged_id], side, slot, by)
        else:
            held[merged_id].candidate_id = kept_id
        db.session.flush()


def _join(kept: Booking, dropped: Booking, side: SlotSide, slot: Slot, by: Actor) -> None:
    """The booking that is dropped stays on the merged file, cancelled: its journal keeps its sense."""
    if kept.side is not dropped.side:
        return
    target, since = dropped.state, dropped.waits_since
    stronger = _STRENGTH.index(target) > _STRENGTH.index(kept.state)
    _release(dropped, side, by)
    if stronger:
        _raise_to(target, kept, side, by)
        if kept.state is _B.WAITING:
            kept.waits_since = since
        _give_code(dropped, kept)
    _move_meetings(dropped, kept)
    db.session.flush()
    tell_promoted(promote_waiting(side, event_id=slot.event_id), slot)


def _give_code(dropped: Booking, kept: Booking) -> None:
    """The paper in the person's hands stays good. A code is unique: the old row lets go of it first."""
    code, dropped.code = dropped.code, free_code()
    db.session.flush()
    kept.code = code


def _release(booking: Booking, side: SlotSide, by: Actor) -> None:
    if booking.state in {_B.SEEN, _B.ABSENT}:
        change(booking, side, BookingAction.UNDO, by, event_id=_event_of(booking))
    if booking.state in _OPEN:
        change(booking, side, BookingAction.CANCEL, SYSTEM, event_id=_event_of(booking))


def _raise_to(target: BookingState, booking: Booking, side: SlotSide, by: Actor) -> None:
    event_id = _event_of(booking)
    if target is _B.WAITING:
        if booking.state in {_B.INVITED, _B.CANCELLED}:
            change(booking, side, BookingAction.WAIT, SYSTEM, event_id=event_id)
        elif booking.state is _B.EXCUSED and side.left > 0:
            change(booking, side, BookingAction.BOOK, SYSTEM, event_id=event_id)
        return
    if target not in {_B.BOOKED, _B.ABSENT, _B.SEEN}:
        return
    if booking.state in {_B.INVITED, _B.CANCELLED, _B.EXCUSED, _B.WAITING}:
        action = BookingAction.PROMOTE if booking.state is _B.WAITING else BookingAction.BOOK
        change(booking, side, action, SYSTEM, event_id=event_id)
    if target is _B.SEEN:
        change(booking, side, BookingAction.CHECK_IN, by, event_id=event_id)
    elif target is _B.ABSENT:
        change(booking, side, BookingAction.MARK_ABSENT, by, event_id=event_id)


def _event_of(booking: Booking) -> UUID:
    slot = db.session.get_one(Slot, booking.slot_id)
    return slot.event_id


def _move_meetings(dropped: Booking, kept: Booking) -> None:
    """What one of the two said or was to meet goes along, unless the other one has the same."""
    for column in (Meeting.seated_id, Meeting.moving_id):
        other = Meeting.moving_id if column is Meeting.seated_id else Meeting.seated_id
        mine = select(Meeting.round, other).where(column == kept.id, Meeting.state.in_(IN_THE_PLAN))
        rows = db.session.execute(mine).all()
        rounds, met = [row[0] for row in rows if row[0] is not None], [row[1] for row in rows]
        free = (Meeting.round.is_(None) | Meeting.round.not_in(rounds)) & other.not_in(met)
        db.session.execute(update(Meeting).where(column == dropped.id, free).values({column: kept.id}))
    for end in (MeetingWish.from_booking_id, MeetingWish.to_booking_id):
        far = MeetingWish.to_booking_id if end is MeetingWish.from_booking_id else MeetingWish.from_booking_id
        known = list(db.session.scalars(select(far).where(end == kept.id)))
        new = far.not_in([*known, kept.id])
        db.session.execute(update(MeetingWish).where(end == dropped.id, new).values({end: kept.id}))


# --- somebody leaves --------------------------------------------------------------------------------------


def candidate_removed(candidate_id: UUID, by: Actor) -> None:
    """The person left the portal: their seats to come are freed, nothing more is written to them."""
    gone = _free_seats(Booking.candidate_id == candidate_id)
    about = Message.about_id.in_([booking.id for booking in gone])
    db.session.execute(
        update(Message).where(about, Message.state.in_(NOT_LEFT)).values(state=MessageState.UNWANTED, not_before=None)
    )


def candidate_closed(candidate: Candidate, by: Actor) -> None:
    """A listener."""
    candidate_removed(candidate.id, by)


def candidate_withdrawn(candidate: Candidate, by: Actor) -> None:
    """A listener. Who is no longer shown to employers sits at no job dating to come; they are told."""
    gone = _free_seats(Booking.candidate_id == candidate.id, Event.kind == EventKind.JOB_DATING)
    for booking in gone:
        tell("event_booking_cancelled", [booking], hold_slot(booking.slot_id))


def organisation_closed(organisation_id: UUID, by: Actor) -> None:
    """A listener. A closed organisation sits at no event to come."""
    _free_seats(Booking.organisation_id == organisation_id, Booking.candidate_id.is_(None))


def _free_seats(*whose: ColumnElement[bool]) -> list[Booking]:
    """Cancel the bookings of slots that are not over; before one begins, whoever waits first has each seat at once."""
    query = (
        select(Booking)
        .join(Slot, Slot.id == Booking.slot_id)
        .join(Event, Event.id == Slot.event_id)
        .where(*whose, Booking.state.in_(_OPEN), Slot.ends_at > clock.now(), Event.state == EventState.PUBLISHED)
        .order_by(Booking.slot_id, Booking.side, Booking.id)
    )
    gone: list[Booking] = []
    for booking in db.session.scalars(query).all():
        slot = hold_slot(booking.slot_id)
        side = lock_side(booking.slot_id, booking.side)
        gone += _freed(hold_bookings([booking.id]), side, slot)
    return gone


def _freed(bookings: Sequence[Booking], side: SlotSide, slot: Slot) -> list[Booking]:
    still = [booking for booking in bookings if booking.state in _OPEN]
    for booking in still:
        change(booking, side, BookingAction.CANCEL, SYSTEM, event_id=slot.event_id)
    db.session.flush()
    tell_promoted(promote_waiting(side, event_id=slot.event_id), slot)
    return still
