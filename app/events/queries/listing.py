"""Which events does the list of professionals show, in which order, with how many registered? One line an event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor
from app.events.models import Booking, Event, Programme, Slot, SlotSide
from app.events.queries.visible import booked_by, events_visible_to, run_by
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState, EventState
from app.organisations.models import Organisation
from app.reference.models import Commune

PERIODS: Final = ("semaine", "mois", "passes", "tous")
SORTS: Final = ("date", "titre", "type", "inscrits", "etat", "organisateur")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked; words of the address, nonsense asks nothing."""

    who: str = ""
    kind: str = ""
    state: str = ""
    period: str = ""
    territory: str = ""
    programme: str = ""
    words: str = ""
    sort: str = "date"


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the list. ``left``: free seats of the slots to come. ``runs``: the reader sees who registers."""

    id: UUID
    number: int
    title: str
    kind: EventKind
    state: EventState
    is_public: bool
    organiser: str
    place: str
    commune: str
    programme: str
    starts_at: datetime | None
    ends_at: datetime | None
    slots: int
    seats: int
    taken: int
    next_at: datetime | None
    left: int
    waiting: int
    invited: int
    runs: bool


def _times(now: datetime) -> Any:
    """First start, last end, seats of all the slots of each event; of those to come, the next one and seats left."""
    ahead = Slot.ends_at > now
    return (
        select(
            Slot.event_id,
            func.min(Slot.starts_at).label("starts_at"),
            func.max(Slot.ends_at).label("ends_at"),
            func.count(Slot.id.distinct()).label("slots"),
            func.coalesce(func.sum(SlotSide.seats), 0).label("seats"),
            func.coalesce(func.sum(SlotSide.taken), 0).label("taken"),
            func.min(Slot.starts_at).filter(ahead).label("next_at"),
            func.coalesce(func.sum(SlotSide.seats - SlotSide.taken).filter(ahead), 0).label("left"),
        )
        .outerjoin(SlotSide, SlotSide.slot_id == Slot.id)
        .group_by(Slot.event_id)
        .subquery("times")
    )


def _crowd() -> Any:
    """Of one event, who waits and who is invited."""
    return (
        select(
            func.count().filter(Booking.state == BookingState.WAITING).label("waiting"),
            func.count().filter(Booking.state == BookingState.INVITED).label("invited"),
        )
        .select_from(Booking)
        .join(Slot, Slot.id == Booking.slot_id)
        .where(Slot.event_id == Event.id)
        .correlate(Event)
        .lateral("crowd")
    )


def _query(actor: Actor, asked: Asked, now: datetime) -> Any:
    times, crowd = _times(now), _crowd()
    query: Any = (
        events_visible_to(actor)
        .with_only_columns(
            Event.id,
            Event.number,
            Event.title,
            Event.kind,
            Event.state,
            Event.is_public,
            Organisation.name.label("organiser"),
            Event.place_name.label("place"),
            func.coalesce(Commune.name, "").label("commune"),
            func.coalesce(Programme.title, "").label("programme"),
            times.c.starts_at,
            times.c.ends_at,
            func.coalesce(times.c.slots, 0).label("slots"),
            func.coalesce(times.c.seats, 0).label("seats"),
            func.coalesce(times.c.taken, 0).label("taken"),
            times.c.next_at,
            func.coalesce(times.c.left, 0).label("left"),
            crowd.c.waiting,
            crowd.c.invited,
            case((run_by(actor), True), else_=False).label("runs"),
        )
        .join(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(Commune, Commune.insee == Event.commune_insee)
        .outerjoin(Programme, Programme.id == Event.programme_id)
        .outerjoin(times, times.c.event_id == Event.id)
        .join(crowd, Event.id == Event.id)
    )
    for condition in _conditions(actor, asked, times, now):
        query = query.where(condition)
    return query.order_by(*_order(asked.sort, times))


def _conditions(actor: Actor, asked: Asked, times: Any, now: datetime) -> Iterator[ColumnElement[bool]]:
    if asked.who == "nous":
        yield Event.organisation_id == actor.organisation_id
    elif asked.who == "inscrits":
        mine = select(Slot.event_id).join(Booking, Booking.slot_id == Slot.id)
        live = Booking.state.not_in((BookingState.CANCELLED, BookingState.EXCUSED))
        yield Event.id.in_(mine.where(booked_by(actor), live))
    if asked.kind:
        yield Event.kind == EventKind(asked.kind)
    if asked.state:
        yield Event.state == EventState(asked.state)
    if asked.territory:
        yield Event.territory_code == asked.territory
    if asked.programme:
        yield Event.programme_id == UUID(asked.programme)
    if asked.words:
        like = f"%{_escaped(asked.words)}%"
        said = func.concat_ws(" ", Event.title, Event.place_name, Commune.name, Organisation.name)
        yield func.unaccent(said).ilike(func.unaccent(like))
    yield from _period(asked.period, times, now)


def _period(period: str, times: Any, now: datetime) -> Iterator[ColumnElement[bool]]:
    undated = times.c.ends_at.is_(None)
    ahead = times.c.ends_at > now
    until = {"semaine": timedelta(days=7), "mois": timedelta(days=31)}.get(period)
    if period == "tous":
        return
    if period == "passes":
        yield times.c.ends_at <= now
    elif until is not None:
        yield and_(ahead, times.c.starts_at < now + until)
    else:
        yield or_(undated, ahead, Event.state == EventState.DRAFT)


def _order(sort: str, times: Any) -> tuple[Any, ...]:
    soonest = func.coalesce(times.c.next_at, times.c.starts_at)
    keys: Mapping[str, Any] = {
        "date": soonest,
        "titre": func.unaccent(func.lower(Event.title)),
        "type": Event.kind,
        "inscrits": func.coalesce(times.c.taken, 0),
        "etat": Event.state,
        "organisateur": func.unaccent(func.lower(Organisation.name)),
    }
    key = keys.get(sort.removeprefix("-"), soonest)
    first = key.desc().nulls_last() if sort.startswith("-") else key.asc().nulls_first()
    return first, soonest, Event.id


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def listed(actor: Actor, asked: Asked, number: int, now: datetime) -> Page[Line]:
    """One page: two statements."""
    query = _query(actor, asked, now)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    rows = db.session.execute(query.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([Line(**row._mapping) for row in rows], number, PAGE_SIZE, total)


def exported(actor: Actor, asked: Asked, most: int, now: datetime) -> list[Line]:
    """Every line, up to a limit: one statement."""
    return [Line(**row._mapping) for row in db.session.execute(_query(actor, asked, now).limit(most))]


def sort_key(raw: str | None) -> str:
    """A sort of the list; nonsense is « date »."""
    key = raw or "date"
    return key if key.removeprefix("-") in SORTS else "date"
