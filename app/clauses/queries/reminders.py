"""Which reminders are ready, and what is the one asked for?"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import joinedload

from app.clauses.models import Holder, HourReminder, Lot, PublicContract
from app.clauses.queries.validation import drafts_of
from app.clauses.queries.visible import lots_visible_to
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page, paginate
from app.core.roles import Actor

_CONTRACT: Final = joinedload(HourReminder.holder).joinedload(Holder.lot).joinedload(Lot.contract)


def listed(actor: Actor, level: int | None, sort: str, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """Drafts with firm, lot, contract and buyer. Two statements."""
    query = drafts_of(actor).options(_CONTRACT.joinedload(PublicContract.buyer))
    if level is not None:
        query = query.where(HourReminder.level == level)
    columns = {"entreprise": func.lower(Holder.name), "mois": HourReminder.first_month, "ton": HourReminder.level}
    column = columns.get(sort.removeprefix("-"))
    if column is None:
        query = query.order_by(HourReminder.level.desc(), HourReminder.first_month, HourReminder.id)
    else:
        query = query.order_by(column.desc() if sort.startswith("-") else column.asc(), HourReminder.id)
    return paginate(query, number, size)


def the_reminder(actor: Actor, reminder_id: UUID) -> HourReminder:
    """A reminder about a lot that the reader steers. Raises NotFound."""
    lots = lots_visible_to(actor).with_only_columns(Lot.id)
    query = drafts_of(actor).where(HourReminder.id == reminder_id, Holder.lot_id.in_(lots))
    found = db.session.scalar(query.options(_CONTRACT.joinedload(PublicContract.buyer)))
    if found is None:
        raise NotFound
    return found
