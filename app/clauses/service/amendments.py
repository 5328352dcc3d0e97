"""Recording an avenant: a dated version of the contract and of its lots, beside those of before, never over them."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import func, select

from app.audit import service as audit
from app.clauses.models import ContractVersion, Lot, LotVersion, PublicContract
from app.clauses.rules.contracts import FIELDS, AmendmentValues, Dated, amendment_refusals, known_from
from app.clauses.rules.kinds import ObjectiveMethod
from app.clauses.service import objectives
from app.clauses.service.steering import first_version, locked, lots_of, refuse, touched
from app.core.db import db
from app.core.roles import Actor
from app.core.transaction import transaction


@transaction
def record_amendment(
    contract_id: UUID,
    values: AmendmentValues,
    *,
    by: Actor,
    today: date,
    row_id: UUID | None = None,
    version: int | None = None,
) -> ContractVersion:
    """The next version of the contract. Two at once are two versions; with ``version``, the second one is asked again.

    Known from today at the earliest: what was said of a day before stays. Raises NotFound, StaleVersion, Refused.
    """
    contract = locked(contract_id, by=by)
    known = db.session.get(ContractVersion, row_id) if row_id else None
    if known is not None and known.contract_id == contract.id:
        return known
    locked(contract_id, by=by, version=version)
    lots = {lot.id: lot for lot in lots_of(contract)}
    hours = {lot_id: latest.hours for lot_id, lot in lots.items() if (latest := _latest(lot))}
    now = Dated(contract.amount, contract.notified_on, contract.delivered_on)
    reasons = amendment_refusals(
        values, state=contract.state, notified_on=contract.notified_on, lots={**dict.fromkeys(lots), **hours}, now=now
    )
    refuse(reasons, FIELDS)
    made = _version(contract, values, by, today, row_id)
    for lot_id, due in values.hours.items():
        if hours.get(lot_id) != due:
            _owe(lots[lot_id], made, due, by)
    audit.note(by, "clause.contract.amended", "public_contract", contract.id, number=made.number)
    return made


def _latest(lot: Lot) -> LotVersion | None:
    return max(lot.versions, key=lambda one: (one.valid_from, one.known_from, one.recorded_at), default=None)


def _version(
    contract: PublicContract, values: AmendmentValues, by: Actor, today: date, row_id: UUID | None
) -> ContractVersion:
    first_version(contract)
    db.session.flush()
    query = select(func.max(ContractVersion.number)).where(ContractVersion.contract_id == contract.id)
    if values.amount is not None:
        contract.amount = values.amount
    if values.delivered_on is not None:
        contract.delivered_on = values.delivered_on
    touched(contract)
    made = ContractVersion(
        id=row_id or uuid4(),
        contract_id=contract.id,
        number=(db.session.scalar(query) or 0) + 1,
        valid_from=values.valid_from,
        known_from=known_from(values.valid_from, today),
        label=values.label.strip(),
        amount=contract.amount,
        delivered_on=contract.delivered_on,
        recorded_by=by.user_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _owe(lot: Lot, made: ContractVersion, hours: Decimal, by: Actor) -> None:
    """The new objective of a lot, stated by the avenant, and what follows from it day by day."""
    db.session.add(
        LotVersion(
            lot_id=lot.id,
            contract_version_id=made.id,
            valid_from=made.valid_from,
            known_from=made.known_from,
            hours=hours,
            method=ObjectiveMethod.STATED,
            recorded_by=by.user_id,
        )
    )
    objectives.refresh(lot.id)
