"""Whom does the organiser read on the list of an event, in which order, and which booking has a code?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.core.roles import Actor, Role
from app.events.models import Booking, Event, Slot
from app.events.rules.badges import short_name
from app.events.rules.kinds import Side, Who
from app.events.rules.states import BookingState
from app.messages.models import Message
from app.messages.rules.short_codes import typed_code
from app.organisations.models import Organisation
from app.reference.models import Commune

_SHORT: Final = case(
    (
        Booking.candidate_id.is_not(None),
        func.concat(Candidate.first_name, " ", func.left(Candidate.last_name, 1), "."),
    ),
    (
        Booking.who == Who.VISITOR,
        func.regexp_replace(func.btrim(Booking.name), r"^(\S+)\s(?:.*\s)?(\S)\S*$", r"\1 \2."),
    ),
    else_=Booking.name,
)
"""What an employer reads of a name (``_name``). Sorted by more, the list would tell the rest of it."""
_SORTS: Final[Mapping[str, Sequence[Any]]] = {
    "nom": (func.lower(func.unaccent(Booking.name)),),
    "creneau": (Slot.starts_at, Slot.room),
    "etat": (Booking.state, Booking.waits_since),
    "inscription": (Booking.created_at,),
}


def sort_key(raw: str | None) -> str:
    """The sort asked in the address; nonsense is by name."""
    return raw if raw and raw.removeprefix("-") in _SORTS else "nom"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the list."""

    slot: UUID | None = None
    side: Side | None = None
    state: BookingState | None = None
    who: Who | None = None
    sort: str = "nom"


@dataclass(frozen=True, slots=True)
class Line:
    """One booking of the list. An employer reads of a person the first name and an initial, and no more."""

    id: UUID
    name: str
    who: Who | None
    side: Side
    state: BookingState
    starts_at: datetime
    ends_at: datetime
    room: str
    phone: str
    email: str
    contact: str
    commune: str
    needs: str
    code: str
    waits_since: datetime | None
    created_at: datetime
    is_walk_in: bool
    candidate_id: UUID | None


def by_code(typed: str) -> Booking | None:
    """The booking of a code as somebody typed it, with its slot and event, of an event that was published."""
    code = typed_code(typed)
    if code is None:
        return None
    query = (
        select(Booking)
        .join(Booking.slot)
        .join(Slot.event)
        .where(Booking.code == code, Event.published_at.is_not(None))
        .options(
            contains_eager(Booking.slot)
            .contains_eager(Slot.event)
            .options(joinedload(Event.commune), joinedload(Event.organisation)),
            joinedload(Booking.candidate),
        )
    )
    return db.session.scalars(query).one_or_none()


def sees_names(actor: Actor) -> bool:
    """An employer who opens its doors reads no full name of a person, no phone, and not through whom they came."""
    return actor.role is not Role.EMPLOYER


def _conditions(event_id: UUID, asked: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Slot.event_id == event_id]
    if asked.slot:
        found.append(Booking.slot_id == asked.slot)
    if asked.side:
        found.append(Booking.side == asked.side)
    if asked.state:
        found.append(Booking.state == asked.state)
    if asked.who:
        found.append(Booking.who == asked.who)
    return found


def _order(actor: Actor, sort: str) -> list[ColumnElement[Any]]:
    """By what the reader sees, and by nothing that is hidden from them."""
    key = sort.removeprefix("-")
    columns = _SORTS[key] if key != "nom" or sees_names(actor) else (func.lower(func.unaccent(_SHORT)),)
    return [(column.desc() if sort.startswith("-") else column.asc()).nulls_last() for column in columns]


def _listed(actor: Actor, event_id: UUID, asked: Filters) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Booking,
            Slot.starts_at,
            Slot.ends_at,
            Slot.room,
            Candidate.first_name,
            Candidate.last_name,
            Candidate.phone.label("candidate_phone"),
            Candidate.email.label("candidate_email"),
            func.coalesce(Commune.name, "").label("commune"),
        )
        .join(Slot, Slot.id == Booking.slot_id)
        .outerjoin(Candidate, Candidate.id == Booking.candidate_id)
        .outerjoin(Organisation, Organisation.id == Booking.organisation_id)
        .outerjoin(Commune, Commune.insee == func.coalesce(Candidate.commune_insee, Organisation.commune_insee))
        .where(*_conditions(event_id, asked))
        .order_by(*_order(actor, asked.sort), Booking.id)
    )


def listed(actor: Actor, event_id: UUID, asked: Filters, number: int, size: int = PAGE_SIZE) -> Page[Line]:
    """One page, of an event that the actor runs: two statements."""
    count = select(func.count()).select_from(Booking).join(Slot, Slot.id == Booking.slot_id)
    total = db.session.scalar(count.where(*_conditions(event_id, asked))) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.execute(_listed(actor, event_id, asked).limit(size).offset((number - 1) * size))
    return Page([_line(row, actor) for row in rows], number, size, total)


def exported(actor: Actor, event_id: UUID, asked: Filters, most: int) -> list[Line]:
    """Every line of the list, for a file or the printer: one statement."""
    return [_line(row, actor) for row in db.session.execute(_listed(actor, event_id, asked).limit(most))]


def _line(row: Any, actor: Actor) -> Line:
    booking, full = row.Booking, sees_names(actor)
    is_person = booking.who in {Who.PERSON, Who.VISITOR}
    hidden = is_person and not full
    return Line(
        id=booking.id,
        name=_name(row, hidden=hidden),
        who=None if hidden else booking.who,
        side=booking.side,
        state=booking.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=row.room,
        phone="" if hidden else booking.contact_phone or row.candidate_phone or "",
        email="" if hidden else booking.contact_email or row.candidate_email or "",
        contact="" if hidden else booking.contact_name,
        commune="" if hidden else row.commune,
        needs=booking.needs,
        code=booking.code,
        waits_since=booking.waits_since,
        created_at=booking.created_at,
        is_walk_in=booking.is_walk_in,
        candidate_id=None if hidden else booking.candidate_id,
    )


def _name(row: Any, *, hidden: bool) -> str:
    """The file's name as it is today, for somebody who has one."""
    booking: Booking = row.Booking
    if booking.candidate_id is None:
        return short_name(booking.name) if hidden else booking.name
    if hidden:
        return f"{row.first_name} {row.last_name[:1]}.".strip()
    return f"{row.first_name} {row.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Count:
    """How many bookings of a slot and side are in a state."""

    slot_id: UUID
    side: Side
    state: BookingState
    number: int


def counts(event_id: UUID) -> list[Count]:
    """Of the whole event. One statement."""
    query = (
        select(Booking.slot_id, Booking.side, Booking.state, func.count())
        .join(Slot, Slot.id == Booking.slot_id)
        .where(Slot.event_id == event_id)
        .group_by(Booking.slot_id, Booking.side, Booking.state)
    )
    return [Count(*row) for row in db.session.execute(query)]


def to_print(slot_id: UUID, *, unwritten: bool) -> list[tuple[Booking, Candidate]]:
    """The invited people of a slot who have not answered, with their file; of these, who was sent no message."""
    query = (
        select(Booking, Candidate)
        .join(Candidate, Candidate.id == Booking.candidate_id)
        .where(Booking.slot_id == slot_id, Booking.state == BookingState.INVITED)
        .order_by(Candidate.last_name, Candidate.first_name, Booking.id)
    )
    if unwritten:
        sent = select(Message.id).where(Message.about_id == Booking.id, Message.kind == "event_invitation")
        query = query.where(~sent.exists())
    return [(booking, candidate) for booking, candidate in db.session.execute(query)]
