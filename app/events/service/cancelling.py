"""How is a seat given back, and what may somebody change of their booking or answer with the code of their paper?"""

from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Slot
from app.events.queries import bookings as queries
from app.events.queries import people
from app.events.queries.returning import is_theirs, return_barred
from app.events.queries.visible import may_run, the_booking
from app.events.rules.kinds import Who
from app.events.rules.registering import Answer, overlaps, said
from app.events.rules.seats import Registration, SeatRefusal, registration_refusals
from app.events.rules.states import OUT, BookingAction, BookingState
from app.events.service.holding import WITH_CODE, hold_booking, hold_person, hold_slot, hold_user
from app.events.service.journal import log
from app.events.service.news import silence
from app.events.service.registering import Details
from app.events.service.seats import change, promote_waiting
from app.events.service.telling import tell, tell_promoted


@transaction
def cancel(booking_id: UUID, *, by: Actor, words: str = "") -> Booking:
    """Give the seat back; the first who waits has it at once. Cancelled twice, it is done once.

    Raises NotFound, Refused. Who did not cancel it themselves is told.
    """
    booking = the_booking(by, booking_id)
    slot = hold_slot(booking.slot_id)
    staff = may_run(by, slot.event)
    was_out = booking.state in OUT
    held = _cancel(booking, slot, by, staff=staff, words=words)
    if not was_out and not is_theirs(by, held):
        tell("event_booking_cancelled", [held], slot)
    return held


def _cancel(booking: Booking, slot: Slot, by: Actor, *, staff: bool, words: str = "") -> Booking:
    held, side = hold_booking(booking)
    if held.state in OUT:
        return held
    if clock.now() >= slot.ends_at and not staff:
        raise Refused(SeatRefusal.OVER)
    change(held, side, BookingAction.CANCEL, by, event_id=slot.event_id, words=words)
    db.session.flush()
    silence([held])
    tell_promoted(promote_waiting(side, event_id=slot.event_id), slot)
    return held


@transaction
def answer_with_code(code: str, answer: Answer) -> tuple[Booking, int]:
    """« Je viens », « Je ne peux pas venir »: whoever holds the paper. The booking, and its rank if it waits.

    Raises NotFound, Refused (somebody else took them out: they call). A second press changes nothing.
    """
    booking = queries.by_code(code)
    if booking is None:
        raise NotFound
    return _answer(booking, answer, WITH_CODE)


@transaction
def answer(booking_id: UUID, answer: Answer, *, by: Actor) -> tuple[Booking, int]:
    """The same, signed in: an invitation accepted or declined on the portal. Raises NotFound, Refused."""
    return _answer(the_booking(by, booking_id), answer, by)


def _answer(booking: Booking, answer: Answer, by: Actor) -> tuple[Booking, int]:
    if booking.candidate_id is not None:
        hold_person(booking.candidate_id)
    elif booking.who is Who.PROFESSIONAL and booking.user_id is not None:
        hold_user(booking.user_id)
    slot = hold_slot(booking.slot_id)
    if answer is Answer.NOT_COMING:
        held = _cancel(booking, slot, by, staff=False)
        return held, 0
    return _come(booking, slot, by)


def _come(booking: Booking, slot: Slot, by: Actor) -> tuple[Booking, int]:
    held, side = hold_booking(booking)
    if said(Answer.COMING, held.state):
        return held, people.rank_of(held)
    event = slot.event
    asked = Registration(event.state, slot.starts_at, slot.ends_at, event.registration_closes_on)
    closed = registration_refusals(asked, now=clock.now(), today=clock.today(), staff=False)
    if reasons := closed or return_barred(held, event.kind):
        raise Refused(reasons)
    _refuse_same_time(held, slot)
    tell_promoted(promote_waiting(side, event_id=event.id), slot)
    if side.left <= 0 and held.state is BookingState.EXCUSED:
        raise Refused(SeatRefusal.FULL)
    action = BookingAction.BOOK if side.left > 0 else BookingAction.WAIT
    change(held, side, action, by, event_id=event.id)
    db.session.flush()
    rank = people.rank_of(held)
    tell("event_waiting" if rank else "event_booked", [held], slot, rank=rank)
    return held, rank


def _refuse_same_time(booking: Booking, slot: Slot) -> None:
    if booking.candidate_id is None and booking.who is not Who.PROFESSIONAL:
        return
    times = people.busy_times(slot, candidate_id=booking.candidate_id, user_id=booking.user_id)
    if overlaps(slot.starts_at, slot.ends_at, times):
        raise Refused(SeatRefusal.SAME_TIME)


@transaction
def change_details(booking_id: UUID, details: Details, *, by: Actor, version: int) -> Booking:
    """What the participant says of themselves: jobs, words, what they need to come. Raises NotFound, StaleVersion."""
    booking = the_booking(by, booking_id)
    if booking.version != version:
        raise StaleVersion({"words": booking.words, "needs": booking.needs, "version": booking.version})
    booking.trade_slugs, booking.posts = list(details.trade_slugs), details.posts
    booking.words, booking.needs = details.words, details.needs
    if booking.candidate_id is None:
        booking.contact_name = details.contact_name
        booking.contact_phone, booking.contact_email = details.contact_phone, details.contact_email
    log(booking.slot.event_id, "booking", booking.id, "change", by)
    return booking
