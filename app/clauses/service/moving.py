"""How does a contract, a report, a penalty or a staffing request change its state? Logged in the same transaction."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.clauses.models import ClauseTransition
from app.core.db import db
from app.core.roles import Actor, Role
from app.core.workflow import Stateful, Workflow


def move(
    row: Stateful,
    table: Workflow[Any, Any, Role],
    action: StrEnum,
    by: Actor,
    *,
    subject: str,
    reason: str = "",
) -> None:
    """Take the row to the next state of the table. Raises Refused: wrong state, or not this role.

    ``subject`` is the word of the log: contract, report, penalty, staffing.
    """
    target = table.target(action, row.state, by.role)
    log(subject, row.id, action.value, row.state.value, target.value, by, reason)
    row.state = target


def log(subject: str, row_id: UUID, action: str, from_state: str, to_state: str, by: Actor, reason: str = "") -> None:
    """One line of history, and one of the trail (which keeps no free text)."""
    db.session.add(
        ClauseTransition(
            subject=subject,
            subject_id=row_id,
            action=action,
            from_state=from_state,
            to_state=to_state,
            by_user_id=by.user_id,
            by_name=by.name,
            by_role=by.role,
            reason=reason,
        )
    )
    audit.note(by, f"clause.{subject}.{action}", subject, row_id, state=to_state)
