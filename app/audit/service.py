"""Note an act or an opening in the trail, in the transaction of the act."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import g, has_request_context

from app.audit import queries
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db
from app.core.roles import Actor
from app.core.transaction import transaction

SAME_OPENING = timedelta(hours=1)
"""Somebody who comes back to a file within this time has opened it once."""


def note(
    by: Actor,
    action: str,
    object_type: str,
    object_id: UUID | None,
    *,
    on_behalf_of: UUID | None = None,
    **details: Any,
) -> None:
    """Add one entry: ``action`` reads « application.proposed »; details are JSON, never a secret nor a free note."""
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor_user_id=by.user_id,
            actor_name=by.name,
            actor_role=by.role.value,
            actor_organisation_id=by.organisation_id,
            actor_organisation=by.organisation_name,
            on_behalf_of=on_behalf_of,
            action=action,
            object_type=object_type,
            object_id=object_id,
            details=details,
            request_id=g.get("request_id", "") if has_request_context() else "",
        )
    )


@transaction
def opened(by: Actor, candidate_id: UUID) -> None:
    """Somebody opens a person's file: noted once per reader and hour."""
    if not queries.was_opened(by.user_id, "candidate", candidate_id, clock.now() - SAME_OPENING):
        note(by, "candidate.opened", "candidate", candidate_id)
