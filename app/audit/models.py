"""Who did what, and who opened whose file? One append-only table; a trigger refuses changes and removals."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Instant, db


class AuditEntry(db.Model):
    """One act or one opening. ``on_behalf_of`` is the candidate for whom a professional acted."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_object", "object_type", "object_id", "id"),
        Index("ix_audit_entries_actor", "actor_user_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[Instant] = mapped_column(default=clock.now)
    actor_user_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    actor_organisation_id: Mapped[UUID | None]
    actor_organisation: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[UUID | None]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    request_id: Mapped[str] = mapped_column(default="")
