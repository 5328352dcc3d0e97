"""Which slots are to be recalled, which events are over, whose names are to be forgotten?"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.clock import PARIS
from app.core.db import db
from app.events.models import Booking, Event, Slot
from app.events.rules.attendance import CLOSES_AFTER
from app.events.rules.kinds import Who
from app.events.rules.registering import VISITOR_NAME
from app.events.rules.states import BookingState, EventState


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def slots_to_remind(today: date, days: int) -> Sequence[UUID]:
    """The slots of published events that begin tomorrow or within so many days."""
    begins = Slot.starts_at.between(
        _midnight(today + timedelta(days=1)), _midnight(today + timedelta(days=max(days, 1) + 1))
    )
    query = select(Slot.id).join(Slot.event).where(Event.state == EventState.PUBLISHED, begins)
    return db.session.scalars(query.order_by(Slot.starts_at, Slot.id)).all()


def slot_of(slot_id: UUID) -> Slot | None:
    """A slot with its event and commune, which nobody calls off meanwhile."""
    query = (
        select(Slot)
        .join(Slot.event)
        .where(Slot.id == slot_id)
        .options(contains_eager(Slot.event).options(joinedload(Event.commune), joinedload(Event.organisation)))
        .with_for_update(read=True, of=Event)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).one_or_none()


def seated(slot_id: UUID) -> Sequence[Booking]:
    """Those who have a seat there, locked against a cancellation meanwhile."""
    query = select(Booking).where(Booking.slot_id == slot_id, Booking.state == BookingState.BOOKED)
    return db.session.scalars(query.order_by(Booking.id).with_for_update(of=Booking)).all()


def events_over(today: date) -> Sequence[UUID]:
    """Published events whose last slot ended a week ago or more."""
    before = _midnight(today + timedelta(days=1)) - CLOSES_AFTER
    query = (
        select(Event.id)
        .join(Slot, Slot.event_id == Event.id)
        .where(Event.state == EventState.PUBLISHED)
        .group_by(Event.id)
        .having(func.max(Slot.ends_at) <= before)
    )
    return db.session.scalars(query.order_by(Event.id)).all()


def event_held(event_id: UUID) -> Event | None:
    """An event, locked until the act ends."""
    query = select(Event).where(Event.id == event_id)
    return db.session.scalar(query.with_for_update(of=Event).execution_options(populate_existing=True))


def end_of(event_id: UUID) -> tuple[datetime | None, int]:
    """When its last slot ends, and how many attendances are still to be noted."""
    last = db.session.scalar(select(func.max(Slot.ends_at)).where(Slot.event_id == event_id))
    to_note = select(func.count()).select_from(Booking).join(Slot, Slot.id == Booking.slot_id)
    count = db.session.scalar(to_note.where(Slot.event_id == event_id, Booking.state == BookingState.BOOKED))
    return last, count or 0


def visitors_to_forget(before: datetime) -> list[UUID]:
    """Bookings without an account or a file, of slots that ended before, that still name or reach somebody."""
    named = or_(
        (Booking.who == Who.VISITOR) & (Booking.name != VISITOR_NAME),
        Booking.contact_name != "",
        Booking.contact_phone != "",
        Booking.contact_email != "",
        Booking.needs != "",
        Booking.words != "",
    )
    unknown = Booking.candidate_id.is_(None) & (Booking.user_id.is_(None) | (Booking.who == Who.VISITOR))
    query = (
        select(Booking.id)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(Slot.ends_at < before, unknown, named)
        .order_by(Booking.id)
    )
    return list(db.session.scalars(query))
