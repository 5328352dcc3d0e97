"""How does an event, a booking, a meeting or a task change its state? Logged in the journal and the trail at once."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.core.db import db
from app.core.roles import Actor, Role
from app.core.workflow import Stateful, Workflow
from app.events.models import EventTransition


def move(
    row: Stateful,
    table: Workflow[Any, Any, Role],
    action: StrEnum,
    by: Actor,
    *,
    event_id: UUID,
    subject: str,
    words: str = "",
) -> None:
    """Take the row to the next state of the table. Raises Refused: wrong state, or not this role."""
    target = table.target(action, row.state, by.role)
    log(
        event_id,
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
    event_id: UUID,
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

    ``subject``: event, programme, slot, booking, wish, plan, meeting, task, review.
    """
    db.session.add(
        EventTransition(
            event_id=event_id,
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
    audit.note(by, f"event.{subject}.{action}", subject, subject_id, state=to_state)
