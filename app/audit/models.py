"""Who did what, and who opened whose file? One append-only table; a trigger refuses changes and removals."""

from typing import Any
from uuid import UUID

from sqlalchemy import DDL, BigInteger, Identity, Index, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Instant


class AuditEntry(Base):
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


# Made with the table; the first migration says the same.
APPEND_ONLY = (
    """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'restrict_violation';
END $$
""",
    """
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()
""",
    """
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
""",
)

for _statement in APPEND_ONLY:
    event.listen(AuditEntry.__table__, "after_create", DDL(_statement))
event.listen(AuditEntry.__table__, "after_drop", DDL("DROP FUNCTION IF EXISTS refuse_audit_change()"))
