"""Which penalties were computed and what did the buyer decide; which statements and attestations were issued?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clauses.models.contracts import Holder, Lot
from app.clauses.rules.kinds import PenaltyKind, StatementKind
from app.clauses.rules.states import PenaltyState
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Money, Stamped, Versioned, enum_column


class Penalty(Identified, Stamped, Versioned, Base):
    """A penalty as computed on a day: quantity × unit = amount. The buyer notifies or waives it, with a reason."""

    __tablename__ = "clause_penalties"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND unit >= 0 AND amount >= 0", name="positive"),
        CheckConstraint("(state = 'waived') = (waived_reason <> '')", name="waived_has_reason"),
        CheckConstraint("state <> 'notified' OR notified_on IS NOT NULL", name="notified_has_day"),
        Index("ix_clause_penalties_lot_id", "lot_id"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_holders.id"))
    kind: Mapped[PenaltyKind] = enum_column(PenaltyKind, name="kind")
    computed_on: Mapped[date]
    quantity: Mapped[Hours]
    """Missing hours, or days late."""
    unit: Mapped[Money]
    amount: Mapped[Money]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    state: Mapped[PenaltyState] = enum_column(PenaltyState, name="state", default=PenaltyState.CALCULATED)
    notified_on: Mapped[date | None]
    waived_reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    lot: Mapped[Lot] = relationship(lazy="raise_on_sql")
    holder: Mapped[Holder | None] = relationship(lazy="raise_on_sql")


class Statement(Identified, Base):
    """A statement or an attestation as issued: its figures, its document, and the code that a public page checks."""

    __tablename__ = "clause_statements"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_has_reason"),
        Index("ix_clause_statements_contract_id", "contract_id"),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("public_contracts.id"))
    lot_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_lots.id"))
    holder_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_holders.id"))
    kind: Mapped[StatementKind] = enum_column(StatementKind, name="kind")
    as_of: Mapped[date]
    code: Mapped[str] = mapped_column(unique=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)
    document: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    objective: Mapped[Hours]
    validated: Mapped[Hours]
    signatory_name: Mapped[str]
    signatory_title: Mapped[str] = mapped_column(default="")
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    issued_at: Mapped[Instant] = mapped_column(default=clock.now)
    revoked_at: Mapped[Instant | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
