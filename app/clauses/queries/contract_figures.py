"""What do contracts owe together, what is done, how do they stand? For lists: three statements whatever the rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Subquery, and_, case, func, select

from app.clauses.models import ClauseTerms, Lot, LotDay, LotObjective, PublicContract
from app.clauses.queries.lot_progress import LotFacts, people_in_post, progress_of, terms_said
from app.clauses.queries.standing import months_of
from app.clauses.rules.objective import rate
from app.clauses.rules.progress import LotStanding, MonthHours
from app.clauses.rules.staffing import InPost
from app.clauses.rules.states import ContractState
from app.clauses.rules.terms import DEFAULTS, Terms
from app.core.db import db

ZERO: Final = Decimal("0.00")
TO_WATCH: Final = frozenset({LotStanding.IN_DANGER, LotStanding.MISSED, LotStanding.WATCH})
_WORST_FIRST: Final = (
    LotStanding.IN_DANGER,
    LotStanding.MISSED,
    LotStanding.WATCH,
    LotStanding.ON_TRACK,
    LotStanding.NOT_STARTED,
    LotStanding.REACHED,
)
_STANDING_STATES: Final = frozenset({ContractState.RUNNING, ContractState.DELIVERED, ContractState.CLOSED})


@dataclass(frozen=True, slots=True)
class ContractFigures:
    """Hours of all the lots of a contract. ``ratio`` is None when nothing is due; ``standing`` before it starts."""

    due: Decimal = ZERO
    declared: Decimal = ZERO
    validated: Decimal = ZERO
    counted: Decimal = ZERO
    left: Decimal = ZERO
    lots: int = 0
    standing: LotStanding | None = None

    @property
    def ratio(self) -> Decimal | None:
        return self.counted / self.due if self.due else None


def _lot_figures(today: date) -> Any:
    """(contract, lot, due, declared, validated) of each lot, as of the day."""
    due = (
        select(LotObjective.hours)
        .where(LotObjective.lot_id == Lot.id, LotObjective.from_day <= today)
        .order_by(LotObjective.from_day.desc())
        .limit(1)
        .scalar_subquery()
    )
    days = [LotDay.lot_id == Lot.id, LotDay.on <= today]
    declared = select(func.sum(LotDay.declared)).where(*days).scalar_subquery()
    validated = select(func.sum(LotDay.validated)).where(*days).scalar_subquery()
    return select(
        Lot.contract_id,
        Lot.id.label("lot_id"),
        func.coalesce(due, 0).label("due"),
        func.coalesce(declared, 0).label("declared"),
        func.coalesce(validated, 0).label("validated"),
    )


def _pooling(today: date) -> Any:
    """Do the hours of the contract's lots make one pot, by the terms in force?"""
    return (
        select(ClauseTerms.said["pooling"].as_boolean())
        .where(ClauseTerms.contract_id == PublicContract.id, ClauseTerms.valid_from <= today)
        .order_by(ClauseTerms.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )


def sums_by_contract(today: date) -> Subquery:
    """The same figures in SQL, to sort a list by them: contract_id, due, validated, counted, missing, ratio."""
    lots = _lot_figures(today).subquery()
    capped = func.sum(func.least(lots.c.validated, lots.c.due))
    pooled = select(PublicContract.id, _pooling(today).label("pooling")).subquery()
    counted = case((func.bool_or(pooled.c.pooling), func.sum(lots.c.validated)), else_=capped)
    due = func.sum(lots.c.due)
    return (
        select(
            lots.c.contract_id,
            due.label("due"),
            func.sum(lots.c.validated).label("validated"),
            func.greatest(due - counted, 0).label("missing"),
            (counted / func.nullif(due, 0)).label("ratio"),
        )
        .join(pooled, pooled.c.id == lots.c.contract_id)
        .group_by(lots.c.contract_id)
        .subquery()
    )


def figures_of(contract_ids: Collection[UUID], today: date) -> Mapping[UUID, ContractFigures]:
    """The figures of each contract; every id has some."""
    query = (
        _lot_figures(today)
        .join(PublicContract, PublicContract.id == Lot.contract_id)
        .add_columns(
            PublicContract.state,
            PublicContract.notified_on,
            PublicContract.delivered_on,
            _pooling(today).label("pool"),
            terms_said(today).label("said"),
        )
        .where(Lot.contract_id.in_(contract_ids))
    )
    rows = db.session.execute(query).all()
    live = [row.lot_id for row in rows if row.state in _STANDING_STATES and row.due > row.validated]
    months, people = months_of(live, today), people_in_post(live, today)
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.contract_id].append(row)
    return {
        contract_id: _together(found[contract_id], months, people, today) if contract_id in found else ContractFigures()
        for contract_id in contract_ids
    }


def _together(
    lots: Sequence[Any],
    months: Mapping[UUID, Sequence[MonthHours]],
    people: Mapping[UUID, Sequence[InPost]],
    today: date,
) -> ContractFigures:
    done = rate([(lot.due, lot.validated) for lot in lots], pooling=bool(lots[0].pool))
    standing = None
    if lots[0].state in _STANDING_STATES and done.objective:
        if not done.missing:
            standing = LotStanding.REACHED
        else:
            all_of_them = {_standing(lot, months, people, today) for lot in lots if lot.due}
            standing = next(one for one in _WORST_FIRST if one in all_of_them)
    return ContractFigures(
        due=done.objective,
        declared=sum((lot.declared for lot in lots), ZERO),
        validated=sum((lot.validated for lot in lots), ZERO),
        counted=done.counted,
        left=done.missing,
        lots=len(lots),
        standing=standing,
    )


def _standing(
    lot: Any, months: Mapping[UUID, Sequence[MonthHours]], people: Mapping[UUID, Sequence[InPost]], today: date
) -> LotStanding:
    if lot.validated >= lot.due:
        return LotStanding.REACHED
    if lot.state is ContractState.CLOSED:
        return LotStanding.MISSED
    terms = Terms.from_json(lot.said) if lot.said else DEFAULTS
    facts = LotFacts(lot.lot_id, lot.contract_id, lot.notified_on, lot.delivered_on, lot.state, terms)
    return progress_of(facts, today, lot.due, months.get(lot.lot_id, ()), people.get(lot.lot_id, ())).standing


def missing_some(today: date) -> Any:
    """The contract runs, or was delivered, and a lot of it has not done what it owes."""
    lots = _lot_figures(today).subquery()
    short = select(lots.c.contract_id).where(lots.c.validated < lots.c.due)
    running = PublicContract.state.in_((ContractState.RUNNING, ContractState.DELIVERED))
    return and_(running, PublicContract.id.in_(short))
