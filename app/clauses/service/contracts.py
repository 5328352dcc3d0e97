"""Writing a contract, correcting it, moving it on. Its lots, holders and avenants are beside, and named here too."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.audit import service as audit
from app.clauses.models import ClauseTransition, ContractVersion, PublicContract
from app.clauses.rules.contracts import (
    FIELDS,
    ContractRefusal,
    ContractValues,
    Dated,
    LotReadiness,
    contract_refusals,
    read_cpv,
    start_refusals,
)
from app.clauses.rules.kinds import HolderRole, ObjectiveMethod
from app.clauses.rules.states import PUBLIC_CONTRACT, ContractAction, ContractState
from app.clauses.service.amendments import record_amendment
from app.clauses.service.buyers import buyer_for
from app.clauses.service.holders import add_holder, save_holder
from app.clauses.service.lots import add_lot, add_tranche, affirm_tranche, record_billing
from app.clauses.service.moving import move
from app.clauses.service.steering import STEERS, align, first_version, locked, lots_of, refuse
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import refuse_on, transaction
from app.reference.queries import assignment_on

__all__ = [
    "add_holder",
    "add_lot",
    "add_tranche",
    "affirm_tranche",
    "create_contract",
    "move_contract",
    "record_amendment",
    "record_billing",
    "save_contract",
    "save_holder",
]

refuse_on("uq_public_contracts_number", ContractRefusal.NUMBER_TAKEN)
_WRITTEN = (
    "title", "nature", "framework", "amount", "notified_on", "delivered_on", "legal_base", "clause_kind",
    "commune_insee",
)  # fmt: skip


@transaction
def create_contract(row_id: UUID, values: ContractValues, *, by: Actor, today: date) -> PublicContract:
    """A new contract, in preparation; the same ``row_id`` again finds the one already made. Raises Refused."""
    if not by.is_any(*STEERS):
        raise NotFound
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(row_id), 0))))
    if db.session.get(PublicContract, row_id) is not None:
        return locked(row_id, by=by)
    refuse(contract_refusals(values), FIELDS)
    contract = PublicContract(id=row_id, state=ContractState.PREPARED, source=values.source)
    if by.role is Role.FACILITATOR:
        contract.facilitator_id, contract.facilitator_organisation_id = by.user_id, by.organisation_id
    _write(contract, values, by, today)
    db.session.add(contract)
    db.session.flush()
    align(contract, by)
    db.session.flush()
    audit.note(by, "clause.contract.created", "public_contract", contract.id, number=contract.number)
    return contract


@transaction
def save_contract(
    contract_id: UUID, values: ContractValues, *, by: Actor, today: date, version: int | None = None
) -> PublicContract:
    """Write over the version that the person saw. Once started, amount and dates only change by an avenant.

    Raises NotFound, StaleVersion (with what is now written), Refused.
    """
    contract = locked(contract_id, by=by, version=version)
    now = Dated(contract.amount, contract.notified_on, contract.delivered_on)
    refuse(contract_refusals(values, state=contract.state, now=now), FIELDS)
    before = {name: getattr(contract, name) for name in _WRITTEN}
    _write(contract, values, by, today)
    changed = [name for name in _WRITTEN if before[name] != getattr(contract, name)]
    db.session.flush()
    align(contract, by)
    db.session.flush()
    audit.note(by, "clause.contract.saved", "public_contract", contract.id, fields=changed)
    return contract


def _write(contract: PublicContract, values: ContractValues, by: Actor, today: date) -> None:
    """Put the values in the row. A facilitator keeps the PLIE in charge; the territory is the one of the place."""
    buyer = buyer_for(values.buyer, by)
    number = values.number.strip()
    taken = select(PublicContract.id).where(PublicContract.buyer_id == buyer.id, PublicContract.number == number)
    with db.session.no_autoflush:
        if db.session.scalar(taken.where(PublicContract.id != contract.id)) is not None:
            refuse((ContractRefusal.NUMBER_TAKEN,), FIELDS)
    for name in _WRITTEN:
        setattr(contract, name, getattr(values, name))
    contract.buyer_id, contract.number, contract.title = buyer.id, number, values.title.strip()
    contract.cpv = read_cpv(values.cpv)[0]
    contract.obligation_reason = values.obligation_reason.strip()
    if by.role is not Role.FACILITATOR and values.facilitator_organisation_id is not None:
        contract.facilitator_organisation_id = values.facilitator_organisation_id
    placed = assignment_on(values.commune_insee, today) if values.commune_insee else None
    contract.territory_code = placed.territory_code if placed else contract.territory_code or by.territory_code


@transaction
def move_contract(
    contract_id: UUID,
    action: ContractAction,
    *,
    by: Actor,
    today: date,
    version: int | None = None,
    reason: str = "",
) -> PublicContract:
    """Start, deliver, close, reopen or cancel. The same button sent twice is one act.

    Raises NotFound, StaleVersion, Refused: wrong state, or all that lacks for the start.
    """
    try:
        contract = locked(contract_id, by=by, version=version)
    except StaleVersion:
        contract = locked(contract_id, by=by)
        if contract.version != (version or 0) + 1 or not _was_just(contract, action, by):
            raise
        return contract
    PUBLIC_CONTRACT.target(action, contract.state, by.role)
    unstarted = contract.state in {ContractState.PREPARED, ContractState.CANCELLED}
    if unstarted and action in {ContractAction.START, ContractAction.REOPEN}:
        refuse(start_refusals(contract.notified_on, _readiness(contract)), {})
        align(contract, by)
    if action is ContractAction.DELIVER and contract.delivered_on is None:
        _note_delivery(contract, by, today)
    move(contract, PUBLIC_CONTRACT, action, by, subject="contract", reason=reason)
    db.session.flush()
    return contract


def _was_just(contract: PublicContract, action: ContractAction, by: Actor) -> bool:
    query = select(ClauseTransition).where(ClauseTransition.subject_id == contract.id)
    last = db.session.scalar(query.order_by(ClauseTransition.at.desc()).limit(1))
    return last is not None and (last.action, last.by_user_id) == (action.value, by.user_id)


def _readiness(contract: PublicContract) -> list[LotReadiness]:
    ready = []
    for lot in lots_of(contract):
        last = max(lot.versions, key=lambda version: (version.known_from, version.recorded_at), default=None)
        owes = last is not None and (last.hours > 0 or last.method is ObjectiveMethod.BILLED_RATE)
        present = [one for one in lot.holders if one.until is None and one.role is not HolderRole.SUBCONTRACTOR]
        ready.append(LotReadiness(owes, tuple(one.share for one in present if one.share is not None)))
    return ready


def _note_delivery(contract: PublicContract, by: Actor, today: date) -> None:
    """No delivery was planned: it is today, as a version of its own so that the past keeps saying none."""
    first_version(contract)
    db.session.flush()
    last = db.session.scalar(select(func.max(ContractVersion.number)).where(ContractVersion.contract_id == contract.id))
    day = max(today, contract.notified_on or today)
    contract.delivered_on = day
    db.session.add(
        ContractVersion(
            contract_id=contract.id,
            number=(last or 0) + 1,
            valid_from=day,
            known_from=day,
            label="Livraison notée",
            amount=contract.amount,
            delivered_on=day,
            recorded_by=by.user_id,
        )
    )
