"""Which programmes are there, and what is on each of their days?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.core.clock import civil_day
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, paginate
from app.core.roles import Actor, Role
from app.events.models import Event, Programme, Slot
from app.events.queries.visible import AROUND, events_visible_to, programmes_visible_to, public_events
from app.events.rules.states import EventState


@dataclass(frozen=True, slots=True)
class DayOf:
    """One day of a programme."""

    day: date
    slots: tuple[tuple[Slot, Event], ...]


def programme_choices(actor: Actor | None) -> list[tuple[str, str]]:
    """(id, title) of those that the actor reads, the latest first."""
    query = programmes_visible_to(actor).order_by(Programme.starts_on.desc(), Programme.id)
    return [(str(one.id), one.title) for one in db.session.scalars(query)]


def programmes_listed(actor: Actor, number: int) -> Page[Programme]:
    """The latest first, with their organisation."""
    query = programmes_visible_to(actor).order_by(Programme.starts_on.desc(), Programme.id)
    return paginate(query.options(joinedload(Programme.organisation)), number)


def event_counts(programme_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many events each programme has, those called off left out."""
    query = (
        select(Event.programme_id, func.count())
        .where(Event.programme_id.in_(programme_ids), Event.state != EventState.CANCELLED)
        .group_by(Event.programme_id)
    )
    return {programme_id: count for programme_id, count in db.session.execute(query) if programme_id is not None}


def the_programme(actor: Actor | None, programme_id: UUID) -> Programme:
    """One that the actor may read. Raises NotFound."""
    return _one(actor, Programme.id == programme_id)


def public_programme(slug: str) -> Programme:
    """A published one by its address. Raises NotFound."""
    return _one(None, Programme.slug == slug)


def _one(actor: Actor | None, condition: ColumnElement[bool]) -> Programme:
    query = programmes_visible_to(actor).where(condition).options(joinedload(Programme.organisation))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def may_run_programme(actor: Actor, programme: Programme) -> bool:
    """Those of its organisation, and the département."""
    if actor.role in {Role.DEPARTMENT, Role.SYSTEM}:
        return True
    return actor.organisation_id is not None and programme.organisation_id == actor.organisation_id


def the_programme_to_run(actor: Actor, programme_id: UUID, *, lock: bool = False) -> Programme:
    """One that the actor may change; ``lock``: until the act ends. Raises NotFound."""
    query = select(Programme).where(Programme.id == programme_id).options(joinedload(Programme.organisation))
    if lock:
        query = query.with_for_update(of=Programme).execution_options(populate_existing=True)
    found = db.session.scalars(query).one_or_none()
    if found is None or not may_run_programme(actor, found):
        raise NotFound
    return found


def slug_is_free(slug: str, programme_id: UUID) -> bool:
    """Has no other programme this address?"""
    taken = select(Programme.id).where(Programme.slug == slug, Programme.id != programme_id)
    return db.session.scalar(taken) is None


def events_of(programme_id: UUID, actor: Actor | None) -> Sequence[Event]:
    """Its events that the reader may read, with their slots and seats; those called off are said so."""
    readable = public_events() if actor is None else events_visible_to(actor)
    query = readable.where(Event.programme_id == programme_id).order_by(Event.title, Event.id)
    return db.session.scalars(query.options(*AROUND)).unique().all()


def by_day(events: Sequence[Event]) -> tuple[DayOf, ...]:
    """Every slot of the events, day after day, in the order of the hours."""
    slots = sorted(
        ((slot, event) for event in events for slot in event.slots), key=lambda pair: (pair[0].starts_at, pair[1].title)
    )
    days: dict[date, list[tuple[Slot, Event]]] = {}
    for slot, event in slots:
        days.setdefault(civil_day(slot.starts_at), []).append((slot, event))
    return tuple(DayOf(day, tuple(pairs)) for day, pairs in days.items())


def open_programmes(actor: Actor, today: date) -> list[tuple[str, str]]:
    """Those to which the actor's event may belong: of their organisation, or published by the département."""
    query = programmes_visible_to(actor).where(Programme.ends_on >= today)
    if actor.role is not Role.DEPARTMENT:
        query = query.where(or_(Programme.is_published, Programme.organisation_id == actor.organisation_id))
    return [(str(one.id), one.title) for one in db.session.scalars(query.order_by(Programme.starts_on, Programme.id))]
