"""Who reads, and what did they ask for? One statement a reader and transaction, however many messages are written."""

from collections.abc import Iterable, Mapping
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Uuid, column, select, table
from sqlalchemy.orm import SessionTransaction

from app.core.db import db
from app.messages.models import MessageWish
from app.messages.rules import Category, Wish
from app.messages.rules.routing import Reader

USERS = table("users", column("id", Uuid), column("candidate_id", Uuid), column("disabled_at"))
"""The accounts live above; whether somebody is a professional is all that is read of them here."""
Owner = UUID | str
"""An account, or an address without one."""


def reader(owner: Owner) -> Reader:
    """What is known of a reader, remembered as long as the transaction lasts."""
    known = _known()
    if owner not in known:
        known[owner] = _of_account(owner) if isinstance(owner, UUID) else Reader(False, _of_address(owner))
    return known[owner]


def know_readers(user_ids: Iterable[UUID]) -> None:
    """Look many accounts up at once, before writing to each: two statements for all."""
    known = _known()
    wanted = {user_id for user_id in user_ids if user_id not in known}
    if not wanted:
        return
    wishes: dict[UUID, dict[Category, Wish]] = {user_id: {} for user_id in wanted}
    for row in db.session.scalars(select(MessageWish).where(MessageWish.user_id.in_(wanted))):
        if row.user_id is not None:
            wishes[row.user_id][row.category] = row.wish
    professionals = select(USERS.c.id).where(USERS.c.id.in_(wanted), USERS.c.candidate_id.is_(None))
    ours = set(db.session.scalars(professionals))
    known.update({user_id: Reader(user_id in ours, said) for user_id, said in wishes.items()})


def forget_reader(owner: Owner) -> None:
    """Their wishes changed in this transaction."""
    _known().pop(owner, None)


def wishes_of(user_id: UUID) -> Mapping[Category, Wish]:
    """What an account asked for, category by category; a category that is absent follows the portal's usage."""
    return reader(user_id).wishes


def _known() -> dict[Owner, Reader]:
    kept: WeakKeyDictionary[SessionTransaction, dict[Owner, Reader]]
    session = db.session()
    kept = session.info.setdefault("message_readers", WeakKeyDictionary())
    current = session.get_transaction() or session.begin()
    return kept.setdefault(current, {})


def _of_account(user_id: UUID) -> Reader:
    query = (
        select(USERS.c.candidate_id, MessageWish.category, MessageWish.wish)
        .select_from(USERS)
        .outerjoin(MessageWish, MessageWish.user_id == USERS.c.id)
        .where(USERS.c.id == user_id)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return Reader()
    return Reader(rows[0].candidate_id is None, {row.category: row.wish for row in rows if row.category is not None})


def _of_address(address: str) -> Mapping[Category, Wish]:
    rows = db.session.scalars(select(MessageWish).where(MessageWish.address == address.lower()))
    return {row.category: row.wish for row in rows}
