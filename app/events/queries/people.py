"""Who has already a booking here, is busy at that time, waits at which rank; and whom may somebody register?"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import contains_eager

from app.accounts.models import Membership, User
from app.accounts.queries import members_of
from app.candidates.models import Candidate, WantedTrade
from app.candidates.queries import candidates_visible_to
from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.events.models import Booking, Event, Slot
from app.events.queries.visible import may_run
from app.events.rules.kinds import Who
from app.events.rules.states import BookingState, EventState
from app.organisations.models import Organisation
from app.organisations.queries import organisations_visible_to
from app.organisations.rules import OrganisationKind, OrganisationState

BUSY = (BookingState.BOOKED, BookingState.WAITING, BookingState.SEEN)
MOST_FOUND = 20


def speaker_of(organisation_id: UUID, user_id: UUID | None = None) -> User | None:
    """Who speaks for an organisation: this account; else a manager, else anybody who is there now."""
    if user_id is not None:
        return db.session.get(User, user_id)
    query = members_of(organisation_id).where(User.disabled_at.is_(None)).options(contains_eager(Membership.user))
    found = db.session.scalars(query.limit(1)).one_or_none()
    return found.user if found is not None else None


def twin(
    slot_id: UUID,
    who: Who,
    *,
    candidate_id: UUID | None = None,
    organisation_id: UUID | None = None,
    user_id: UUID | None = None,
) -> Booking | None:
    """The booking that somebody of the portal already has on a slot."""
    mine: ColumnElement[bool] = false()
    match who:
        case Who.PERSON:
            mine = Booking.candidate_id == candidate_id
        case Who.ORGANISATION if organisation_id is not None:
            mine = Booking.organisation_id == organisation_id
        case Who.PROFESSIONAL:
            mine = Booking.user_id == user_id
    return db.session.scalar(select(Booking).where(Booking.slot_id == slot_id, Booking.who == who, mine))


def twin_without_account(
    slot_id: UUID, who: Who, name: str, phone: str, email: str, siret: str | None = None
) -> Booking | None:
    """The booking of the same name (or SIRET) and the same phone or e-mail. A name alone is not somebody."""
    reached = _reached(phone, email)
    named: ColumnElement[bool] = func.lower(Booking.name) == name.lower()
    if siret:
        named = or_(named, Booking.siret == siret)
    query = select(Booking).where(
        Booking.slot_id == slot_id,
        Booking.who == who,
        Booking.candidate_id.is_(None),
        named,
        reached,
    )
    if who is Who.ORGANISATION:
        query = query.where(Booking.organisation_id.is_(None))
    return db.session.scalars(query.order_by(Booking.created_at, Booking.id).limit(1)).one_or_none()


def _reached(phone: str, email: str) -> ColumnElement[bool]:
    ways = []
    if phone:
        ways.append(Booking.contact_phone == phone)
    if email:
        ways.append(Booking.contact_email == email)
    return or_(*ways) if ways else false()


def busy_times(
    slot: Slot, *, candidate_id: UUID | None = None, user_id: UUID | None = None, organisation_id: UUID | None = None
) -> Sequence[tuple[datetime, datetime]]:
    """The times at which somebody has another seat, or waits for one, around this slot."""
    if candidate_id is not None:
        mine: ColumnElement[bool] = Booking.candidate_id == candidate_id
    elif organisation_id is not None:
        mine = (Booking.who == Who.ORGANISATION) & (Booking.organisation_id == organisation_id)
    else:
        mine = (Booking.who == Who.PROFESSIONAL) & (Booking.user_id == user_id)
    query = (
        select(Slot.starts_at, Slot.ends_at)
        .join(Booking, Booking.slot_id == Slot.id)
        .join(Event, Event.id == Slot.event_id)
        .where(mine, Booking.state.in_(BUSY), Slot.id != slot.id, Event.state == EventState.PUBLISHED)
        .where(Slot.starts_at < slot.ends_at, Slot.ends_at > slot.starts_at)
    )
    return [(begin, end) for begin, end in db.session.execute(query)]


def is_invited(
    event_id: UUID, *, candidate_id: UUID | None, organisation_id: UUID | None, user_id: UUID | None
) -> bool:
    """Has somebody of the portal any booking at this event?"""
    mine: list[ColumnElement[bool]] = []
    if candidate_id is not None:
        mine.append(Booking.candidate_id == candidate_id)
    if organisation_id is not None:
        mine.append((Booking.who == Who.ORGANISATION) & (Booking.organisation_id == organisation_id))
    if user_id is not None:
        mine.append((Booking.who == Who.PROFESSIONAL) & (Booking.user_id == user_id))
    if not mine:
        return False
    query = select(Booking.id).join(Slot, Slot.id == Booking.slot_id).where(Slot.event_id == event_id, or_(*mine))
    return db.session.scalar(query.limit(1)) is not None


def rank_of(booking: Booking) -> int:
    """The place on the waiting list, from 1; 0 for who does not wait."""
    if booking.state is not BookingState.WAITING or booking.waits_since is None:
        return 0
    before = select(func.count()).where(
        Booking.slot_id == booking.slot_id,
        Booking.side == booking.side,
        Booking.state == BookingState.WAITING,
        (Booking.waits_since < booking.waits_since)
        | ((Booking.waits_since == booking.waits_since) & (Booking.id < booking.id)),
    )
    return (db.session.scalar(before) or 0) + 1


def waiting_counts(slot_ids: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    """How many wait for each side of these slots. One statement."""
    query = (
        select(Booking.slot_id, Booking.side, func.count())
        .where(Booking.slot_id.in_(slot_ids), Booking.state == BookingState.WAITING)
        .group_by(Booking.slot_id, Booking.side)
    )
    return {(slot_id, side): count for slot_id, side, count in db.session.execute(query)}


def wanted_trades(candidate_id: UUID) -> list[str]:
    """The slugs of the jobs a person wants, the first first."""
    query = select(WantedTrade.trade_slug).where(WantedTrade.candidate_id == candidate_id).order_by(WantedTrade.rank)
    return list(db.session.scalars(query))


def people_already(slot_id: UUID, candidate_ids: Collection[UUID]) -> dict[UUID, Booking]:
    """The bookings that these people already have on a slot."""
    query = select(Booking).where(Booking.slot_id == slot_id, Booking.candidate_id.in_(candidate_ids))
    return {row.candidate_id: row for row in db.session.scalars(query) if row.candidate_id}


def may_register_people(actor: Actor | None, event: Event) -> bool:
    """A referent, a facilitator and the département register people whose file they read."""
    return actor is not None and (
        actor.role in ACCOMPANIMENT or (actor.role is Role.DEPARTMENT and may_run(actor, event))
    )


def people_to_register(actor: Actor, ids: Collection[UUID]) -> list[Candidate]:
    """Those of these people whose file the actor reads, by name."""
    return list(db.session.scalars(candidates_visible_to(actor).where(Candidate.id.in_(ids))))


def organisations_named(actor: Actor, words: str, kinds: Collection[OrganisationKind] = ()) -> list[Organisation]:
    """The approved organisations whose name or SIRET holds what was typed, of these kinds (none: any)."""
    text = " ".join(words.split())
    if not text:
        return []
    digits = text.replace(" ", "")
    held = Organisation.name.icontains(text, autoescape=True)
    query = organisations_visible_to(actor).where(
        Organisation.state == OrganisationState.APPROVED,
        or_(held, Organisation.siret == digits) if digits.isdigit() else held,
    )
    if kinds:
        query = query.where(Organisation.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(None).order_by(Organisation.name, Organisation.id).limit(MOST_FOUND)))


def chunks(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    """These ids, some at a time."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
