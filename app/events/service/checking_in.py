"""Who is at the door? An arrival is noted by list, code or QR; somebody who did not register is let in."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Event, MeetingSetup, Slot, SlotSide
from app.events.queries.visible import run_by, the_event_to_run
from app.events.rules.arrivals import WAYS_IN, DayRefusal, arrival_refusals
from app.events.rules.kinds import DATINGS, Side, Who, people_on
from app.events.rules.registering import Sits, side_refusals
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import LIVE, BookingState
from app.events.service.journal import log
from app.events.service.missing import restore
from app.events.service.seats import change, lock_side, take
from app.messages.rules.short_codes import drawn_code, typed_code
from app.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Arrival:
    """``already``: it had been noted before, at ``booking.checked_in_at``."""

    booking: Booking
    already: bool


def booking_to_run(actor: Actor, booking_id: UUID, event_id: UUID | None = None) -> Booking:
    """A booking of an event that the actor runs, with slot, event and file. Raises NotFound."""
    query = (
        select(Booking)
        .join(Slot, Booking.slot_id == Slot.id)
        .join(Event, Slot.event_id == Event.id)
        .where(Booking.id == booking_id, run_by(actor))
        .options(joinedload(Booking.slot).joinedload(Slot.event), joinedload(Booking.candidate))
    )
    if event_id is not None:
        query = query.where(Event.id == event_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def code_to_run(actor: Actor, text: str) -> Booking | None:
    """The booking of a code, when the actor runs its event."""
    code = typed_code(text)
    booking_id = db.session.scalar(select(Booking.id).where(Booking.code == code)) if code else None
    if booking_id is None:
        return None
    try:
        return booking_to_run(actor, booking_id)
    except NotFound:
        return None


@transaction
def note_arrival(booking_id: UUID, *, by: Actor, event_id: UUID | None = None, more_seats: bool = False) -> Arrival:
    """Somebody came. Twice is once. Raises Refused: not the day, no seat is left; NotFound."""
    booking = booking_to_run(by, booking_id, event_id)
    slot, event = booking.slot, booking.slot.event
    today = clock.today()
    if reasons := arrival_refusals(event.state, clock.civil_day(slot.starts_at), today):
        raise Refused(reasons)
    side = lock_side(slot.id, booking.side)
    db.session.refresh(booking, with_for_update={"of": Booking})
    if booking.state is BookingState.SEEN:
        return Arrival(booking, already=True)
    if more_seats and side.left <= 0 and booking.state not in {BookingState.BOOKED, BookingState.ABSENT}:
        _one_more(event, slot, side, by)
    for action in WAYS_IN[booking.state]:
        change(booking, side, action, by, event_id=event.id)
    booking.left_at = None
    restore(booking, by)
    return Arrival(booking, already=False)


@transaction
def arrive_by_code(event_id: UUID, text: str, *, by: Actor) -> Arrival:
    """A code typed at the door of this event. Raises Refused: unknown, or of another event that the actor runs."""
    found = code_to_run(by, text)
    if found is None:
        raise Refused(DayRefusal.UNKNOWN_CODE, {DayRefusal.UNKNOWN_CODE: "code"})
    if found.slot.event_id != event_id:
        raise Refused(DayRefusal.OTHER_EVENT, {DayRefusal.OTHER_EVENT: "code"})
    return note_arrival(found.id, by=by)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody at the door without a booking. ``siret`` finds an organisation of the portal."""

    side: Side
    is_person: bool
    name: str
    contact_name: str = ""
    contact_phone: str = ""
    siret: str = ""
    more_seats: bool = False


