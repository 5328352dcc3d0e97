"""Writing the lots of a contract: objective, tranches, what was billed. Each act works the objective out anew."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, exists, select

from app.audit import service as audit
from app.clauses.models import (
    Billing,
    ClauseEmployment,
    ClauseOffer,
    ContractVersion,
    HourReport,
    Lot,
    LotVersion,
    PublicContract,
    Tranche,
)
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.calibration import FIELD_OF
from app.clauses.rules.contracts import FIELDS as CONTRACT_FIELDS
from app.clauses.rules.contracts import FINISHED, ContractRefusal, known_from, read_cpv
from app.clauses.rules.kinds import TrancheKind
from app.clauses.rules.lots import (
    FIELDS,
    LotRefusal,
    LotValues,
    ObjectiveValues,
    TrancheValues,
    act_refusals,
    billing_refusals,
    tranche_refusals,
)
from app.clauses.rules.states import ContractState
from app.clauses.service import objectives
from app.clauses.service.steering import first_version, locked, refuse, touched
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction

refuse_on("uq_clause_lots_number", LotRefusal.NUMBER_TAKEN)
_FIELDS: Mapping[Any, str] = {**CONTRACT_FIELDS, **FIELDS, **FIELD_OF}


def locked_lot(lot_id: UUID, *, by: Actor) -> tuple[Lot, PublicContract]:
    """A lot and its contract, held and open to changes. Raises NotFound, Refused."""
    contract_id = db.session.scalar(lots_visible_to(by).where(Lot.id == lot_id).with_only_columns(Lot.contract_id))
    if contract_id is None:
        raise NotFound
    contract = locked(contract_id, by=by)
    refuse((ContractRefusal.NOT_OPEN,) if contract.state in FINISHED else (), {})
    query = select(Lot).where(Lot.id == lot_id).execution_options(populate_existing=True)
    return db.session.scalars(query).one(), contract


@transaction
def add_lot(contract_id: UUID, values: LotValues, *, by: Actor, today: date, row_id: UUID | None = None) -> Lot:
    """A new lot with its objective, owed from the notification; the same ``row_id`` again finds the one made.

    On a contract that runs already, it was not known before today. Raises NotFound, Refused.
    """
    contract = locked(contract_id, by=by)
    known = db.session.get(Lot, row_id) if row_id else None
    if known is not None and known.contract_id == contract.id:
        return known
    _check(contract, values, None)
    lot = Lot(id=row_id or uuid4(), contract_id=contract.id)
    _write(lot, values)
    db.session.add(lot)
    db.session.flush()
    _owe(lot, contract, values.objective, by, today)
    touched(contract)
    audit.note(by, "clause.lot.created", "clause_lot", lot.id, number=lot.number)
    return lot


@transaction
def save_lot(lot_id: UUID, values: LotValues, *, by: Actor, today: date, version: int | None = None) -> Lot:
    """Correct a lot. Its objective too while the contract is prepared; then only an avenant changes it.

    Raises NotFound, StaleVersion, Refused.
    """
    lot, contract = locked_lot(lot_id, by=by)
    if version is not None and lot.version != version:
        raise StaleVersion({"number": lot.number, "title": lot.title, "amount": lot.amount, "version": lot.version})
    prepared = contract.state is ContractState.PREPARED
    _check(contract, values, lot.id, objective=prepared)
    _write(lot, values)
    db.session.flush()
    if prepared:
        for old in db.session.scalars(select(LotVersion).where(LotVersion.lot_id == lot.id)):
            db.session.delete(old)
        db.session.flush()
        _owe(lot, contract, values.objective, by, today)
    touched(contract)
    audit.note(by, "clause.lot.saved", "clause_lot", lot.id)
    return lot


@transaction
def remove_lot(lot_id: UUID, *, by: Actor) -> UUID:
    """Take away a lot on which nothing happened; answers the contract's id. Raises NotFound, Refused."""
    lot, contract = locked_lot(lot_id, by=by)
    used = select(
        exists().where(ClauseEmployment.lot_id == lot.id)
        | exists().where(HourReport.lot_id == lot.id)
        | exists().where(ClauseOffer.lot_id == lot.id)
    )
    started = contract.state is not ContractState.PREPARED
    refuse((LotRefusal.LOT_IN_USE,) if started or db.session.scalar(used) else (), {})
    db.session.execute(delete(Lot).where(Lot.id == lot.id), execution_options={"synchronize_session": False})
    db.session.expunge(lot)
    touched(contract)
    audit.note(by, "clause.lot.removed", "clause_lot", lot.id, number=lot.number)
    return contract.id


