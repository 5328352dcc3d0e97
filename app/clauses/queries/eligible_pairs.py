"""Who counts for which of many offers, until when? Three statements, however many offers and people.

The same answer as ``eligibility.eligible_until``, which judges one contract and one day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.clauses.models import ClauseEmployment, ClauseTerms, EligibilityCheck, Lot, PublicContract
from app.clauses.queries.eligibility import last_day_of_hire
from app.clauses.rules.eligibility import ClauseHire
from app.clauses.rules.terms import DEFAULTS, Terms, Version, terms_on
from app.core.db import db
from app.offers.rules import EmploymentKind


@dataclass(frozen=True, slots=True)
class Claused:
    """What the clause of an offer is judged on: its contract, the start and the form of the employment."""

    contract_id: UUID
    start_on: date
    kind: EmploymentKind


@dataclass(frozen=True, slots=True)
class _Check:
    category: str
    proof_on: date | None
    good_until: date | None
    ended_on: date | None
    withdrawn: bool

    def stands(self, day: date, terms: Terms) -> bool:
        """May somebody be hired on it that day? One renewed stood before its end; one withdrawn never does."""
        ended = self.ended_on is not None and (self.withdrawn or self.ended_on <= day)
        late = self.good_until is not None and self.good_until < day
        early = self.proof_on is not None and self.proof_on > day
        return not (ended or late or early) and (not terms.categories or self.category in terms.categories)


@dataclass(slots=True)
class _Contract:
    """All that is known of one contract: the terms, and by person the checks and the hires in their order."""

    delivered_on: date | None
    versions: list[Version] = field(default_factory=list)
    checks: dict[UUID, list[_Check]] = field(default_factory=dict)
    hires: dict[UUID, list[ClauseHire]] = field(default_factory=dict)

    def counting(self, one: Claused) -> Mapping[UUID, date]:
        terms = terms_on(one.start_on, self.versions) or DEFAULTS
        found: dict[UUID, date] = {}
        for person in self.checks.keys() | self.hires.keys():
            hires: Sequence[ClauseHire] = self.hires.get(person, ())
            checked = any(check.stands(one.start_on, terms) for check in self.checks.get(person, ()))
            counts, until = last_day_of_hire(hires, one.start_on, one.kind, terms, checked=checked)
            if counts:
                found[person] = until or self.delivered_on or date.max
        return found


def counting_for(asked: Collection[Claused], candidate_id: UUID | None = None) -> Mapping[Claused, Mapping[UUID, date]]:
    """For each, the people who count if hired on its start, with the last day; one person's only when they are given.

    ``date.max`` stands for no end known.
    """
    contracts = _contracts({one.contract_id for one in asked})
    _add_checks(contracts, candidate_id)
    _add_hires(contracts, candidate_id)
    return {one: contracts[one.contract_id].counting(one) for one in set(asked) if one.contract_id in contracts}


def _contracts(ids: Iterable[UUID]) -> dict[UUID, _Contract]:
    query = (
        select(PublicContract.id, PublicContract.delivered_on, ClauseTerms)
        .outerjoin(ClauseTerms, ClauseTerms.contract_id == PublicContract.id)
        .where(PublicContract.id.in_(list(ids)))
        .order_by(ClauseTerms.valid_from)
    )
    found: dict[UUID, _Contract] = {}
    for contract_id, delivered_on, row in db.session.execute(query):
        contract = found.setdefault(contract_id, _Contract(delivered_on))
        if row is not None:
            contract.versions.append((row.valid_from, row.known_from, Terms.from_json(row.said)))
    return found


def _add_checks(contracts: Mapping[UUID, _Contract], candidate_id: UUID | None) -> None:
    check = EligibilityCheck
    query = select(
        check.contract_id, check.candidate_id, check.category_slug, check.proof_dated_on, check.good_until,
        check.ended_on, check.ended_reason,
    ).where(check.contract_id.in_(list(contracts)))  # fmt: skip
    if candidate_id is not None:
        query = query.where(check.candidate_id == candidate_id)
    for contract_id, person, category, proof_on, good_until, ended_on, reason in db.session.execute(query):
        one = _Check(category, proof_on, good_until, ended_on, bool(reason))
        contracts[contract_id].checks.setdefault(person, []).append(one)


def _add_hires(contracts: Mapping[UUID, _Contract], candidate_id: UUID | None) -> None:
    work = ClauseEmployment
    query = (
        select(Lot.contract_id, work.candidate_id, work.started_on, work.employment_kind, work.ended_on)
        .join(Lot, Lot.id == work.lot_id)
        .where(Lot.contract_id.in_(list(contracts)))
        .order_by(work.started_on)
    )
    if candidate_id is not None:
        query = query.where(work.candidate_id == candidate_id)
    for contract_id, person, started_on, kind, ended_on in db.session.execute(query):
        contracts[contract_id].hires.setdefault(person, []).append(ClauseHire(started_on, kind, ended_on))
