"""Who may be hired for a contract on a day, and until which day would their hours count? No name is read here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import or_, select

from app.clauses.models import ClauseEmployment, EligibilityCheck, Lot, PublicContract
from app.clauses.queries.standing import terms_of
from app.clauses.rules.eligibility import ClauseHire, counting_periods, counts_until
from app.clauses.rules.terms import Terms
from app.core.db import db
from app.offers.rules import EmploymentKind

MANY = 500


class Missing(Enum):
    """Why a hire stands on nothing: no good check, the time is over, or a later hire came first in the portal."""

    PROOF = 1
    TIME = 2
    ORDER = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The check on which the right was acquired, the first hire, and the last day that counts (None: no end known)."""

    check_id: UUID
    counts_from: date
    counts_until: date | None


def eligible_until(
    candidate_ids: Collection[UUID],
    lot_or_contract_id: UUID,
    on: date,
    kind: EmploymentKind = EmploymentKind.CDD,
) -> Mapping[UUID, date | None]:
    """The last day that would count for each person hired ``on``; None: not eligible that day. Four statements.

    A check good on that day, or a period already running on the contract, which needs no new proof. Where hours count
    without a known end (CDI without a cap), the day is the delivery of the contract, or ``date.max`` without one.
    """
    contract = _contract(lot_or_contract_id)
    if contract is None:
        return dict.fromkeys(candidate_ids)
    contract_id, delivered_on = contract
    terms, ids = terms_of(contract_id, on), set(candidate_ids)
    engaged = _hires(contract_id, ids)
    checked = good_checks(contract_id, ids, on, terms)
    found: dict[UUID, date | None] = {}
    for one in ids:
        counts, until = last_day_of_hire(engaged.get(one, ()), on, kind, terms, checked=one in checked)
        found[one] = (until or delivered_on or date.max) if counts else None
    return found


def last_day_of_hire(
    hires: Sequence[ClauseHire], on: date, kind: EmploymentKind, terms: Terms, *, checked: bool
) -> tuple[bool, date | None]:
    """Does a hire that day count, and until when (None: no end known)? A first one stands on a good check."""
    return _acquired(hires, on, kind, terms) if hires else (checked, counts_until(on, kind, None, terms))


def _contract(lot_or_contract_id: UUID) -> tuple[UUID, date | None] | None:
    lots = select(Lot.contract_id).where(Lot.id == lot_or_contract_id)
    query = select(PublicContract.id, PublicContract.delivered_on).where(
        or_(PublicContract.id == lot_or_contract_id, PublicContract.id.in_(lots))
    )
    row = db.session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def good_checks(contract_id: UUID, ids: Collection[UUID], on: date, terms: Terms) -> Mapping[UUID, EligibilityCheck]:
    """The check on which each person may be hired that day, the one that holds longest.

    A check that was renewed (it has an end and no reason) still stood before its end; one withdrawn never does.
    """
    check = EligibilityCheck
    stands = or_(check.ended_on.is_(None), (check.ended_on > on) & (check.ended_reason == ""))
    query = select(check).where(
        check.contract_id == contract_id,
        stands,
        or_(check.good_until.is_(None), check.good_until >= on),
        or_(check.proof_dated_on.is_(None), check.proof_dated_on <= on),
    )
    if len(ids) <= MANY:
        query = query.where(check.candidate_id.in_(ids))
    if terms.categories:
        query = query.where(check.category_slug.in_(terms.categories))
    rows = db.session.scalars(query.order_by(check.good_until.asc().nulls_last(), check.checked_on))
    wanted = set(ids)
    return {row.candidate_id: row for row in rows if row.candidate_id in wanted}


def _hires(contract_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, Sequence[ClauseHire]]:
    """The hires on the contract, whatever the lot and the firm."""
    employment = ClauseEmployment
    query = (
        select(employment.candidate_id, employment.started_on, employment.employment_kind, employment.ended_on)
        .join(Lot, Lot.id == employment.lot_id)
        .where(Lot.contract_id == contract_id)
    )
    if len(ids) <= MANY:
        query = query.where(employment.candidate_id.in_(ids))
    found: dict[UUID, list[ClauseHire]] = {}
    for candidate_id, started_on, kind, ended_on in db.session.execute(query.order_by(employment.started_on)):
        found.setdefault(candidate_id, []).append(ClauseHire(started_on, kind, ended_on))
    return found


def _acquired(
    hires: Sequence[ClauseHire], on: date, kind: EmploymentKind, terms: Terms, ended_on: date | None = None
) -> tuple[bool, date | None]:
    """Does one more hire of somebody already hired count, and until when? Nothing restarts at a renewal."""
    if on < hires[0].hired_on:
        return False, None
    periods = counting_periods([*hires, ClauseHire(on, kind, ended_on)], terms)
    mine = [period for period in periods if period.first_day == on]
    return (True, mine[-1].last_day) if mine else (False, None)


def stands_on(
    contract_id: UUID, candidate_id: UUID, on: date, kind: EmploymentKind, ended_on: date | None, terms: Terms
) -> Standing | Missing:
    """On what would the hire of one person stand, from which first hire and until when would it count?"""
    hires = _hires(contract_id, [candidate_id]).get(candidate_id)
    if hires is None:
        check = good_checks(contract_id, [candidate_id], on, terms).get(candidate_id)
        if check is None:
            return Missing.PROOF
        return Standing(check.id, on, counts_until(on, kind, ended_on, terms))
    first = hires[0].hired_on
    if on < first:
        return Missing.ORDER
    running, until = _acquired(hires, on, kind, terms, ended_on)
    return Standing(_check_of_first(contract_id, candidate_id), first, until) if running else Missing.TIME


def _check_of_first(contract_id: UUID, candidate_id: UUID) -> UUID:
    query = (
        select(ClauseEmployment.check_id)
        .join(Lot, Lot.id == ClauseEmployment.lot_id)
        .where(Lot.contract_id == contract_id, ClauseEmployment.candidate_id == candidate_id)
        .order_by(ClauseEmployment.started_on, ClauseEmployment.created_at)
    )
    return db.session.scalars(query.limit(1)).one()
