"""When does what a lot owes change? Its objective is worked out anew, day by day of change, after every act on it."""

from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectinload

from app.clauses.models import ContractVersion, Lot, LotObjective
from app.clauses.rules.objective import Billed, ObjectiveVersion, TrancheHours, objective_at
from app.core.db import db


def refresh(lot_id: UUID) -> None:
    """Write the lot's objective from each day on which it changes: version known, tranche affirmed, amount billed."""
    db.session.flush()
    around = (selectinload(Lot.versions), selectinload(Lot.tranches), selectinload(Lot.billings))
    lot = db.session.scalars(
        select(Lot).where(Lot.id == lot_id).options(*around).execution_options(populate_existing=True)
    ).one()
    numbered = select(ContractVersion.id, ContractVersion.number).where(ContractVersion.contract_id == lot.contract_id)
    numbers = {row.id: row.number for row in db.session.execute(numbered)}
    # Of two versions for one day, known on one day, the later avenant is right: it comes first.
    latest = sorted(lot.versions, key=lambda row: numbers.get(row.contract_version_id or lot.id, 0), reverse=True)
    versions = [ObjectiveVersion(row.valid_from, row.known_from, row.hours, row.method, row.inputs) for row in latest]
    tranches = [TrancheHours(row.hours, row.affirmed_on, row.kind) for row in lot.tranches]
    billings = [Billed(row.on, row.cumulative) for row in lot.billings]
    days = {one.known_from for one in versions} | {one.on for one in billings}
    days |= {one.affirmed_on for one in tranches if one.affirmed_on}
    first = min((one.known_from for one in versions), default=None)
    rows = [
        {"lot_id": lot_id, "from_day": day, "hours": objective_at(day, versions, tranches, billings)}
        for day in sorted(days)
        if first is not None and day >= first
    ]
    db.session.execute(delete(LotObjective).where(LotObjective.lot_id == lot_id))
    if rows:
        db.session.execute(insert(LotObjective), rows)
