"""Whom may a participant name, what does each of them say of themselves, and what was named until now?

What others wished of the reader is read nowhere here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.events.models import Booking, MeetingWish, Slot
from app.events.queries.day import shown_name
from app.events.queries.pairs import wanted_by
from app.events.queries.visible import may_run, the_booking
from app.events.rules.kinds import Side, Who, Wish
from app.events.rules.states import EXPECTED, OUT
from app.events.rules.wishes import Most, mark_of, most_of, wishes_by_code
from app.offers.models import Offer
from app.offers.queries import trade_names
from app.offers.rules import OfferState
from app.organisations.models import Organisation, OrganisationTrade

OTHER_SIDE: Mapping[Side, Side] = {Side.SEATED: Side.MOVING, Side.MOVING: Side.SEATED}


@dataclass(frozen=True, slots=True)
class Says:
    """What a participant says to the other side. Of a person: first name, initial, jobs, commune, and nothing else."""

    name: str
    trades: tuple[str, ...]
    posts: int | None
    commune: str
    words: str
    person: bool


@dataclass(frozen=True, slots=True)
class Other:
    """One of the other side, with what the reader wishes of them."""

    id: UUID
    says: Says
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class WishPage:
    """The wishes of one booking. ``others``: those found; ``mark``: of all wishes, for the form."""

    booking: Booking
    others: tuple[Other, ...]
    total: int
    wishes: Mapping[UUID, Wish]
    most: Most
    mark: int
    staff: bool
    own: bool

    @property
    def named(self) -> Mapping[Wish, int]:
        """How many of each kind."""
        return {wish: list(self.wishes.values()).count(wish) for wish in Wish}


def wishes_from(booking_id: UUID) -> Mapping[UUID, Wish]:
    """What one booking wishes, by the other's id. One statement."""
    query = select(MeetingWish.to_booking_id, MeetingWish.wish).where(MeetingWish.from_booking_id == booking_id)
    return {row.to_booking_id: row.wish for row in db.session.execute(query)}


def others_of(booking: Booking) -> Sequence[Booking]:
    """The other side, as far as they come; a side of persons by first name. One statement."""
    side = OTHER_SIDE.get(booking.side)
    query = (
        select(Booking)
        .where(Booking.slot_id == booking.slot_id, Booking.side == side, Booking.state.in_(EXPECTED))
        .options(
            joinedload(Booking.candidate).joinedload(Candidate.commune),
            joinedload(Booking.organisation).joinedload(Organisation.commune),
        )
        .order_by(func.lower(Booking.name), Booking.id)
    )
    return [one for one in db.session.scalars(query) if not _same_house(one, booking)]


def _same_house(one: Booking, other: Booking) -> bool:
    return one.organisation_id is not None and one.organisation_id == other.organisation_id


def said_by(bookings: Collection[Booking]) -> Mapping[UUID, Says]:
    """What each of these says. Three statements at most, however many they are."""
    wanted = wanted_by(bookings)
    houses = _trades_of({one.organisation_id for one in bookings if one.organisation_id and not wanted[one.id]})
    slugs = {
        one.id: wanted[one.id] or (houses.get(one.organisation_id, []) if one.organisation_id else [])
        for one in bookings
    }
    names = trade_names(sorted({slug for listed in slugs.values() for slug in listed}))
    return {one.id: _says(one, [names[slug] for slug in slugs[one.id] if slug in names]) for one in bookings}


def _trades_of(organisation_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    """What organisations that named no job say they know to do, and what their open offers are for. One statement."""
    if not organisation_ids:
        return {}
    known = select(OrganisationTrade.organisation_id.label("house"), OrganisationTrade.trade_slug.label("slug")).where(
        OrganisationTrade.organisation_id.in_(organisation_ids)
    )
    sought = select(Offer.organisation_id, Offer.trade_slug).where(
        Offer.organisation_id.in_(organisation_ids), Offer.state == OfferState.PUBLISHED
    )
    found: dict[UUID, list[str]] = {}
    for house, slug in db.session.execute(known.union(sought).order_by("slug")):
        found.setdefault(house, []).append(slug)
    return found


def _says(booking: Booking, trades: Sequence[str]) -> Says:
    is_person = booking.who in {Who.PERSON, Who.VISITOR}
    place = booking.candidate or booking.organisation
    return Says(
        name=shown_name(booking),
        trades=tuple(trades),
        posts=None if is_person else booking.posts,
        commune=place.commune.name if place is not None and place.commune is not None else "",
        words="" if is_person else booking.words,
        person=is_person,
    )


def wish_page(actor: Actor, booking_id: UUID, words: str = "") -> WishPage:
    """Of a booking of one's own, of an event that one runs, or of a person whose file one reads. Raises NotFound.

    ``words`` keeps those whose name, jobs, commune or words hold it. Whoever does not come reads nobody.
    """
    booking = the_booking(
        actor,
        booking_id,
        joinedload(Booking.candidate),
        joinedload(Booking.slot).joinedload(Slot.event),
    )
    return _page(booking, words, staff=may_run(actor, booking.slot.event), own=_is_own(actor, booking))


def wish_page_of_code(booking: Booking, words: str = "") -> WishPage:
    """Of who holds a code. Raises NotFound: where people sit opposite, a code names nobody to who has no account."""
    if not wishes_by_code(booking.slot.event.kind, booking.side):
        raise NotFound
    return _page(booking, words, staff=False, own=True)


def _page(booking: Booking, words: str, *, staff: bool, own: bool) -> WishPage:
    others = [] if booking.state in OUT else others_of(booking)
    said, wishes = said_by(others), wishes_from(booking.id)
    there = {one.id for one in others}
    shown = [Other(one.id, said[one.id], wishes.get(one.id)) for one in others if _holds(said[one.id], words)]
    kept = {other: wish for other, wish in wishes.items() if other in there}
    return WishPage(
        booking=booking,
        others=tuple(sorted(shown, key=lambda one: (one.says.name.lower(), one.id))),
        total=len(others),
        wishes=kept,
        most=most_of(len(others)),
        mark=mark_of(kept),
        staff=staff,
        own=own,
    )


def _holds(says: Says, words: str) -> bool:
    text = " ".join((says.name, *says.trades, says.commune, says.words)).lower()
    return all(word in text for word in words.lower().split())


def _is_own(actor: Actor, booking: Booking) -> bool:
    if actor.candidate_id is not None:
        return booking.candidate_id == actor.candidate_id
    return booking.who is Who.ORGANISATION and booking.organisation_id == actor.organisation_id
