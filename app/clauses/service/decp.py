"""The official file of public contracts: kept with what it would change, then taken whole or in part, never twice."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert

from app.audit import service as audit
from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.decp_said import field_words
from app.clauses.models import DecpImport, DecpImportLine
from app.clauses.queries import decp as queries
from app.clauses.rules.decp import DecpContract, DecpFault, DecpKey, DecpLine, DecpOutcome, changed_fields, compare
from app.clauses.rules.decp.taking import as_json
from app.clauses.service.decp_reading import read_safely
from app.clauses.service.decp_taking import Taker
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.fields import clean_text
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal

STEERS: Final = (Role.FACILITATOR, Role.DEPARTMENT)
AT_ONCE: Final = 100
"""Lines taken by one request: a page answers in seconds, and says how many are left."""
OTHERS: Final = "others"
"""The fault of a contract that another team steers."""


@transaction
def start_import(row_id: UUID, data: bytes, *, file_name: str, by: Actor) -> DecpImport:
    """Read a file and keep one line a contract for the preview. A second sending finds the first. Raises Refused."""
    if by.role not in STEERS or by.user_id is None:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    if db.session.get(DecpImport, row_id) is not None:
        return queries.the_import(by, row_id)
    read = read_safely(data)
    known = queries.known_contracts(by, {contract.key for contract in read.contracts})
    lines = compare({key: one.contract for key, one in known.items()}, read)
    made = DecpImport(
        id=row_id,
        by=by.user_id,
        organisation_id=by.organisation_id,
        file_name=clean_text(file_name)[:200],
        file_sha256=sha256(data).hexdigest(),
    )
    db.session.add(made)
    db.session.flush()
    rows = [_row(row_id, number, line, known) for number, line in enumerate(lines, 1)]
    db.session.execute(insert(DecpImportLine), rows)
    audit.note(by, "decp.read", "decp_import", row_id, lines=len(rows))
    return made


def _row(import_id: UUID, number: int, line: DecpLine, known: Mapping[DecpKey, queries.Known]) -> dict[str, Any]:
    """A line of the preview; a contract that others steer is in error, whatever it says."""
    held = known.get(line.contract.key) if line.contract else None
    state, faults = line.outcome, [_fault(one) for one in line.faults]
    if held and not held.visible:
        state, faults = DecpOutcome.ERROR, [_said(OTHERS)]
    visible = held if held and held.visible else None
    return {
        "import_id": import_id,
        "number": number,
        "state": state.value,
        "reference": line.contract_id[:100],
        "said": as_json(line.contract) if line.contract else {},
        "changes": _changes(visible, line) if visible else [],
        "faults": faults,
        "contract_id": visible.id if visible else None,
    }


def _changes(held: queries.Known, line: DecpLine) -> list[dict[str, str]]:
    """Field by field, before and after in words."""
    assert line.contract is not None
    return [
        {"field": name, "before": field_words(held.contract, name), "after": field_words(line.contract, name)}
        for name in line.changed
    ]


def _fault(fault: DecpFault) -> dict[str, Any]:
    return {"field": fault.field, "kind": fault.kind.value, "written": fault.written, "blocking": fault.blocking}


def _said(kind: str, text: str = "") -> dict[str, Any]:
    return {"field": "", "kind": kind, "written": text, "blocking": True}


@transaction
def accept(import_id: UUID, numbers: Collection[int] | None, *, by: Actor, social: bool = True) -> tuple[int, int, int]:
    """Take the new and the changed lines, those of ``numbers`` or all that the filter shows.

    Answers how many contracts were added, how many were changed, and how many lines are left for a next time. A line
    that cannot be taken says why and waits; the others are taken.
    """
    if by.role not in STEERS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    made = queries.the_import(by, import_id, lock=True)
    query = queries.lines_of(import_id, social=social and numbers is None)
    waiting = query.where(DecpImportLine.state.in_([DecpOutcome.NEW.value, DecpOutcome.CHANGED.value]))
    if numbers is not None:
        waiting = waiting.where(DecpImportLine.number.in_(numbers))
    lines = list(db.session.scalars(waiting.limit(AT_ONCE + 1)))
    added, changed = _take(lines[:AT_ONCE], by, clock.today())
    made.added, made.changed = made.added + added, made.changed + changed
    made.accepted_at = clock.now()
    audit.note(by, "decp.accepted", "decp_import", import_id, added=added, changed=changed)
    db.session.flush()
    left = queries.count_of(waiting) if len(lines) > AT_ONCE else 0
    return added, changed, left


def _take(lines: Iterable[DecpImportLine], by: Actor, today: date) -> tuple[int, int]:
    lines = list(lines)
    contracts = queries.said_in(lines)
    known = queries.known_contracts(by, {contract.key for contract in contracts.values()})
    taker = Taker.for_contracts(list(contracts.values()), by=by, today=today)
    added = changed = 0
    for line in lines:
        contract = contracts[line.number]
        held = known.get(contract.key)
        try:
            with db.session.begin_nested():
                line.contract_id, notes = _one(taker, contract, held)
        except (Refused, NotFound) as refused:
            line.state, line.faults = DecpOutcome.ERROR.value, [*line.faults, _why(refused)]
            continue
        line.state = DecpOutcome.SAME.value
        line.faults = [*line.faults, *({**_said("note", note), "blocking": False} for note in notes)]
        added, changed = added + (held is None), changed + (held is not None)
    db.session.flush()
    return added, changed


def _one(taker: Taker, contract: DecpContract, held: queries.Known | None) -> tuple[UUID, list[str]]:
    """The id of the contract made or changed, and what a person has to finish. Raises Refused, NotFound."""
    if held is None:
        return taker.add(contract), []
    if not held.visible:
        raise NotFound
    names = changed_fields(held.contract, contract)
    return held.id, taker.change(held.id, held.contract, contract, names)


def _why(refused: Refused | NotFound) -> dict[str, Any]:
    if isinstance(refused, NotFound):
        return _said(OTHERS)
    return _said("refused", " ".join(REFUSAL_WORDS.get(one, str(one.value)) for one in refused.reasons))