@transaction
def add_walk_in(event_id: UUID, asked: WalkIn, *, by: Actor, row_id: UUID, slot_id: UUID) -> Booking:
    """Register and let in at once. The same form twice is once. Raises Refused, NotFound."""
    event = the_event_to_run(by, event_id)
    slot = next((one for one in event.slots if one.id == slot_id), None)
    if slot is None:
        raise NotFound
    if (made := db.session.get(Booking, row_id)) is not None:
        if made.slot_id != slot.id:
            raise NotFound
        return made
    if reasons := arrival_refusals(event.state, clock.civil_day(slot.starts_at), clock.today()):
        raise Refused(reasons)
    who = Who.VISITOR if asked.is_person else Who.ORGANISATION
    known = _organisation(asked.siret) if who is Who.ORGANISATION else None
    if misplaced := _side_refusals(event, asked.side, who, known):
        raise Refused(misplaced, dict.fromkeys(misplaced, "side"))
    side = lock_side(slot.id, asked.side)
    _refuse_known(slot, asked, known)
    if side.left <= 0:
        if not asked.more_seats:
            raise Refused(DayRefusal.NO_SEAT, {DayRefusal.NO_SEAT: "more_seats"})
        _one_more(event, slot, side, by)
    booking = _walked_in(asked, slot, known, by, row_id)
    take(booking, side)
    if asked.side is Side.SEATED:
        _enough_tables(slot, side)
    db.session.add(booking)
    db.session.flush()
    log(event.id, "booking", booking.id, "walk_in", by, to_state=booking.state.value)
    return booking


def _walked_in(asked: WalkIn, slot: Slot, known: Organisation | None, by: Actor, row_id: UUID) -> Booking:
    who = Who.VISITOR if asked.is_person else Who.ORGANISATION
    return Booking(
        id=row_id,
        slot_id=slot.id,
        side=asked.side,
        who=who,
        state=BookingState.SEEN,
        organisation_id=known.id if known else None,
        name=known.name if known else asked.name,
        siret=asked.siret or None if who is Who.ORGANISATION else None,
        contact_name=asked.contact_name,
        contact_phone=asked.contact_phone,
        code=drawn_code(secrets.choice),
        checked_in_at=clock.now(),
        registered_by=by.user_id,
        is_walk_in=True,
    )


def _organisation(siret: str) -> Organisation | None:
    return db.session.scalars(select(Organisation).where(Organisation.siret == siret)).one_or_none() if siret else None


def _side_refusals(event: Event, side: Side, who: Who, known: Organisation | None) -> tuple[StrEnum, ...]:
    """An organisation of the portal sits where its kind does; of any other, who runs the event decides."""
    if known is not None:
        return side_refusals(event.kind, event.audience, side, Sits(who, known.kind))
    return () if who in people_on(event.kind, event.audience, side) else (SeatRefusal.NOT_FOR_YOU,)


def _refuse_known(slot: Slot, asked: WalkIn, known: Organisation | None) -> None:
    """The side is locked: the same name, or the same organisation, cannot come in twice."""
    same_name = (
        Booking.side == asked.side,
        func.lower(Booking.name) == asked.name.casefold(),
        Booking.state.in_(LIVE),
    )
    query = select(Booking.id).where(Booking.slot_id == slot.id)
    if known is not None:
        query = query.where(Booking.who == Who.ORGANISATION, Booking.organisation_id == known.id)
    else:
        query = query.where(*same_name)
    if db.session.scalar(query.limit(1)) is not None:
        raise Refused(DayRefusal.SAME_NAME, {DayRefusal.SAME_NAME: "name"})


def _one_more(event: Event, slot: Slot, side: SlotSide, by: Actor) -> None:
    """One more seat on a locked side, as the organiser asked."""
    side.seats += 1
    log(event.id, "slot", slot.id, "more_seats", by, to_state=str(side.seats))


def _enough_tables(slot: Slot, side: SlotSide) -> None:
    """A table for each who keeps one."""
    setup = db.session.scalars(select(MeetingSetup).where(MeetingSetup.slot_id == slot.id)).one_or_none()
    if setup is not None and setup.tables < side.taken:
        setup.tables = min(side.taken, 300)


def sides_to_walk_in(event: Event) -> tuple[Side, ...]:
    """On which sides somebody may come in."""
    return (Side.SEATED, Side.MOVING) if event.kind in DATINGS else (Side.PUBLIC,)
