"""Which events, bookings and meetings may somebody read, and which event may they run?"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, PROFESSIONALS, Actor, Role
from app.events.models import Booking, Event, Meeting, Programme, Slot
from app.events.rules.kinds import Who
from app.events.rules.states import EventState

SHOWN = (EventState.PUBLISHED, EventState.CLOSED, EventState.CANCELLED)
"""Those that were published: one called off stays readable to those who have its address."""


def run_by(actor: Actor) -> ColumnElement[bool]:
    """The events that the actor runs: those of their organisation; the département runs all of them."""
    if actor.role in {Role.DEPARTMENT, Role.SYSTEM}:
        return true()
    if actor.organisation_id is None or actor.role not in ACCOMPANIMENT | {Role.EMPLOYER}:
        return false()
    return Event.organisation_id == actor.organisation_id


def booked_by(actor: Actor) -> ColumnElement[bool]:
    """The bookings that are the actor's own: the person's, the professional's, their organisation's."""
    mine: list[ColumnElement[bool]] = []
    if actor.candidate_id is not None:
        mine.append(Booking.candidate_id == actor.candidate_id)
    elif actor.user_id is not None:
        mine.append(and_(Booking.who == Who.PROFESSIONAL, Booking.user_id == actor.user_id))
    if actor.organisation_id is not None:
        mine.append(and_(Booking.who == Who.ORGANISATION, Booking.organisation_id == actor.organisation_id))
    return or_(*mine) if mine else false()


def public_events() -> Select[Event]:
    """What anybody may read without an account."""
    return select(Event).where(Event.is_public, Event.state.in_(SHOWN))


def events_visible_to(actor: Actor | None) -> Select[Event]:
    """Those they run; those to which they are registered or invited; and what is published for them.

    Professionals read all that is published; a person, what is public for people.
    """
    if actor is None:
        return public_events()
    registered = Event.id.in_(select(Slot.event_id).join(Booking, Booking.slot_id == Slot.id).where(booked_by(actor)))
    shown = Event.state.in_(SHOWN)
    published = shown if actor.role in PROFESSIONALS else and_(shown, Event.is_public)
    return select(Event).where(or_(run_by(actor), and_(shown, registered), published))


def bookings_visible_to(actor: Actor) -> Select[Booking]:
    """All of the events they run; their own; and those of the people whose file they read."""
    query = select(Booking).join(Slot, Booking.slot_id == Slot.id).join(Event, Slot.event_id == Event.id)
    either = [run_by(actor), booked_by(actor)]
    if actor.role in ACCOMPANIMENT:
        people = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
        either.append(Booking.candidate_id.in_(people))
    return query.where(or_(*either))


def meetings_visible_to(actor: Actor) -> Select[Meeting]:
    """All of the events they run; and those of their own bookings."""
    query = select(Meeting).join(Slot, Meeting.slot_id == Slot.id).join(Event, Slot.event_id == Event.id)
    own = select(Booking.id).where(booked_by(actor))
    return query.where(or_(run_by(actor), Meeting.seated_id.in_(own), Meeting.moving_id.in_(own)))


def programmes_visible_to(actor: Actor | None) -> Select[Programme]:
    """The published ones, and those of the actor's organisation; the département reads all."""
    if actor is None or actor.role is Role.CANDIDATE:
        return select(Programme).where(Programme.is_published)
    if actor.role in {Role.DEPARTMENT, Role.SYSTEM}:
        return select(Programme)
    return select(Programme).where(or_(Programme.is_published, Programme.organisation_id == actor.organisation_id))


AROUND: tuple[ORMOption, ...] = (
    joinedload(Event.organisation),
    joinedload(Event.host),
    joinedload(Event.commune),
    joinedload(Event.territory),
    joinedload(Event.programme),
    selectinload(Event.slots).selectinload(Slot.sides),
)
"""Options that load an event with its organiser, place, slots and seats: three statements."""


def the_event(actor: Actor | None, event_id: UUID, *options: ORMOption) -> Event:
    """One that the actor (None: anybody) may read, with what is around it. Raises NotFound."""
    query = events_visible_to(actor).where(Event.id == event_id).options(*AROUND, *options)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def may_run(actor: Actor | None, event: Event) -> bool:
    """Does the actor run this event? Said without a statement."""
    if actor is None:
        return False
    if actor.role in {Role.DEPARTMENT, Role.SYSTEM}:
        return True
    return (
        actor.role in ACCOMPANIMENT | {Role.EMPLOYER}
        and actor.organisation_id is not None
        and event.organisation_id == actor.organisation_id
    )


def the_event_to_run(actor: Actor, event_id: UUID, *options: ORMOption, lock: bool = False) -> Event:
    """One that the actor runs; ``lock``: until the act ends. Raises NotFound."""
    query = select(Event).where(Event.id == event_id, run_by(actor)).options(*AROUND, *options)
    if lock:
        query = query.with_for_update(of=Event).execution_options(populate_existing=True)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def the_slot(actor: Actor | None, slot_id: UUID, *, to_run: bool = False) -> Slot:
    """A slot of an event that the actor may read, or runs; the event is loaded with it. Raises NotFound."""
    event_id = db.session.scalar(select(Slot.event_id).where(Slot.id == slot_id))
    if event_id is None or (to_run and actor is None):
        raise NotFound
    event = the_event_to_run(actor, event_id) if to_run and actor is not None else the_event(actor, event_id)
    found = next((slot for slot in event.slots if slot.id == slot_id), None)
    if found is None:
        raise NotFound
    return found


def the_booking(actor: Actor, booking_id: UUID, *options: ORMOption) -> Booking:
    """One that the actor may read, with its slot and event. Raises NotFound."""
    query = bookings_visible_to(actor).where(Booking.id == booking_id)
    found = db.session.scalars(query.options(joinedload(Booking.slot).joinedload(Slot.event), *options)).one_or_none()
    if found is None:
        raise NotFound
    return found
