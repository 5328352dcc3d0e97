"""Penalties: computed here, lot by lot, and what the buyer decided about each."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.audit import service as audit
from app.clauses.models import Lot, Penalty, PublicContract
from app.clauses.queries import closing as queries
from app.clauses.queries.standing import lots_standing, terms_of
from app.clauses.queries.visible import the_contract, the_lot
from app.clauses.rules.closing import ClosingRefusal, late_refusals
from app.clauses.rules.objective import rate
from app.clauses.rules.penalties import ComputedPenalty, late_proof, missing_hours, waiver_refusals
from app.clauses.rules.states import PENALTY, PenaltyAction
from app.clauses.service.ledger import lock_lots
from app.clauses.service.moving import move
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

_STEERS = {Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM}


@transaction
def compute_missing(contract_id: UUID, *, by: Actor, today: date) -> list[Penalty]:
    """The missing hours of each lot of a delivered contract × the price of its terms. Computing again replaces what
    nobody has decided about, and leaves alone what was notified or waived.

    With pooling, hours that another lot did in excess are taken off in proportion to what each lot misses.
    Raises Refused: not delivered yet, no price in the terms, nothing missing.
    """
    contract = _steered(contract_id, by)
    if contract.delivered_on is None or contract.delivered_on >= today:
        raise Refused(ClosingRefusal.NOT_DELIVERED)
    terms = terms_of(contract.id, contract.delivered_on)
    if terms.penalty_per_hour is None:
        raise Refused(ClosingRefusal.NO_UNIT)
    lots = queries.lots_of(by, contract.id)
    lock_lots([lot.id for lot in lots])
    made = []
    for lot, due, done in _shortfalls(lots, today, pooling=terms.pooling):
        made += _kept(lot, missing_hours(due, done, terms.penalty_per_hour), by, today)
    if not made:
        raise Refused(ClosingRefusal.NOTHING_DUE)
    return made


def _shortfalls(lots: Sequence[Lot], today: date, *, pooling: bool) -> list[tuple[Lot, Decimal, Decimal]]:
    """(lot, hours due, hours that count) of each lot; with pooling the excess is shared out."""
    stands = lots_standing([lot.id for lot in lots], today)
    pairs = [(lot, stands[lot.id].objective, stands[lot.id].validated) for lot in lots]
    if not pooling:
        return pairs
    missing = sum((max(due - done, Decimal(0)) for _, due, done in pairs), Decimal(0))
    pooled = rate([(due, done) for _, due, done in pairs], pooling=True).missing
    kept = pooled / missing if missing else Decimal(0)
    return [(lot, due, due - max(due - done, Decimal(0)) * kept) for lot, due, done in pairs]


@transaction
def compute_late(
    lot_id: UUID, *, notice_due_on: date, received_on: date | None, by: Actor, today: date
) -> list[Penalty]:
    """Days late after a formal notice × the price of the terms. Raises Refused."""
    lot = the_lot(by, lot_id)
    _steered(lot.contract_id, by)
    terms = terms_of(lot.contract_id, notice_due_on)
    if terms.penalty_per_day is None:
        raise Refused(ClosingRefusal.NO_UNIT)
    if reasons := late_refusals(notice_due_on, received_on, today):
        fields = {ClosingRefusal.NOTICE_LATER: "notice_due_on", ClosingRefusal.AS_OF_LATER: "received_on"}
        raise Refused(reasons, fields)
    lock_lots([lot.id])
    made = _kept(lot, late_proof(notice_due_on, received_on, terms.penalty_per_day, today=today), by, today)
    if not made:
        raise Refused(ClosingRefusal.NOTHING_DUE)
    return made


def _kept(lot: Lot, computed: ComputedPenalty, by: Actor, today: date) -> list[Penalty]:
    """The row of a computed penalty, new or the one that nobody has decided about; nothing when nothing is due."""
    known = queries.open_penalty(lot.id, computed.kind)
    decided = any(
        row.kind is computed.kind and row.lot_id == lot.id and row.inputs == computed.inputs
        for row in queries.penalties_of(lot.contract_id)
        if row is not known
    )
    if not computed.is_due or decided:
        if known is not None:
            db.session.delete(known)
        return []
    leader = queries.leader_of(lot)
    row = known or Penalty(lot_id=lot.id, kind=computed.kind, holder_id=leader.id if leader else None)
    row.computed_on, row.quantity, row.unit = today, computed.quantity, computed.unit
    row.amount, row.inputs = computed.amount, computed.inputs
    db.session.add(row)
    db.session.flush()
    audit.note(by, "clause.penalty.computed", "penalty", row.id, kind=row.kind.value, amount=str(row.amount))
    return [row]


@transaction
def decide(
    penalty_id: UUID,
    action: PenaltyAction,
    *,
    version: int,
    by: Actor,
    today: date,
    notified_on: date | None = None,
    reason: str = "",
) -> Penalty:
    """Note what the buyer decided. Raises Refused, StaleVersion, NotFound."""
    penalty = queries.the_penalty(by, penalty_id)
    if penalty.version != version:
        raise StaleVersion({"version": penalty.version})
    if action is PenaltyAction.WAIVE:
        if reasons := waiver_refusals(reason):
            raise Refused(reasons, dict.fromkeys(reasons, "reason"))
        penalty.waived_reason = reason.strip()
    else:
        day = notified_on or today
        if day > today:
            raise Refused(ClosingRefusal.NOTIFIED_LATER, {ClosingRefusal.NOTIFIED_LATER: "notified_on"})
        penalty.notified_on = day
    move(penalty, PENALTY, action, by, subject="penalty", reason=reason.strip())
    penalty.decided_by = by.user_id
    db.session.flush()
    return penalty


def _steered(contract_id: UUID, by: Actor) -> PublicContract:
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    return the_contract(by, contract_id)
