"""What has one person done across contracts, month by month, and what could come next?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.clauses.models import ClauseEmployment, ClauseOffer, EligibilityCheck, HourLine, Lot, PublicContract
from app.clauses.queries.people import DECLARED
from app.clauses.queries.visible import checks_visible_to, contracts_visible_to, employments_visible_to
from app.clauses.rules.employments import Post
from app.clauses.rules.states import SETTLED, ContractState
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.offers.models import Offer
from app.offers.queries import public_offers
from app.reference.models import Commune
from app.reference.rules import distance_km

ZERO: Final = Decimal("0.00")
NEAR_SHOWN: Final = 5
_LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True)
class MonthHours:
    """Hours of one month, by work (declared ones include the validated)."""

    month: date
    declared: Decimal
    validated: Decimal
    by_work: Mapping[UUID, Decimal]


@dataclass(frozen=True, slots=True)
class Parcours:
    """One person's work under clauses. ``whole`` is false when the reader sees only the contracts they steer."""

    candidate: Candidate
    whole: bool
    employments: Sequence[ClauseEmployment]
    months: Sequence[MonthHours]

    @property
    def declared(self) -> Decimal:
        return sum((one.declared for one in self.months), ZERO)

    @property
    def validated(self) -> Decimal:
        return sum((one.validated for one in self.months), ZERO)

    @property
    def posts(self) -> list[Post]:
        return [
            Post(one.started_on, one.ended_on, one.counts_until, one.lot.contract.delivered_on)
            for one in self.employments
        ]

    def total_of(self, employment_id: UUID) -> Decimal:
        return sum((one.by_work.get(employment_id, ZERO) for one in self.months), ZERO)


def parcours_of(actor: Actor, candidate_id: UUID) -> Parcours:
    """The whole of it for those who accompany the person and for themselves; else what the reader steers. NotFound."""
    query = candidates_visible_to(actor).where(Candidate.id == candidate_id).options(joinedload(Candidate.commune))
    person = db.session.scalar(query)
    whole = person is not None
    mine = select(ClauseEmployment) if whole else employments_visible_to(actor)
    if actor.role is Role.EMPLOYER:
        raise NotFound
    around = joinedload(ClauseEmployment.lot).joinedload(Lot.contract)
    rows = db.session.scalars(
        mine.where(ClauseEmployment.candidate_id == candidate_id)
        .options(around, joinedload(ClauseEmployment.holder))
        .order_by(ClauseEmployment.started_on, ClauseEmployment.id)
    ).all()
    if person is None:
        person = _known_by_work(candidate_id) if rows else None
    if person is None:
        raise NotFound
    return Parcours(person, whole, rows, _months([one.id for one in rows]))


def _known_by_work(candidate_id: UUID) -> Candidate | None:
    query = select(Candidate).where(Candidate.id == candidate_id).options(joinedload(Candidate.commune))
    return db.session.scalar(query)


def _months(ids: Sequence[UUID]) -> list[MonthHours]:
    line = HourLine
    query = (
        select(
            line.month,
            line.employment_id,
            func.coalesce(func.sum(line.hours).filter(line.state.in_(DECLARED)), ZERO),
            func.coalesce(func.sum(line.hours).filter(line.state.in_(SETTLED)), ZERO),
        )
        .where(line.employment_id.in_(ids), line.state.in_(DECLARED))
        .group_by(line.month, line.employment_id)
        .order_by(line.month)
    )
    found: dict[date, list[Any]] = {}
    for month, work, declared, validated in db.session.execute(query) if ids else ():
        found.setdefault(month, []).append((work, declared, validated))
    return [
        MonthHours(
            month,
            sum((row[1] for row in rows), ZERO),
            sum((row[2] for row in rows), ZERO),
            {row[0]: row[1] for row in rows},
        )
        for month, rows in found.items()
    ]


@dataclass(frozen=True, slots=True)
class NearOffer:
    """An open offer of a lot, and how far it is from where the person lives."""

    offer: Offer
    contract: str
    km: float | None


def next_offers(person: Candidate) -> list[NearOffer]:
    """Open offers of lots, the nearest to the person's commune first; one statement."""
    query = (
        public_offers()
        .join(ClauseOffer, ClauseOffer.offer_id == Offer.id)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .order_by(None)
        .order_by(Offer.start_on, Offer.id)
        .options(joinedload(Offer.commune), joinedload(Offer.organisation))
        .add_columns(PublicContract.title)
        .limit(_LOOKED_AT)
    )
    home = person.commune
    rows = [NearOffer(row[0], row[1], _km(home, row[0].commune)) for row in db.session.execute(query).unique()]
    rows.sort(key=lambda one: (one.km is None, one.km or 0, one.offer.start_on, one.offer.id))
    return rows[:NEAR_SHOWN]


def _km(home: Commune | None, place: Commune | None) -> float | None:
    if home is None or place is None:
        return None
    return distance_km(home.lat, home.lon, place.lat, place.lon)


def checks_of(actor: Actor, candidate_id: UUID) -> Sequence[EligibilityCheck]:
    """Current checks of the person on the contracts that the reader steers; nobody else reads any."""
    query = (
        checks_visible_to(actor)
        .where(EligibilityCheck.candidate_id == candidate_id, EligibilityCheck.ended_on.is_(None))
        .options(joinedload(EligibilityCheck.contract), joinedload(EligibilityCheck.category))
        .order_by(EligibilityCheck.good_until.asc().nulls_last(), EligibilityCheck.id)
    )
    return db.session.scalars(query).all()


def open_contracts(actor: Actor, limit: int = 300) -> list[tuple[str, str]]:
    """(id, words) of the contracts for which a person may be checked."""
    states = (ContractState.PREPARED, ContractState.RUNNING)
    query = contracts_visible_to(actor).where(PublicContract.state.in_(states))
    columns = query.with_only_columns(PublicContract.id, PublicContract.title, PublicContract.number)
    rows = db.session.execute(columns.order_by(PublicContract.title, PublicContract.id).limit(limit))
    return [(str(row[0]), f"{row[1]} ({row[2]})") for row in rows]
