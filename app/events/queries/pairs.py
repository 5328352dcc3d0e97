"""How well do the two sides of a dating suit each other, and what is printed of it for each of the two?

What a structure trains for is laid beside what a firm recruits; a person beside the recruiter's best open offer. A
constant number of statements, however many come.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.candidates import queries as candidates
from app.candidates.models import Candidate, WantedTrade
from app.clauses.queries.eligible_pairs import Claused, counting_for
from app.clauses.queries.offers import claused_offers
from app.core.db import db
from app.events.models import Booking, MeetingWish
from app.events.rules.kinds import EventKind, Wish
from app.matches.queries import weights_of, weights_row
from app.matches.queries.counting import as_counting
from app.offers import queries as offers
from app.offers.models import Offer
from app.offers.rules import OfferState
from app.organisations.models import Organisation, OrganisationTrade
from app.reference import queries as reference
from matching import criteria
from matching.affinity import BestOffer, Job, Likeness, Partner, Reader, affinity, best_offer, explain
from matching.explanation import for_employer, for_person
from matching.explanation.french import typeset
from matching.reasons import Side as For


class Affinities(Protocol):
    """What is known of the pairs of one dating."""

    def score(self, seated: Booking, moving: Booking) -> int:
        """0 to 100."""

    def reasons(self, seated: Booking, moving: Booking) -> tuple[list[str], list[str]]:
        """What each of the two reads, the best first: only what speaks for the meeting."""


def bookings_around(slot_id: UUID) -> Sequence[Booking]:
    """All bookings of a slot with their file or organisation, by side and name. One statement."""
    query = (
        select(Booking)
        .where(Booking.slot_id == slot_id)
        .options(
            joinedload(Booking.candidate).joinedload(Candidate.commune),
            joinedload(Booking.organisation).joinedload(Organisation.commune),
        )
        .order_by(Booking.side.desc(), Booking.name, Booking.id)
    )
    return db.session.scalars(query).all()


def wishes_of_slot(slot_id: UUID) -> Mapping[tuple[UUID, UUID], Wish]:
    """(from, to) -> wish, of everybody who is booked on a slot. One statement."""
    query = (
        select(MeetingWish.from_booking_id, MeetingWish.to_booking_id, MeetingWish.wish)
        .join(Booking, Booking.id == MeetingWish.from_booking_id)
        .where(Booking.slot_id == slot_id)
    )
    return {(one, other): wish for one, other, wish in db.session.execute(query)}


def affinities_of(kind: EventKind, bookings: Collection[Booking], today: date) -> Affinities:
    """For those who are expected."""
    if kind is EventKind.JOB_DATING:
        return PeopleAndRecruiters(bookings, today)
    return TrainersAndFirms(bookings)


def wanted_by(bookings: Iterable[Booking]) -> Mapping[UUID, Sequence[str]]:
    """The jobs each booking names: those said when registering, else those of the person's file. One statement."""
    listed = list(bookings)
    people = [one.candidate_id for one in listed if one.candidate_id is not None and not one.trade_slugs]
    of_file: dict[UUID, list[str]] = defaultdict(list)
    query = select(WantedTrade.candidate_id, WantedTrade.trade_slug).where(WantedTrade.candidate_id.in_(people))
    for person, slug in db.session.execute(query.order_by(WantedTrade.rank)) if people else ():
        of_file[person].append(slug)
    return {
        one.id: one.trade_slugs or (of_file.get(one.candidate_id, []) if one.candidate_id else []) for one in listed
    }


def trained_by(bookings: Iterable[Booking]) -> Mapping[UUID, Mapping[str, int]]:
    """What each organisation says it knows to do, with how many people. One statement."""
    ids = {one.organisation_id for one in bookings if one.organisation_id is not None}
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    query = select(OrganisationTrade).where(OrganisationTrade.organisation_id.in_(ids))
    for row in db.session.scalars(query.order_by(OrganisationTrade.trade_slug)):
        found[row.organisation_id][row.trade_slug] = row.people
    return found


