"""What is on, for anybody? Slots to come of published public events, with what they may be filtered by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, selectinload

from app.core.clock import civil_day
from app.core.db import db
from app.core.paging import Page, paginate
from app.events.models import Event, Programme, Slot
from app.events.queries.visible import public_events
from app.events.rules.kinds import Audience, EventKind
from app.events.rules.states import EventState
from app.reference.models import Commune

SHOWN: Final = 30
"""Slots a page: light on a telephone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks; nonsense asks nothing."""

    kind: str = ""
    commune: str = ""
    audience: str = ""
    programme: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its slots, in the order of the hours."""

    day: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the coming events may be filtered by: nothing that would find nothing."""

    kinds: tuple[EventKind, ...]
    communes: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]


def _coming(now: datetime) -> Select[Slot]:
    open_events = public_events().where(Event.state == EventState.PUBLISHED).with_only_columns(Event.id)
    return select(Slot).join(Slot.event).where(Event.id.in_(open_events), Slot.ends_at > now)


def _conditions(wanted: Wanted, now: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.kind:
        yield Event.kind == EventKind(wanted.kind)
    if wanted.commune:
        yield Event.commune_insee == wanted.commune
    if wanted.audience:
        yield Event.audience.in_((Audience(wanted.audience), Audience.EVERYBODY))
    if wanted.programme:
        yield Event.programme_id == UUID(wanted.programme)
    if wanted.period:
        yield Slot.starts_at < now + timedelta(days={"semaine": 7, "mois": 31}[wanted.period])


def agenda(wanted: Wanted, number: int, now: datetime) -> Page[Slot]:
    """A page of slots to come, each with its event, commune, organiser and seats. Three statements."""
    query = _coming(now).where(*_conditions(wanted, now)).order_by(Slot.starts_at, Event.title, Slot.id)
    around = contains_eager(Slot.event)
    query = query.options(
        around, around.joinedload(Event.commune), around.joinedload(Event.organisation), selectinload(Slot.sides)
    )
    return paginate(query, number, SHOWN)


def by_day(slots: Sequence[Slot]) -> tuple[Day, ...]:
    """The slots of a page under their days."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(civil_day(slot.starts_at), []).append(slot)
    return tuple(Day(day, tuple(there)) for day, there in days.items())


def choices(now: datetime) -> Choices:
    """What is there to choose from: one statement."""
    query = (
        _coming(now)
        .with_only_columns(Event.kind, Commune.insee, Commune.name, Programme.id, Programme.title)
        .outerjoin(Commune, Commune.insee == Event.commune_insee)
        .outerjoin(Programme, (Programme.id == Event.programme_id) & Programme.is_published)
        .distinct()
    )
    rows = db.session.execute(query).all()
    kinds = {row[0] for row in rows}
    communes = {(row[1], row[2]) for row in rows if row[1]}
    programmes = {(str(row[3]), row[4]) for row in rows if row[3]}
    return Choices(
        tuple(kind for kind in EventKind if kind in kinds),
        tuple(sorted(communes, key=lambda one: one[1])),
        tuple(sorted(programmes, key=lambda one: one[1])),
    )
