"""The invented clauses: contracts and hours inserted, then sums and objectives worked out as the portal does."""

from typing import Any, cast

from sqlalchemy import Table, func, insert, select

from app.clauses.models import (
    Buyer,
    ClauseEmployment,
    ClauseTerms,
    ClauseTransition,
    ContractVersion,
    EligibilityCheck,
    Holder,
    HourEntry,
    HourLine,
    HourReport,
    Lot,
    LotDay,
    LotTotal,
    LotVersion,
    PublicContract,
    Tranche,
)
from app.clauses.rules.kinds import EntryStage
from app.clauses.service import objectives
from app.core.db import Base, db
from app.demonstration.candidates import CandidateRows
from app.demonstration.clause_contracts import ClauseRows, make_contracts
from app.demonstration.clause_hours import add_hours
from app.demonstration.clause_story import tell
from app.demonstration.ground import Ground
from app.demonstration.organisations import People


def make_clauses(ground: Ground, people: People, candidates: CandidateRows) -> None:
    """Sixty contracts in every state, with the people who work on them, their hours, and what came of it."""
    rows = make_contracts(ground, people)
    add_hours(ground, people, rows, candidates.candidates)
    for model, table in _tables(rows):
        if table:
            db.session.connection().execute(insert(cast(Table, model.__table__)), table)
    _sum_days()
    for lot in rows.lots:
        objectives.refresh(lot["id"])
    tell(ground, people, candidates, rows)


def _tables(rows: ClauseRows) -> tuple[tuple[type[Base], list[dict[str, Any]]], ...]:
    return (
        (Buyer, rows.buyers),
        (PublicContract, rows.contracts),
        (ContractVersion, rows.versions),
        (Lot, rows.lots),
        (LotVersion, rows.lot_versions),
        (Tranche, rows.tranches),
        (Holder, rows.holders),
        (ClauseTerms, rows.terms),
        (EligibilityCheck, rows.checks),
        (ClauseEmployment, rows.employments),
        (HourReport, rows.reports),
        (HourLine, rows.lines),
        (HourEntry, rows.entries),
        (ClauseTransition, rows.transitions),
    )


def _sum_days() -> None:
    def hours_of(stage: EntryStage) -> Any:
        return func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.stage == stage), 0)

    sums = select(
        HourEntry.lot_id,
        HourEntry.holder_id,
        HourEntry.on,
        HourEntry.month,
        hours_of(EntryStage.DECLARED),
        hours_of(EntryStage.VALIDATED),
    ).group_by(HourEntry.lot_id, HourEntry.holder_id, HourEntry.on, HourEntry.month)
    names = ["lot_id", "holder_id", "on", "month", "declared", "validated"]
    db.session.execute(insert(LotDay).from_select(names, sums))
    totals = select(LotDay.lot_id, func.sum(LotDay.declared), func.sum(LotDay.validated)).group_by(LotDay.lot_id)
    db.session.execute(insert(LotTotal).from_select(["lot_id", "declared", "validated"], totals))
