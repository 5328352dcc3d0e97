"""How many hours does each lot owe, how many are declared and validated, as of a day? Read in one statement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.clauses.models import ClauseTerms, LotDay, LotObjective
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


def lots_standing(lot_ids: Collection[UUID], as_of: date) -> Mapping[UUID, LotStand]:
    """The standing of each lot at the end of that day; every id has one."""
    owed = (
        select(LotObjective.lot_id, LotObjective.hours)
        .where(LotObjective.lot_id.in_(lot_ids), LotObjective.from_day <= as_of)
        .ext(distinct_on(LotObjective.lot_id))
        .order_by(LotObjective.lot_id, LotObjective.from_day.desc())
    )
    done = (
        select(LotDay.lot_id, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .where(LotDay.lot_id.in_(lot_ids), LotDay.on <= as_of)
        .group_by(LotDay.lot_id)
    )
    objectives = {row.lot_id: row.hours for row in db.session.execute(owed)}
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


def terms_of(contract_id: UUID, day: date) -> Terms:
    """The terms in force on a day; the defaults when nothing was recorded."""
    query = select(ClauseTerms).where(ClauseTerms.contract_id == contract_id).order_by(ClauseTerms.valid_from)
    rows = [(row.valid_from, row.known_from, Terms.from_json(row.said)) for row in db.session.scalars(query)]
    return terms_on(day, rows) or DEFAULTS
