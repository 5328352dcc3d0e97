"""Statements and attestations: issued once with their figures and a code, drawn, and annulled with a reason."""

import secrets
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit import service as audit
from app.clauses.models import PublicContract, Statement
from app.clauses.queries import closing as queries
from app.clauses.queries.visible import the_contract
from app.clauses.rules.closing import ClosingRefusal, code_of, issue_refusals
from app.clauses.rules.kinds import StatementKind
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

_STEERS = {Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM}
_FIELDS = {
    ClosingRefusal.AS_OF_LATER: "as_of",
    ClosingRefusal.BEFORE_NOTIFICATION: "as_of",
    ClosingRefusal.NO_SIGNATORY: "signatory_name",
    ClosingRefusal.NOT_DELIVERED: "kind",
    ClosingRefusal.HOURS_WAITING: "kind",
}


@transaction
def issue(
    row_id: UUID,
    contract_id: UUID,
    *,
    lot_id: UUID | None,
    kind: StatementKind,
    as_of: date,
    signatory_name: str,
    signatory_title: str,
    by: Actor,
    today: date,
) -> Statement:
    """A document of a whole contract, or of one lot. A second sending finds the first. Raises Refused, NotFound."""
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    contract = the_contract(by, contract_id)
    db.session.execute(
        select(PublicContract.id).where(PublicContract.id == contract_id).with_for_update(key_share=True)
    )
    if known := db.session.get(Statement, row_id):
        if known.contract_id != contract_id:
            raise NotFound
        return known
    lots = [lot for lot in queries.lots_of(by, contract_id) if lot_id in {None, lot.id}]
    if not lots:
        raise NotFound
    reasons = issue_refusals(
        kind,
        state=contract.state,
        notified_on=contract.notified_on,
        as_of=as_of,
        waiting=queries.hours_waiting([lot.id for lot in lots], today),
        signatory=signatory_name,
        today=today,
    )
    if reasons:
        raise Refused(reasons, _FIELDS)
    made = Statement(id=row_id, contract_id=contract_id, lot_id=lot_id, kind=kind, as_of=as_of)
    made.signatory_name, made.signatory_title = signatory_name.strip(), signatory_title.strip()
    return _kept(made, queries.figures_of(contract, lots, as_of), by)


def _kept(made: Statement, figures: dict[str, Any], by: Actor) -> Statement:
    made.code, made.figures, made.issued_by = code_of(secrets.randbits(60)), figures, by.user_id
    made.objective, made.validated = Decimal(figures["objective"]), Decimal(figures["validated"])
    db.session.add(made)
    db.session.flush()
    audit.note(by, "clause.statement.issued", "statement", made.id, kind=made.kind.value)
    return made


@transaction
def keep_document(statement_id: UUID, document: bytes) -> None:
    """The drawn PDF, kept once: the same bytes for whoever asks again."""
    row = db.session.scalar(select(Statement).where(Statement.id == statement_id).with_for_update())
    if row is not None and row.document is None:
        row.document = document


@transaction
def revoke(statement_id: UUID, *, reason: str, by: Actor) -> Statement:
    """Annul a document: its code says so from now on. Raises Refused, NotFound."""
    if by.role not in _STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    row = queries.the_statement(by, statement_id)
    if row.revoked_at is not None:
        raise Refused(ClosingRefusal.REVOKED_ALREADY)
    if not reason.strip():
        raise Refused(ClosingRefusal.REASON_MISSING, {ClosingRefusal.REASON_MISSING: "reason"})
    row.revoked_at, row.revoked_reason = clock.now(), reason.strip()
    audit.note(by, "clause.statement.revoked", "statement", row.id)
    db.session.flush()
    return row