@transaction
def add_tranche(lot_id: UUID, values: TrancheValues, *, by: Actor, today: date, row_id: UUID | None = None) -> Tranche:
    """A tranche; a firm one counts at once and is in the objective, an optional one waits to be affirmed."""
    lot, contract = locked_lot(lot_id, by=by)
    known = db.session.get(Tranche, row_id) if row_id else None
    if known is not None and known.lot_id == lot.id:
        return known
    refuse(tranche_refusals(values), FIELDS)
    firm = values.kind is TrancheKind.FIRM
    tranche = Tranche(
        id=row_id or uuid4(),
        lot_id=lot.id,
        label=values.label.strip(),
        kind=values.kind,
        hours=values.hours,
        affirmed_on=(contract.notified_on or today) if firm else None,
    )
    db.session.add(tranche)
    objectives.refresh(lot.id)
    touched(contract)
    audit.note(by, "clause.tranche.created", "clause_tranche", tranche.id, tranche=values.kind.value)
    return tranche


@transaction
def affirm_tranche(tranche_id: UUID, on: date, *, by: Actor, today: date) -> Tranche:
    """An optional tranche counts from that day. Said again with the same day, it is one act. Raises Refused."""
    lot_id = db.session.scalar(select(Tranche.lot_id).where(Tranche.id == tranche_id))
    if lot_id is None:
        raise NotFound
    _, contract = locked_lot(lot_id, by=by)
    query = select(Tranche).where(Tranche.id == tranche_id).execution_options(populate_existing=True)
    tranche = db.session.scalars(query).one()
    if tranche.affirmed_on == on:
        return tranche
    refuse((LotRefusal.TRANCHE_AFFIRMED,) if tranche.affirmed_on else (), {})
    refuse(act_refusals(on, notified_on=contract.notified_on, today=today), FIELDS)
    tranche.affirmed_on = on
    objectives.refresh(lot_id)
    touched(contract)
    audit.note(by, "clause.tranche.affirmed", "clause_tranche", tranche.id, on=on.isoformat())
    return tranche


@transaction
def record_billing(
    lot_id: UUID, on: date, cumulative: Decimal, *, by: Actor, today: date, row_id: UUID | None = None
) -> Billing:
    """What had been billed in all up to that day, without tax; the same day again corrects it. Raises Refused."""
    lot, contract = locked_lot(lot_id, by=by)
    rows = db.session.scalars(select(Billing).where(Billing.lot_id == lot.id)).all()
    before = {row.on: row.cumulative for row in rows}
    reasons = act_refusals(on, notified_on=contract.notified_on, today=today)
    refuse((*reasons, *billing_refusals(on, cumulative, before)), FIELDS)
    billing = next((row for row in rows if row.on == on), None)
    if billing is None:
        billing = Billing(id=row_id or uuid4(), lot_id=lot.id, on=on)
        db.session.add(billing)
    billing.cumulative, billing.recorded_by = cumulative, by.user_id
    objectives.refresh(lot.id)
    touched(contract)
    audit.note(by, "clause.billing.recorded", "clause_lot", lot.id, on=on.isoformat(), cumulative=str(cumulative))
    return billing


def _check(contract: PublicContract, values: LotValues, own: UUID | None, *, objective: bool = True) -> None:
    query = select(Lot.id).where(Lot.contract_id == contract.id, Lot.number == values.number)
    _, cpv_fault = read_cpv(values.cpv)
    wrong = {
        ContractRefusal.NOT_OPEN: contract.state in FINISHED,
        ContractRefusal.TITLE_MISSING: not values.title.strip(),
        LotRefusal.NUMBER_TAKEN: db.session.scalar(query) not in (None, own),
    }
    reasons = [reason for reason, is_wrong in wrong.items() if is_wrong]
    reasons += [cpv_fault] if cpv_fault else []
    refuse((*reasons, *(values.objective.refusals() if objective else ())), _FIELDS)


def _write(lot: Lot, values: LotValues) -> None:
    lot.number, lot.title, lot.amount = values.number, values.title.strip(), values.amount
    lot.trade_slug, lot.commune_insee, lot.reserved = values.trade_slug, values.commune_insee, values.reserved
    lot.cpv = read_cpv(values.cpv)[0]


def _owe(lot: Lot, contract: PublicContract, objective: ObjectiveValues, by: Actor, today: date) -> None:
    """The first version of what the lot owes."""
    first: ContractVersion = first_version(contract)
    db.session.flush()
    hours, exact, inputs = objective.kept()
    prepared = contract.state is ContractState.PREPARED
    since = first.valid_from
    db.session.add(
        LotVersion(
            lot_id=lot.id,
            contract_version_id=first.id,
            valid_from=since,
            known_from=since if prepared else known_from(since, today),
            hours=hours,
            method=objective.method,
            inputs=inputs,
            exact=exact,
            recorded_by=by.user_id,
        )
    )
    objectives.refresh(lot.id)
