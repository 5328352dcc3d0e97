"""« Mes marchés » of an employer: its own lots, its part of each objective, what is left, the next report to send."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager

from app.clauses.models import Buyer, Holder, Lot, LotDay, PublicContract
from app.clauses.queries.reports import Owed, holder_rows, owed_by
from app.clauses.queries.standing import ZERO, lots_standing
from app.clauses.rules.kinds import HolderRole
from app.clauses.rules.objective import shares
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.roles import Actor

SORTS: Mapping[str, Any] = {
    "numero": PublicContract.number,
    "titre": func.lower(func.unaccent(PublicContract.title)),
    "acheteur": func.lower(func.unaccent(Buyer.name)),
    "livraison": PublicContract.delivered_on,
    "etat": PublicContract.state,
}


@dataclass(frozen=True, slots=True)
class MyLot:
    """A lot as one of its firms reads it. ``due`` is its part, None for a subcontractor, whose hours serve another."""

    holder: Holder
    due: Decimal | None
    declared: Decimal
    validated: Decimal
    next_report: Owed | None

    @property
    def left(self) -> Decimal | None:
        return None if self.due is None else max(self.due - self.validated, ZERO)

    @property
    def ratio(self) -> Decimal | None:
        return self.validated / self.due if self.due else None


def my_lots(
    actor: Actor, *, words: str = "", state: ContractState | None = None, sort: str = "numero"
) -> Select[Holder]:
    """The holders that are the organisation itself, on contracts that have started. The order ends by the id."""
    query = (
        select(Holder)
        .join(Holder.lot)
        .join(Lot.contract)
        .join(PublicContract.buyer)
        .options(contains_eager(Holder.lot).contains_eager(Lot.contract).contains_eager(PublicContract.buyer))
        .where(Holder.organisation_id == actor.organisation_id, PublicContract.state != ContractState.PREPARED)
    )
    if state is not None:
        query = query.where(PublicContract.state == state)
    if words:
        like = func.unaccent(f"%{words.replace('%', ' ').replace('_', ' ')}%")
        texts = (PublicContract.number, PublicContract.title, Lot.title, Buyer.name)
        query = query.where(or_(*(func.unaccent(text).ilike(like) for text in texts)))
    key = SORTS.get(sort.removeprefix("-"), SORTS["numero"])
    down = sort.startswith("-")
    return query.order_by(key.desc().nulls_last() if down else key.asc().nulls_last(), Lot.number, Holder.id)


def lines_of(holders: Sequence[Holder], today: date) -> list[MyLot]:
    """The figures of these holders: seven statements whatever their number."""
    lot_ids = {holder.lot_id for holder in holders}
    stand = lots_standing(lot_ids, today)
    around = _all_on(lot_ids)
    done = _done_by(lot_ids, today)
    rows = holder_rows(select(Holder).where(Holder.id.in_([holder.id for holder in holders])))
    waiting: dict[UUID, list[Owed]] = defaultdict(list)
    for one in owed_by(rows, today):
        if one.waits:
            waiting[one.held.holder_id].append(one)
    found = []
    for holder in holders:
        ours = [holder.id, *(one.id for one in around[holder.lot_id] if one.principal_id == holder.id)]
        hours = [done.get(one, (ZERO, ZERO)) for one in ours]
        due = _part(holder, around[holder.lot_id], stand[holder.lot_id].objective)
        reports = sorted(waiting[holder.id], key=lambda one: one.due)
        found.append(
            MyLot(
                holder,
                due,
                sum((declared for declared, _ in hours), ZERO),
                sum((validated for _, validated in hours), ZERO),
                reports[0] if reports else None,
            )
        )
    return found


def _part(holder: Holder, around: Sequence[Holder], objective: Decimal) -> Decimal | None:
    if holder.role is HolderRole.SUBCONTRACTOR or holder.share is None:
        return None
    present = [one for one in around if one.until is None and one.share is not None]
    if holder.until is not None:
        present = [holder]
    parts = [(one.id, one.share) for one in present if one.share is not None]
    return shares(objective, parts).get(holder.id, ZERO)


def _all_on(lot_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Holder]]:
    query = select(Holder).where(Holder.lot_id.in_(lot_ids)).order_by(Holder.created_at, Holder.id)
    found: dict[UUID, list[Holder]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.lot_id].append(row)
    return found


def _done_by(lot_ids: Collection[UUID], today: date) -> Mapping[UUID, tuple[Decimal, Decimal]]:
    query = (
        select(LotDay.holder_id, func.sum(LotDay.declared), func.sum(LotDay.validated))
        .where(LotDay.lot_id.in_(lot_ids), LotDay.on <= today)
        .group_by(LotDay.holder_id)
    )
    return {holder_id: (declared, validated) for holder_id, declared, validated in db.session.execute(query)}
