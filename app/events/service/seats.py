"""How is a seat taken and given back, whoever asks at the same instant? The side of the slot is the lock."""

from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import SYSTEM, Actor
from app.events.models import Booking, Event, Slot, SlotSide
from app.events.rules.attendance import seat_is_for_others
from app.events.rules.kinds import Side
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import BOOKING, HOLDS_SEAT, BookingAction, BookingState, EventState
from app.events.service.journal import move


def lock_side(slot_id: UUID, side: Side) -> SlotSide:
    """The seats of a side, locked until the act ends: whoever books the same side waits here. Raises NotFound."""
    query = select(SlotSide).where(SlotSide.slot_id == slot_id, SlotSide.side == side)
    found = db.session.scalars(
        query.with_for_update(of=SlotSide).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def change(
    booking: Booking, side: SlotSide, action: BookingAction, by: Actor, *, event_id: UUID, words: str = ""
) -> None:
    """Move a booking, and count its seat. ``side`` is locked. Raises Refused: FULL, wrong state, not this role.

    A seat given back is for who waits first: call ``promote_waiting``.
    """
    before = booking.state in HOLDS_SEAT
    target = BOOKING.target(action, booking.state, by.role)
    after = target in HOLDS_SEAT
    if after and not before and side.left <= 0:
        raise Refused(SeatRefusal.FULL)
    move(booking, BOOKING, action, by, event_id=event_id, subject="booking", words=words)
    now = clock.now()
    booking.state_since = now
    booking.waits_since = now if target is BookingState.WAITING else None
    booking.checked_in_at = now if target is BookingState.SEEN else None
    booking.left_at = None
    side.taken += int(after) - int(before)


def take(booking: Booking, side: SlotSide) -> None:
    """Count the seat of a booking that is being made, in the state it has. Raises Refused: FULL."""
    if booking.state not in HOLDS_SEAT:
        return
    if side.left <= 0:
        raise Refused(SeatRefusal.FULL)
    side.taken += 1


def promote_waiting(side: SlotSide, *, event_id: UUID, by: Actor = SYSTEM) -> list[Booking]:
    """Give the free seats of a locked side to those who wait, the first come first. They are to be told.

    A slot that has begun, and an event that is called off or over, call nobody in: at the door a seat is given by hand.
    """
    if side.left <= 0 or not _serves_who_waits(side.slot_id):
        return []
    query = (
        select(Booking)
        .where(Booking.slot_id == side.slot_id, Booking.side == side.side, Booking.state == BookingState.WAITING)
        .order_by(Booking.waits_since, Booking.id)
        .limit(side.left)
        .with_for_update(of=Booking)
    )
    promoted = list(db.session.scalars(query))
    for booking in promoted:
        change(booking, side, BookingAction.PROMOTE, by, event_id=event_id)
    return promoted


def _serves_who_waits(slot_id: UUID) -> bool:
    published = select(Slot.starts_at).join(Slot.event).where(Slot.id == slot_id, Event.state == EventState.PUBLISHED)
    starts_at = db.session.scalar(published)
    return starts_at is not None and seat_is_for_others(clock.now(), starts_at)
