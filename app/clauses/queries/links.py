"""Which links has a buyer, and what does a link show? No name, and no count of people below five."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.clauses.models import Buyer, BuyerLink, PublicContract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.sharing import is_open
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role


def _buyers(actor: Actor) -> Select[Buyer]:
    """Whose links somebody may make: the département any; a facilitator, of the buyers of their contracts."""
    mine = contracts_visible_to(actor).with_only_columns(PublicContract.buyer_id)
    return select(Buyer) if actor.is_any(Role.DEPARTMENT) else select(Buyer).where(Buyer.id.in_(mine))


def buyer_to_link(actor: Actor, buyer_id: UUID) -> Buyer:
    """One of them. Raises NotFound."""
    found = db.session.scalar(_buyers(actor).where(Buyer.id == buyer_id))
    if found is None:
        raise NotFound
    return found


def links_of(buyer_id: UUID) -> Sequence[BuyerLink]:
    """All that were made, the latest first."""
    query = select(BuyerLink).where(BuyerLink.buyer_id == buyer_id)
    return db.session.scalars(query.order_by(BuyerLink.made_at.desc(), BuyerLink.id)).all()


def the_link(actor: Actor, link_id: UUID) -> BuyerLink:
    """One link of a buyer whom the reader sees. Raises NotFound."""
    mine = _buyers(actor).with_only_columns(Buyer.id)
    found = db.session.scalar(select(BuyerLink).where(BuyerLink.id == link_id, BuyerLink.buyer_id.in_(mine)))
    if found is None:
        raise NotFound
    return found


def open_link(hashed: str, today: date) -> BuyerLink | None:
    """The link of that secret, unless it is over or was taken back."""
    query = select(BuyerLink).where(BuyerLink.token_hash == hashed).options(joinedload(BuyerLink.buyer))
    found = db.session.scalar(query)
    return found if found and is_open(found.last_day, found.revoked_at is not None, today) else None