def open_offers_of(bookings: Iterable[Booking]) -> Mapping[UUID, Sequence[criteria.Offer]]:
    """The open offers of each organisation, by its id. Two statements."""
    ids = {one.organisation_id for one in bookings if one.organisation_id is not None}
    query = select(Offer.id, Offer.organisation_id).where(
        Offer.organisation_id.in_(ids), Offer.state == OfferState.PUBLISHED
    )
    owner = {str(offer_id): organisation_id for offer_id, organisation_id in db.session.execute(query)}
    found: dict[UUID, list[criteria.Offer]] = defaultdict(list)
    for one in sorted(offers.matching_rows(ids=[UUID(key) for key in owner]).offers, key=lambda one: one.id):
        found[owner[one.id]].append(one)
    return found


def _place(booking: Booking) -> str:
    return (booking.organisation.commune_insee if booking.organisation else None) or ""


def _jobs(
    open_offers: Sequence[criteria.Offer], said: Sequence[str], known: Mapping[str, int], posts: int | None
) -> tuple[Job, ...]:
    """One job a trade: what the offers say of hours and place, how many people the organisation speaks of."""
    by_trade: dict[str, Job] = {}
    for one in open_offers:
        before = by_trade.get(one.trade)
        people = (before.people or 0 if before else 0) + max(1, one.places_left)
        first = before or Job(trade=one.trade, hours_week=one.hours_week, grid=one.grid, place=one.place)
        by_trade[one.trade] = replace(first, people=people)
    for slug in (*known, *said):
        by_trade.setdefault(slug, Job(trade=slug))
    for slug, people in known.items():
        by_trade[slug] = replace(by_trade[slug], people=max(people, 1))
    if posts and len(by_trade) == 1:
        by_trade = {slug: replace(job, people=job.people or posts) for slug, job in by_trade.items()}
    return tuple(by_trade.values())


class TrainersAndFirms:
    """A speed-dating: structures at their tables, firms from table to table."""

    def __init__(self, bookings: Collection[Booking]) -> None:
        self._tables, self._words = reference.matching_tables(), reference.matching_words()
        open_offers, trained = open_offers_of(bookings), trained_by(bookings)
        self._partners = {
            one.id: Partner(
                _place(one),
                _jobs(
                    open_offers.get(one.organisation_id, ()) if one.organisation_id else (),
                    [slug for slug in one.trade_slugs if slug in self._tables.trades],
                    trained.get(one.organisation_id, {}) if one.organisation_id else {},
                    one.posts,
                ),
            )
            for one in bookings
        }
        self._known: dict[tuple[UUID, UUID], Likeness] = {}

    def _pair(self, seated: Booking, moving: Booking) -> Likeness:
        key = (seated.id, moving.id)
        if key not in self._known:
            self._known[key] = affinity(self._partners[seated.id], self._partners[moving.id], self._tables)
        return self._known[key]

    def score(self, seated: Booking, moving: Booking) -> int:
        """Through the jobs that are tied, the distance, the hours."""
        return self._pair(seated, moving).score

    def reasons(self, seated: Booking, moving: Booking) -> tuple[list[str], list[str]]:
        """Both read the same facts."""
        pair = self._pair(seated, moving)
        ours, theirs = (
            [one.text for one in explain(pair, self._words, reader) if one.side is For.FOR]
            for reader in (Reader.TRAINER, Reader.RECRUITER)
        )
        return ours, theirs


@dataclass(frozen=True, slots=True)
class _Recruiter:
    """Open offers without a clause, and those with one, with who counts for it."""

    free: Sequence[criteria.Offer]
    claused: Sequence[tuple[criteria.Offer, Mapping[UUID, date]]]
    partner: Partner


