"""Who was there, who excused themselves, who did not come; and who signed the sheet, on paper or on the screen?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import AttendanceSignature, Booking, Slot, SlotSide
from app.events.queries.visible import the_event_to_run, the_slot
from app.events.rules.attendance import (
    AttendanceRefusal,
    Moment,
    Presence,
    presence_refusals,
    sheet_refusals,
    steps_to,
)
from app.events.rules.kinds import DATINGS, SignatureMeans
from app.events.rules.states import BookingAction, BookingState
from app.events.service.holding import hold_booking, hold_bookings, hold_slot
from app.events.service.journal import log
from app.events.service.missing import miss_until_now, restore
from app.events.service.seats import change, lock_side, promote_waiting
from app.events.service.telling import tell_promoted


@transaction
def note_presence(booking_id: UUID, presence: Presence, *, by: Actor, event_id: UUID | None = None) -> Booking:
    """One tap of the sheet. Sent twice, it is noted once. Raises NotFound for who does not run the event, Refused.

    An excuse before the slot frees the seat for the first who waits. At a dating, who does not come misses their
    meetings, as on the board of the day. ``event_id``: the event it must belong to.
    """
    booking = db.session.get(Booking, booking_id)
    if booking is None:
        raise NotFound
    slot = _slot_to_run(booking.slot_id, by)
    if event_id not in (None, slot.event_id):
        raise NotFound
    if reasons := sheet_refusals(slot.event.state) or presence_refusals(presence, _moment(slot)):
        raise Refused(reasons)
    held, side = hold_booking(booking)
    steps = steps_to(presence, held.state)
    for action in steps:
        change(held, side, action, by, event_id=slot.event_id)
    if held.state is not BookingState.SEEN:
        _forget_signature(held)
    db.session.flush()
    if steps:
        _meetings_follow(held, slot, by)
    if held.state is BookingState.EXCUSED:
        tell_promoted(promote_waiting(side, event_id=slot.event_id), slot)
    return held


def _meetings_follow(held: Booking, slot: Slot, by: Actor) -> None:
    """At a dating, what was noted of somebody holds for their meetings too, as on the board of the day."""
    if slot.event.kind not in DATINGS:
        return
    if held.state in {BookingState.ABSENT, BookingState.EXCUSED}:
        miss_until_now(held, by)
    else:
        corrected = held.state is BookingState.BOOKED or clock.now() >= slot.ends_at
        restore(held, by, from_round=1 if corrected else None)


@transaction
def all_present(slot_id: UUID, *, by: Actor) -> int:
    """« Tous présents »: those of whom nothing is noted yet; how many. Raises NotFound, Refused."""
    slot = _slot_to_run(slot_id, by)
    if reasons := sheet_refusals(slot.event.state) or presence_refusals(Presence.SEEN, _moment(slot)):
        raise Refused(reasons)
    sides = {side.side: side for side in _sides(slot)}
    left = db.session.scalars(
        select(Booking.id).where(Booking.slot_id == slot_id, Booking.state == BookingState.BOOKED)
    ).all()
    here = [booking for booking in hold_bookings(left) if booking.state is BookingState.BOOKED]
    for booking in here:
        change(booking, sides[booking.side], BookingAction.CHECK_IN, by, event_id=slot.event_id)
    return len(here)


@transaction
def sign(booking_id: UUID, name: str, *, by: Actor) -> AttendanceSignature:
    """The person writes their name on the screen: they are there. Signed twice, the first signature stays.

    Raises NotFound, Refused.
    """
    if not name.strip():
        raise Refused(AttendanceRefusal.NO_SIGNATURE_NAME, {AttendanceRefusal.NO_SIGNATURE_NAME: "name"})
    booking = note_presence(booking_id, Presence.SEEN, by=by)
    return _signed(booking, name.strip(), SignatureMeans.SCREEN, by)


@transaction
def signed_on_paper(slot_id: UUID, *, by: Actor) -> int:
    """The printed sheet has the signature of everybody who is noted as present; how many were not recorded yet.

    Raises NotFound, Refused.
    """
    slot = _slot_to_run(slot_id, by)
    if reasons := sheet_refusals(slot.event.state):
        raise Refused(reasons)
    _sides(slot)
    signed = select(AttendanceSignature.booking_id)
    ids = db.session.scalars(
        select(Booking.id).where(
            Booking.slot_id == slot_id, Booking.state == BookingState.SEEN, Booking.id.not_in(signed)
        )
    ).all()
    present = [booking for booking in hold_bookings(ids) if booking.state is BookingState.SEEN]
    for booking in present:
        _signed(booking, booking.name, SignatureMeans.PAPER, by)
    if present:
        log(slot.event_id, "slot", slot.id, "signed_on_paper", by)
    return len(present)


def _signed(booking: Booking, name: str, means: SignatureMeans, by: Actor) -> AttendanceSignature:
    known = db.session.scalar(select(AttendanceSignature).where(AttendanceSignature.booking_id == booking.id))
    if known is not None:
        return known
    made = AttendanceSignature(booking_id=booking.id, means=means, name=name, recorded_by=by.user_id)
    db.session.add(made)
    db.session.flush()
    return made


def _forget_signature(booking: Booking) -> None:
    db.session.execute(delete(AttendanceSignature).where(AttendanceSignature.booking_id == booking.id))


def _slot_to_run(slot_id: UUID, by: Actor) -> Slot:
    """Held, of an event that the actor runs. Raises NotFound."""
    the_event_to_run(by, the_slot(by, slot_id, to_run=True).event_id)
    return hold_slot(slot_id, by)


def _sides(slot: Slot) -> Sequence[SlotSide]:
    names = db.session.scalars(select(SlotSide.side).where(SlotSide.slot_id == slot.id).order_by(SlotSide.side)).all()
    return [lock_side(slot.id, name) for name in names]


def _moment(slot: Slot) -> Moment:
    return Moment(slot.starts_at, clock.civil_day(slot.starts_at), clock.now(), clock.today())
