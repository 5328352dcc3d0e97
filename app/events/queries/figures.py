"""What did events bring: held, meetings, participants, hires, stages, partnerships, discovery of the IAE?

A fixed number of statements bring the slots asked, who was there, and what came of it; the sums are made here, and
numbers of few people are hidden by the rules where they are shown. A slot counts in the month when it began.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from app.core import clock
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.events.models import Booking, Event, Meeting, Programme, Slot
from app.events.queries.reviews import OVER, Found, day_of, found_in
from app.events.queries.visible import run_by
from app.events.rules.kinds import DISCOVERIES, EventKind, Who
from app.events.rules.registering import VISITOR_NAME
from app.events.rules.reviews import Counted, counted
from app.events.rules.states import BookingState, MeetingState
from app.organisations.models import Organisation
from app.reference.models import Commune, Territory

GROUPS: Final = ("type", "territoire", "organisateur", "programme", "mois")
WHOLE_COUNTY: Final = "Tout le département"
NO_PROGRAMME: Final = "Hors programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Slots that began from ``since`` to ``until``, both included."""

    since: date
    until: date
    kind: str = ""
    territory: str = ""
    organiser: str = ""
    programme: str = ""


class Group(NamedTuple):
    """A line of the table, in its order: two organisers or programmes of one name are two lines."""

    name: str
    commune: str = ""
    """Said when two lines have one name."""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One slot that took place, and the groups of its event."""

    slot_id: UUID
    event_id: UUID
    kind: EventKind
    groups: Mapping[str, Group]


@dataclass(slots=True)
class Sums:
    """The indicators of one group. Sets, so that nobody counts twice."""

    events: set[UUID] = field(default_factory=set)
    sessions: int = 0
    meetings: int = 0
    organisations: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    expected: int = 0
    seen: int = 0
    discoveries: set[UUID] = field(default_factory=set)
    professionals: set[str] = field(default_factory=set)
    found: list[Found] = field(default_factory=list)

    @property
    def results(self) -> Counted:
        """Hires, stages and partnerships that came of it."""
        return counted(one.trace for one in self.found)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page shows: everything together, and each group of the kind asked."""

    total: Sums
    groups: Sequence[tuple[str, Sums]]


def counted_for(actor: Actor) -> ColumnElement[bool]:
    """Whose events count: the département, all; those who accompany, those of their organisation and territory; an
    employer, those that it organises."""
    if actor.role is Role.DEPARTMENT:
        return true()
    if actor.role is Role.EMPLOYER:
        return run_by(actor)
    if actor.role not in ACCOMPANIMENT:
        return false()
    if actor.territory_code is None:
        return true()
    return or_(run_by(actor), Event.territory_code == actor.territory_code)


def _slots(actor: Actor, asked: Asked) -> Select[Any]:
    began = day_of(Slot.starts_at)
    query = (
        select(Slot.id)
        .join(Event, Event.id == Slot.event_id)
        .where(
            counted_for(actor),
            Event.state.in_(OVER),
            Slot.ends_at <= clock.now(),
            began >= asked.since,
            began <= asked.until,
        )
    )
    if asked.kind:
        query = query.where(Event.kind == asked.kind)
    if asked.territory:
        query = query.where(Event.territory_code == asked.territory)
    if asked.organiser:
        query = query.where(Event.organisation_id == UUID(asked.organiser))
    if asked.programme:
        query = query.where(Event.programme_id == UUID(asked.programme))
    return query


def figures_of(actor: Actor, asked: Asked, group: str) -> Figures:
    """Everything of the page: four statements."""
    slots = _slots(actor, asked)
    held = {one.slot_id: one for one in _held(slots)}
    total, sums = Sums(), defaultdict[Group, Sums](Sums)

    def both(slot_id: UUID) -> Iterable[Sums]:
        return total, sums[held[slot_id].groups[group]]

    for one in held.values():
        for into in both(one.slot_id):
            _add_slot(into, one)
    _add_meetings(slots, both)
    _add_bookings(slots, held, both)
    _add_results(slots, held, both)
    in_order = sorted(sums.items(), key=lambda item: item[0], reverse=group == "mois")
    return Figures(total, list(zip(_names([one for one, _ in in_order]), [one for _, one in in_order], strict=True)))


def _names(groups: Sequence[Group]) -> list[str]:
    often = Counter(one.name for one in groups)
    return [f"{one.name}, {one.commune}" if often[one.name] > 1 and one.commune else one.name for one in groups]


