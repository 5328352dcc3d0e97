"""For what is somebody registered, themselves or their organisation: what comes, and what was?"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page, paginate
from app.core.roles import Actor
from app.events.models import Booking, Event, Slot
from app.events.queries.visible import booked_by, bookings_visible_to
from app.events.rules.states import BookingState, EventState


def _mine(actor: Actor) -> Select[Booking]:
    return (
        select(Booking)
        .join(Booking.slot)
        .join(Slot.event)
        .where(booked_by(actor), Event.state != EventState.DRAFT)
        .options(
            contains_eager(Booking.slot)
            .contains_eager(Slot.event)
            .options(joinedload(Event.commune), joinedload(Event.organisation)),
        )
    )


def coming(actor: Actor, now: datetime) -> Sequence[Booking]:
    """What is not over, the next first; what was cancelled is left out. One statement."""
    query = _mine(actor).where(Slot.ends_at > now, Booking.state != BookingState.CANCELLED)
    return db.session.scalars(query.order_by(Slot.starts_at, Booking.id)).unique().all()


def past(actor: Actor, now: datetime, number: int, size: int = PAGE_SIZE) -> Page[Booking]:
    """What is over or was cancelled, the latest first. Two statements."""
    query = _mine(actor).where((Slot.ends_at <= now) | (Booking.state == BookingState.CANCELLED))
    return paginate(query.order_by(Slot.starts_at.desc(), Booking.id), number, size)


def at_event(actor: Actor, event_id: UUID) -> Sequence[Booking]:
    """Those of one event that still hold. One statement."""
    query = _mine(actor).where(Event.id == event_id, Booking.state != BookingState.CANCELLED)
    return db.session.scalars(query.order_by(Slot.starts_at, Booking.id)).unique().all()


def the_booking_shown(actor: Actor, booking_id: UUID) -> Booking:
    """One that the actor may read, with all that its page shows. Raises NotFound."""
    query = (
        bookings_visible_to(actor)
        .where(Booking.id == booking_id)
        .options(
            contains_eager(Booking.slot)
            .contains_eager(Slot.event)
            .options(joinedload(Event.commune), joinedload(Event.organisation)),
            joinedload(Booking.candidate),
        )
    )
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found
