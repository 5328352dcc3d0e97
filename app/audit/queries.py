"""What does the trail say? Read by the département and the administrators only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from app.audit.models import AuditEntry
from app.core.clock import PARIS
from app.core.db import db
from app.core.roles import Role


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the journal; both days are included."""

    object_type: str | None = None
    object_id: UUID | None = None
    role: str | None = None
    since: date | None = None
    until: date | None = None


def entries(asked: Filters) -> Select[AuditEntry]:
    """The entries that answer the filters, the newest first."""
    query = select(AuditEntry)
    if asked.object_type:
        query = query.where(AuditEntry.object_type == asked.object_type)
    if asked.object_id:
        query = query.where(AuditEntry.object_id == asked.object_id)
    if asked.role in set(Role):
        query = query.where(AuditEntry.actor_role == asked.role)
    if asked.since:
        query = query.where(AuditEntry.at >= _midnight(asked.since))
    if asked.until:
        query = query.where(AuditEntry.at < _midnight(asked.until + timedelta(days=1)))
    return query.order_by(AuditEntry.id.desc())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def was_opened(user_id: UUID | None, object_type: str, object_id: UUID, since: datetime) -> bool:
    """Has this person opened this file since then?"""
    query = select(AuditEntry.id).where(
        AuditEntry.object_type == object_type,
        AuditEntry.object_id == object_id,
        AuditEntry.action == f"{object_type}.opened",
        AuditEntry.actor_user_id == user_id,
        AuditEntry.at > since,
    )
    return bool(db.session.scalar(select(query.exists())))
