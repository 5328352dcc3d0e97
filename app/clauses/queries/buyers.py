"""Who buys: the list, one of them, and the one that typed words name."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from app.clauses.models import Buyer, PublicContract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.kinds import BuyerKind
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM)
SORTS: Final = {"nom": func.lower(func.unaccent(Buyer.name)), "nature": Buyer.kind}


def buyers_visible_to(actor: Actor) -> Select[Buyer]:
    """The list is common to all who steer contracts; nobody else reads it."""
    query = select(Buyer)
    return query if actor.is_any(*STEERS) else query.where(Buyer.id.in_(()))


def buyers_listed(actor: Actor, *, words: str = "", kind: BuyerKind | None = None, sort: str = "nom") -> Select[Buyer]:
    """By name, or as asked; ``words`` are found in the name and in the SIRET."""
    query = buyers_visible_to(actor)
    if kind is not None:
        query = query.where(Buyer.kind == kind)
    if words:
        like = func.unaccent(f"%{words.replace('%', ' ').replace('_', ' ')}%")
        digits = "".join(char for char in words if char.isdigit())
        found = [func.unaccent(Buyer.name).ilike(like)]
        query = query.where(or_(*found, Buyer.siret.startswith(digits)) if len(digits) >= 9 else found[0])
    key: Any = SORTS.get(sort.removeprefix("-"), SORTS["nom"])
    return query.order_by(key.desc() if sort.startswith("-") else key, Buyer.id)


def contract_counts(actor: Actor, buyer_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many contracts of each the reader may open."""
    mine = contracts_visible_to(actor).where(PublicContract.buyer_id.in_(buyer_ids))
    counted = mine.with_only_columns(PublicContract.buyer_id, func.count().label("contracts")).group_by(
        PublicContract.buyer_id
    )
    return {row.buyer_id: row.contracts for row in db.session.execute(counted)}


def buyer_choices(actor: Actor) -> list[tuple[str, str]]:
    """(id, name) of those that have a contract the reader sees, for a filter."""
    mine = contracts_visible_to(actor).with_only_columns(PublicContract.buyer_id)
    rows = db.session.execute(select(Buyer.id, Buyer.name).where(Buyer.id.in_(mine)).order_by(SORTS["nom"], Buyer.id))
    return [(str(row.id), row.name) for row in rows]


def buyer_names(actor: Actor) -> list[str]:
    """What may be typed in the form of a contract."""
    return list(db.session.scalars(buyers_listed(actor).with_only_columns(Buyer.name)))


def the_buyer(actor: Actor, buyer_id: UUID) -> Buyer:
    """One of them. Raises NotFound."""
    found = db.session.scalar(buyers_visible_to(actor).where(Buyer.id == buyer_id))
    if found is None:
        raise NotFound
    return found


def find_buyer(actor: Actor, words: str, siret: str | None = None) -> Buyer | None:
    """The buyer of that SIRET, or of that name whatever its accents and capitals, when it is the only one."""
    query = buyers_visible_to(actor)
    digits = siret or "".join(words.split())
    if len(digits) == 14 and digits.isascii() and digits.isdigit():
        found = db.session.scalar(query.where(Buyer.siret == digits))
        if found is not None:
            return found
    plain = func.lower(func.unaccent(words.strip()))
    rows = db.session.scalars(query.where(func.lower(func.unaccent(Buyer.name)) == plain).limit(2)).all()
    return rows[0] if len(rows) == 1 else None
