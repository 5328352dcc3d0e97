"""Writing down who buys: once, whatever is typed twice."""

from uuid import UUID

from sqlalchemy import select

from app.audit import service as audit
from app.clauses.models import Buyer
from app.clauses.queries.buyers import find_buyer, the_buyer
from app.clauses.rules.contracts import FIELDS, BuyerValues, ContractRefusal
from app.clauses.service.steering import STEERS, refuse
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction

refuse_on("uq_clause_buyers_siret", ContractRefusal.BUYER_SIRET_TAKEN)


def buyer_for(asked: UUID | BuyerValues, by: Actor) -> Buyer:
    """The buyer of that id, or the one that the words name: found by SIRET, then by name, else made on the spot."""
    if isinstance(asked, UUID):
        return the_buyer(by, asked)
    known = find_buyer(by, asked.name, asked.siret)
    if known is not None and (not asked.siret or not known.siret or known.siret == asked.siret):
        known.siret = known.siret or asked.siret
        return known
    refuse((ContractRefusal.BUYER_NAME_MISSING,) if not asked.name.strip() else (), {})
    buyer = Buyer(name=asked.name.strip())
    _write(buyer, asked)
    db.session.add(buyer)
    db.session.flush()
    audit.note(by, "clause.buyer.created", "clause_buyer", buyer.id, name=buyer.name)
    return buyer


@transaction
def create_buyer(row_id: UUID, values: BuyerValues, *, by: Actor) -> Buyer:
    """A new buyer; the same ``row_id`` again finds the one already made. Raises Refused."""
    if not by.is_any(*STEERS):
        raise NotFound
    known = db.session.get(Buyer, row_id)
    if known is not None:
        return known
    _check(values, None)
    buyer = Buyer(id=row_id)
    _write(buyer, values)
    db.session.add(buyer)
    db.session.flush()
    audit.note(by, "clause.buyer.created", "clause_buyer", buyer.id, name=buyer.name)
    return buyer


@transaction
def save_buyer(buyer_id: UUID, values: BuyerValues, *, by: Actor, version: int) -> Buyer:
    """Correct a buyer. Raises NotFound, StaleVersion, Refused."""
    the_buyer(by, buyer_id)
    query = select(Buyer).where(Buyer.id == buyer_id).with_for_update()
    buyer = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if buyer.version != version:
        names = ("name", "kind", "siret", "contact_name", "contact_email", "version")
        raise StaleVersion({name: getattr(buyer, name) for name in names})
    _check(values, buyer.id)
    _write(buyer, values)
    db.session.flush()
    audit.note(by, "clause.buyer.saved", "clause_buyer", buyer.id)
    return buyer


def _check(values: BuyerValues, own: UUID | None) -> None:
    reasons: list[ContractRefusal] = []
    if not values.name.strip():
        reasons.append(ContractRefusal.BUYER_NAME_MISSING)
    if values.siret:
        holder = db.session.scalar(select(Buyer.id).where(Buyer.siret == values.siret))
        if holder not in (None, own):
            reasons.append(ContractRefusal.BUYER_SIRET_TAKEN)
    refuse(tuple(reasons), FIELDS)


def _write(buyer: Buyer, values: BuyerValues) -> None:
    buyer.name, buyer.kind, buyer.siret = values.name.strip(), values.kind, values.siret or None
    buyer.contact_name, buyer.contact_email = values.contact_name, values.contact_email