def _held(slots: Select[Any]) -> Iterable[Held]:
    rows = db.session.execute(
        select(
            Slot.id,
            Slot.event_id,
            Event.kind,
            func.coalesce(Territory.name, WHOLE_COUNTY).label("territory"),
            Organisation.id.label("organiser_id"),
            Organisation.name.label("organiser"),
            func.coalesce(Commune.name, "").label("commune"),
            Event.programme_id,
            func.coalesce(Programme.title, NO_PROGRAMME).label("programme"),
            day_of(Slot.starts_at).label("day"),
        )
        .join(Event, Event.id == Slot.event_id)
        .join(Organisation, Organisation.id == Event.organisation_id)
        .outerjoin(Commune, Commune.insee == Organisation.commune_insee)
        .outerjoin(Territory, Territory.code == Event.territory_code)
        .outerjoin(Programme, Programme.id == Event.programme_id)
        .where(Slot.id.in_(slots))
        .order_by(Slot.starts_at, Slot.id)
    )
    for row in rows:
        groups = {
            "type": Group(row.kind.value),
            "territoire": Group(row.territory),
            "organisateur": Group(row.organiser, row.commune, str(row.organiser_id)),
            "programme": Group(row.programme, key=str(row.programme_id or "")),
            "mois": Group(f"{row.day:%Y-%m}"),
        }
        yield Held(row.id, row.event_id, row.kind, groups)


def _add_slot(into: Sums, one: Held) -> None:
    into.events.add(one.event_id)
    into.sessions += one.kind is EventKind.INFORMATION_SESSION
    if one.kind in DISCOVERIES:
        into.discoveries.add(one.event_id)


Both = Callable[[UUID], Iterable[Sums]]


def _add_meetings(slots: Select[Any], both: Both) -> None:
    query = select(Meeting.slot_id, func.count().label("held")).where(
        Meeting.slot_id.in_(slots), Meeting.state == MeetingState.HELD
    )
    for slot_id, held in db.session.execute(query.group_by(Meeting.slot_id)):
        for into in both(slot_id):
            into.meetings += held


_EXPECTED: Final = (BookingState.SEEN, BookingState.ABSENT, BookingState.BOOKED)


def _add_bookings(slots: Select[Any], held: Mapping[UUID, Held], both: Both) -> None:
    query = select(
        Booking.id, Booking.slot_id, Booking.who, Booking.state, Booking.candidate_id, Booking.organisation_id,
        Booking.user_id, Booking.siret, Booking.name, Booking.contact_phone,
    ).where(Booking.slot_id.in_(slots), Booking.state.in_(_EXPECTED))  # fmt: skip
    for row in db.session.execute(query):
        for into in both(row.slot_id):
            _add_booking(into, row, held[row.slot_id].kind)


def _add_booking(into: Sums, row: Any, kind: EventKind) -> None:
    seen = row.state is BookingState.SEEN
    if kind is EventKind.INFORMATION_SESSION:
        into.expected += 1
        into.seen += seen
    if not seen:
        return
    if row.who is Who.ORGANISATION:
        into.organisations.add(str(row.organisation_id or row.siret or row.name.casefold()))
    elif row.who is Who.PROFESSIONAL:
        (into.professionals if kind in DISCOVERIES else into.people).add(str(row.user_id))
    else:
        into.people.add(_person(row))


def _person(row: Any) -> str:
    """Somebody with a file once; a visitor by name and phone, and when these are forgotten, one for each seat."""
    if row.candidate_id is not None or row.name == VISITOR_NAME:
        return str(row.candidate_id or row.id)
    return f"{row.name.casefold()} {row.contact_phone}"


def _add_results(slots: Select[Any], held: Mapping[UUID, Held], both: Both) -> None:
    """A result belongs to the slot it comes of; one of the whole event, to the last slot of the event asked."""
    last = {one.event_id: one.slot_id for one in held.values()}
    events = select(Slot.event_id).where(Slot.id.in_(slots))
    for one in found_in(events):
        slot_id = one.slot_id or last[one.event_id]
        if slot_id in held:
            for into in both(slot_id):
                into.found.append(one)


def choices(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Organisers and programmes of the events that count for the reader: two statements."""
    counts = and_(counted_for(actor), Event.state.in_(OVER))
    organisers = (
        select(Organisation.id, Organisation.name).join(Event, Event.organisation_id == Organisation.id).where(counts)
    )
    programmes = select(Programme.id, Programme.title).join(Event, Event.programme_id == Programme.id).where(counts)
    found = (
        db.session.execute(organisers.distinct().order_by(Organisation.name, Organisation.id)),
        db.session.execute(programmes.distinct().order_by(Programme.title, Programme.id)),
    )
    first, second = ([(str(key), name) for key, name in rows] for rows in found)
    return first, second
