"""How does a follow-up, a visit or an alert change its state? Logged in the journal and the trail, in the same act."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.core.db import db
from app.core.roles import Actor, Role
from app.core.workflow import Stateful, Workflow
from app.follow_up.models import FollowUpTransition


def move(
    row: Stateful,
    table: Workflow[Any, Any, Role],
    action: StrEnum,
    by: Actor,
    *,
    follow_up_id: UUID,
    subject: str,
    words: str = "",
) -> None:
    """Take the row to the next state of the table. Raises Refused: wrong state, or not this role."""
    target = table.target(action, row.state, by.role)
    log(
        follow_up_id,
        subject,
        row.id,
        action.value,
        by,
        from_state=row.state.value,
        to_state=target.value,
        words=words,
    )
    row.state = target


def log(
    follow_up_id: UUID,
    subject: str,
    subject_id: UUID,
    action: str,
    by: Actor,
    *,
    from_state: str = "",
    to_state: str = "",
    words: str = "",
) -> None:
    """One line of the journal, and one of the trail (which keeps no free text).

    ``subject``: follow_up, visit, job, alert, annex, referent, voice, exchange, absence, link.
    """
    db.session.add(
        FollowUpTransition(
            follow_up_id=follow_up_id,
            subject=subject,
            subject_id=subject_id,
            action=action,
            from_state=from_state,
            to_state=to_state,
            words=words,
            by_user_id=by.user_id,
            by_name=by.name,
            by_role=by.role,
        )
    )
    audit.note(by, f"follow_up.{subject}.{action}", subject, subject_id, state=to_state)
