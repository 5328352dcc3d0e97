"""Which contract is being changed, and by whom? Locked first, so that two acts on one contract never cross."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.clauses.models import ContractVersion, Lot, LotVersion, PublicContract
from app.clauses.queries.visible import contracts_visible_to
from app.clauses.rules.states import ContractState
from app.clauses.service import objectives
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor, Role

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM)


def locked(contract_id: UUID, *, by: Actor, version: int | None = None) -> PublicContract:
    """A contract that the person steers, held for this transaction, with lots. Raises NotFound, StaleVersion."""
    if not by.is_any(*STEERS):
        raise NotFound
    query = contracts_visible_to(by).where(PublicContract.id == contract_id).with_for_update()
    contract = db.session.scalar(query.execution_options(populate_existing=True))
    if contract is None:
        raise NotFound
    if version is not None and contract.version != version:
        raise StaleVersion(said(contract))
    return contract


def said(contract: PublicContract) -> dict[str, Any]:
    """What the contract now says, by names of the form's fields."""
    names = (
        "number", "title", "nature", "cpv", "framework", "amount", "notified_on", "delivered_on", "legal_base",
        "clause_kind", "obligation_reason", "version",
    )  # fmt: skip
    return {name: getattr(contract, name) for name in names}


def lots_of(contract: PublicContract) -> list[Lot]:
    """Its lots by number, with holders and versions as they are now."""
    query = (
        select(Lot)
        .where(Lot.contract_id == contract.id)
        .options(selectinload(Lot.holders), selectinload(Lot.versions))
        .order_by(Lot.number)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def touched(contract: PublicContract) -> None:
    """Something under the contract changed: whoever had its page open is told."""
    contract.updated_at = clock.now()


def first_version(contract: PublicContract) -> ContractVersion:
    """Version 0, made when it lacks."""
    query = select(ContractVersion).where(ContractVersion.contract_id == contract.id, ContractVersion.number == 0)
    found = db.session.scalar(query)
    if found is None:
        day = contract.notified_on or clock.today()
        found = ContractVersion(contract_id=contract.id, number=0, valid_from=day, known_from=day)
        db.session.add(found)
    return found


def align(contract: PublicContract, by: Actor) -> None:
    """While the contract is prepared, its first version follows what is typed, and so do the first of its lots."""
    if contract.state is not ContractState.PREPARED:
        return
    first = first_version(contract)
    moved = contract.notified_on is not None and first.valid_from != contract.notified_on
    first.amount, first.delivered_on = contract.amount, contract.delivered_on
    first.recorded_by = by.user_id
    if moved and contract.notified_on is not None:
        first.valid_from = first.known_from = contract.notified_on
        query = select(LotVersion).join(Lot, LotVersion.lot_id == Lot.id).where(Lot.contract_id == contract.id)
        versions = db.session.scalars(query).all()
        for version in versions:
            version.valid_from = version.known_from = contract.notified_on
        for lot_id in sorted({version.lot_id for version in versions}):
            objectives.refresh(lot_id)


def refuse(reasons: tuple[Enum, ...], fields: Mapping[Any, str]) -> None:
    """Raise Refused with each reason beside its field; nothing without reasons."""
    if reasons:
        raise Refused(reasons, {reason: fields[reason] for reason in reasons if reason in fields})