class PeopleAndRecruiters:
    """A job dating: recruiters at their tables, people from table to table.

    Somebody whose file cannot be matched (no account, not ready, no consent) is laid beside the posts by the jobs
    they want, and by nothing else.
    """

    def __init__(self, bookings: Collection[Booking], today: date) -> None:
        self._tables, self._words = reference.matching_tables(), reference.matching_words()
        self._weights = weights_of(weights_row(today))
        self._wanted = wanted_by(bookings)
        people = [one.candidate_id for one in bookings if one.candidate_id is not None]
        self._people = {UUID(one.id): one for one in candidates.matching_rows(ids=people).candidates}
        self._recruiters = self._of(bookings)
        self._known: dict[tuple[UUID, UUID], BestOffer | Likeness] = {}

    def _of(self, bookings: Collection[Booking]) -> Mapping[UUID, _Recruiter]:
        open_offers, claused = open_offers_of(bookings), claused_offers()
        ours = {one.id for listed in open_offers.values() for one in listed}
        serving: Mapping[str, Claused] = {key: one for key, one in claused.items() if key in ours}
        counting = counting_for(set(serving.values())) if serving else {}
        found: dict[UUID, _Recruiter] = {}
        for one in bookings:
            listed = open_offers.get(one.organisation_id, ()) if one.organisation_id else ()
            found[one.id] = _Recruiter(
                free=[offer for offer in listed if offer.id not in serving],
                claused=[(offer, counting[serving[offer.id]]) for offer in listed if offer.id in serving],
                partner=Partner(_place(one), _jobs(listed, self._listed(one.trade_slugs), {}, one.posts)),
            )
        return found

    def _listed(self, slugs: Sequence[str]) -> list[str]:
        return [slug for slug in slugs if slug in self._tables.trades]

    def _pair(self, seated: Booking, moving: Booking) -> BestOffer | Likeness:
        key = (seated.id, moving.id)
        if key not in self._known:
            person = self._people.get(moving.candidate_id) if moving.candidate_id else None
            recruiter = self._recruiters[seated.id]
            has_offers = bool(recruiter.free or recruiter.claused)
            self._known[key] = (
                self._best(person, recruiter) if person and has_offers else self._by_jobs(moving, recruiter)
            )
        return self._known[key]

    def _best(self, person: criteria.Candidate, recruiter: _Recruiter) -> BestOffer:
        found = [best_offer(person, recruiter.free, self._tables, self._weights)] if recruiter.free else []
        for need, counting in recruiter.claused:
            counted, offer = as_counting(person, need, counting)
            found.append(best_offer(counted, [offer], self._tables, self._weights))
        return max(found, key=lambda one: one.score)

    def _by_jobs(self, moving: Booking, recruiter: _Recruiter) -> Likeness:
        """Where the person lives is left out: a score that nothing but their wish for a job makes."""
        wanted = tuple(Job(trade=slug) for slug in self._listed(self._wanted.get(moving.id, ())))
        return affinity(Partner("", wanted), recruiter.partner, self._tables)

    def score(self, seated: Booking, moving: Booking) -> int:
        """Of the best offer that may be proposed to the person."""
        return self._pair(seated, moving).score

    def reasons(self, seated: Booking, moving: Booking) -> tuple[list[str], list[str]]:
        """The recruiter reads only what speaks for the person and bears on the job; the person what speaks for it."""
        pair = self._pair(seated, moving)
        if isinstance(pair, Likeness):
            shared = list(dict.fromkeys(self._words.trades.get(one.sought.trade, "") for one in pair.common))
            return (
                [typeset(f"Recherche ce métier ou un métier proche : {name}.") for name in shared if name],
                [typeset(f"Cet employeur recrute : {name}.") for name in shared if name],
            )
        if pair.pair is None:
            return [], []
        ours = [f"{text}." for text in for_employer(pair.pair, self._words)]
        theirs = [one.text for one in for_person(pair.pair, self._words) if one.side is For.FOR]
        return ours, theirs
