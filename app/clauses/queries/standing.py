"""How many hours does each lot owe, how many are declared and validated, as of a day? Read in one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.dialects.postgresql import distinct_on

from app.clauses.models import ClauseTerms, HourEntry, LotDay, LotObjective, LotTotal
from app.clauses.rules.kinds import EntryStage
from app.clauses.rules.progress import MonthHours
from app.clauses.rules.terms import DEFAULTS, Terms, terms_on
from app.core.db import db

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LotStand:
    """Hours of a lot on a day. ``declared`` counts all that was sent and not returned, validated included."""

    objective: Decimal = ZERO
    declared: Decimal = ZERO
    validated: Decimal = ZERO

    @property
    def waiting(self) -> Decimal:
        """Declared and not yet validated."""
        return self.declared - self.validated

    @property
    def left(self) -> Decimal:
        """Still to be done, never negative."""
        return max(self.objective - self.validated, ZERO)


def objectives_of(lot_ids: Collection[UUID], as_of: date) -> Mapping[UUID, Decimal]:
    """What each lot owes at the end of that day; a lot that owes nothing yet is left out."""
    owed = (
        select(LotObjective.lot_id, LotObjective.hours)
        .where(LotObjective.lot_id.in_(lot_ids), LotObjective.from_day <= as_of)
        .ext(distinct_on(LotObjective.lot_id))
        .order_by(LotObjective.lot_id, LotObjective.from_day.desc())
    )
    return {row.lot_id: row.hours for row in db.session.execute(owed)}


def lots_standing(lot_ids: Collection[UUID], as_of: date) -> Mapping[UUID, LotStand]:
    """The standing of each lot at the end of that day; every id has one."""
    done = (
        select(LotDay.lot_id, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .where(LotDay.lot_id.in_(lot_ids), LotDay.on <= as_of)
        .group_by(LotDay.lot_id)
    )
    objectives = objectives_of(lot_ids, as_of)
    sums = {lot_id: (declared, validated) for lot_id, declared, validated in db.session.execute(done)}
    return {lot_id: LotStand(objectives.get(lot_id, ZERO), *sums.get(lot_id, (ZERO, ZERO))) for lot_id in set(lot_ids)}


def holders_standing(lot_id: UUID, as_of: date) -> Mapping[UUID, tuple[Decimal, Decimal]]:
    """(declared, validated) of each holder of a lot; a subcontractor's are its own here."""
    query = (
        select(LotDay.holder_id, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .where(LotDay.lot_id == lot_id, LotDay.on <= as_of)
        .group_by(LotDay.holder_id)
    )
    return {holder_id: (declared, validated) for holder_id, declared, validated in db.session.execute(query)}


def months_of(lot_ids: Collection[UUID], as_of: date) -> Mapping[UUID, list[MonthHours]]:
    """Hours of each lot by month worked, as known at the end of that day; lots without hours are left out."""
    query = (
        select(LotDay.lot_id, LotDay.month, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .where(LotDay.lot_id.in_(lot_ids), LotDay.on <= as_of)
        .group_by(LotDay.lot_id, LotDay.month)
    )
    found: dict[UUID, list[MonthHours]] = {}
    for lot_id, month, declared, validated in db.session.execute(query):
        found.setdefault(lot_id, []).append(MonthHours(month, declared, validated))
    return found


def drift() -> int:
    """How many lots have sums (lot_days, lot_totals) that differ from the ledger (hour_entries); 0 is expected."""

    def hours_of(stage: EntryStage) -> Any:
        return func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.stage == stage), 0)

    keys = (HourEntry.lot_id, HourEntry.holder_id, HourEntry.on, HourEntry.month)
    said = select(*keys, hours_of(EntryStage.DECLARED), hours_of(EntryStage.VALIDATED)).group_by(*keys)
    kept = select(LotDay.lot_id, LotDay.holder_id, LotDay.on, LotDay.month, LotDay.declared, LotDay.validated)
    zero = (LotDay.declared == 0) & (LotDay.validated == 0)
    nothing = (hours_of(EntryStage.DECLARED) == 0) & (hours_of(EntryStage.VALIDATED) == 0)
    said, kept = said.having(~nothing), kept.where(~zero)
    wrong = [*_differences(said, kept), *_differences(*_totals())]
    both = union(*(select(part.subquery().c.lot_id) for part in wrong)).subquery()
    return db.session.scalar(select(func.count()).select_from(both)) or 0


def _totals() -> tuple[Any, Any]:
    days = (
        select(LotDay.lot_id, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .group_by(LotDay.lot_id)
        .having((func.sum(LotDay.declared) != 0) | (func.sum(LotDay.validated) != 0))
    )
    kept = select(LotTotal.lot_id, LotTotal.declared, LotTotal.validated)
    return days, kept.where((LotTotal.declared != 0) | (LotTotal.validated != 0))


def _differences(one: Any, other: Any) -> tuple[Any, Any]:
    return one.except_(other), other.except_(one)


def terms_of(contract_id: UUID, day: date) -> Terms:
    """The terms in force on a day; the defaults when nothing was recorded."""
    query = select(ClauseTerms).where(ClauseTerms.contract_id == contract_id).order_by(ClauseTerms.valid_from)
    rows = [(row.valid_from, row.known_from, Terms.from_json(row.said)) for row in db.session.scalars(query)]
    return terms_on(day, rows) or DEFAULTS
