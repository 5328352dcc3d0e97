"""An event moves or is called off: everybody registered is told, once for each change. Who cannot be, is named."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select, update

from app.core import clock
from app.core.db import db
from app.events.models import Booking, Event, Slot
from app.events.rules.states import BookingState
from app.events.service.telling import tell
from app.messages.models import Message
from app.messages.rules import MessageState

CONCERNED = (BookingState.BOOKED, BookingState.WAITING, BookingState.INVITED)
"""Those who may still come."""
NOTED = (BookingState.SEEN, BookingState.ABSENT)


def concerned(slot_ids: Collection[UUID]) -> Sequence[Booking]:
    """Their bookings, in a lasting order."""
    query = select(Booking).where(Booking.slot_id.in_(slot_ids), Booking.state.in_(CONCERNED))
    return db.session.scalars(query.order_by(Booking.created_at, Booking.id)).all()


def noted(slot_ids: Collection[UUID]) -> bool:
    """Is it noted of somebody that they were there, or that they did not come? They are told nothing more."""
    query = select(Booking.id).where(Booking.slot_id.in_(slot_ids), Booking.state.in_(NOTED))
    return db.session.scalar(query.limit(1)) is not None


def ahead(event: Event) -> list[Slot]:
    """The slots that are not over."""
    now = clock.now()
    return [slot for slot in event.slots if slot.ends_at > now]


def tell_changed(event: Event, slots: Iterable[Slot], before: str) -> tuple[int, int]:
    """What moved, of these slots. Their new sequence makes each message unique. (Told, to be phoned.)"""
    told = missed = 0
    for slot in slots:
        slot.sequence += 1
        bookings = concerned([slot.id])
        silence(bookings)
        written = tell("event_changed", bookings, slot, key=str(slot.sequence), before=before)
        told, missed = told + written, missed + len(bookings) - written
    return told, missed


def tell_cancelled(event: Event) -> tuple[int, int]:
    """It is called off: each participant once, whatever the number of their slots. (Told, to be phoned.)"""
    slots = ahead(event)
    for slot in slots:
        slot.sequence += 1
    bookings = concerned([slot.id for slot in slots])
    silence(bookings)
    seen: set[object] = set()
    told = missed = 0
    for slot in slots:
        here = [one for one in bookings if one.slot_id == slot.id and _first(one, seen)]
        written = tell("event_cancelled", here, slot, key="cancelled", reason=event.cancel_reason)
        told, missed = told + written, missed + len(here) - written
    return told, missed


def _first(booking: Booking, seen: set[object]) -> bool:
    """Is it the first booking of this participant?"""
    contact = booking.contact_email or booking.contact_phone or str(booking.id)
    who = booking.candidate_id or (booking.who, booking.organisation_id or booking.user_id or contact)
    if who in seen:
        return False
    seen.add(who)
    return True


def silence(bookings: Sequence[Booking]) -> None:
    """What waited to be sent about them is out of date, and stays here."""
    waiting = Message.state.in_((MessageState.QUEUED, MessageState.WAITING))
    ids = [booking.id for booking in bookings]
    if ids:
        db.session.execute(
            update(Message).where(Message.about_id.in_(ids), waiting).values(state=MessageState.UNWANTED)
        )
