"""Where do hours declared and validated add up? Every change is an entry, and the sums move with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from app.clauses.models import HourEntry, HourLine, Lot, LotDay, LotTotal
from app.clauses.rules.kinds import EntryStage
from app.core import clock
from app.core.db import db
from app.core.roles import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """Hours to add to (or take from, when negative) a stage, for a line."""

    line: HourLine
    stage: EntryStage
    hours: Decimal


def lock_lots(lot_ids: Collection[UUID]) -> None:
    """Whoever declares, validates or imports on these lots waits for the others; always in the same order."""
    query = select(Lot.id).where(Lot.id.in_(lot_ids)).order_by(Lot.id)
    db.session.execute(query.with_for_update(key_share=True)).all()


def post(entries: Iterable[Entry], *, by: Actor, on: date) -> None:
    """Write the entries of that day and move the sums. Call it with the lots locked."""
    rows: list[dict[str, Any]] = []
    sums: dict[tuple[UUID, UUID, date], dict[EntryStage, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    at = clock.now()
    for entry in entries:
        if not entry.hours:
            continue
        line = entry.line
        sums[line.lot_id, line.holder_id, line.month][entry.stage] += entry.hours
        rows.append(
            {
                "line_id": line.id,
                "lot_id": line.lot_id,
                "holder_id": line.holder_id,
                "candidate_id": line.candidate_id,
                "month": line.month,
                "on": on,
                "stage": entry.stage,
                "hours": entry.hours,
                "at": at,
                "by_user_id": by.user_id,
            }
        )
    if not rows:
        return
    db.session.flush()
    db.session.execute(insert(HourEntry), rows)
    moved = [
        {
            "lot_id": lot_id,
            "holder_id": holder_id,
            "on": on,
            "month": month,
            "declared": stages[EntryStage.DECLARED],
            "validated": stages[EntryStage.VALIDATED],
        }
        for (lot_id, holder_id, month), stages in sorted(sums.items(), key=lambda item: str(item[0]))
    ]
    _add_to(LotDay, ["lot_id", "holder_id", "on", "month"], moved)
    _add_to(LotTotal, ["lot_id"], _by_lot(moved))


def _by_lot(moved: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    totals: dict[UUID, list[Decimal]] = {}
    for row in moved:
        pair = totals.setdefault(row["lot_id"], [Decimal(0), Decimal(0)])
        pair[0] += row["declared"]
        pair[1] += row["validated"]
    return [
        {"lot_id": lot_id, "declared": declared, "validated": validated}
        for lot_id, (declared, validated) in totals.items()
    ]


def _add_to(sums: type[LotDay | LotTotal], keys: list[str], moved: list[dict[str, Any]]) -> None:
    row = upsert(sums).values(moved)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=keys,
            set_={
                "declared": sums.declared + row.excluded.declared,
                "validated": sums.validated + row.excluded.validated,
            },
        )
    )
