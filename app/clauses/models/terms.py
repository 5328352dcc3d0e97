"""What did the clause of a contract say on a day: who counts, how long, which hours, when to report, at what price?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped


class ClauseTerms(Identified, Base):
    """One dated version of the terms of a contract (rules.terms.Terms as JSON). Never changed."""

    __tablename__ = "clause_terms"
    __table_args__ = (
        CheckConstraint("known_from >= valid_from", name="known_after_valid"),
        Index("uq_clause_terms_day", "contract_id", "valid_from", unique=True),
    )

    contract_id: Mapped[UUID] = mapped_column(ForeignKey("public_contracts.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    known_from: Mapped[date]
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
    note: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class TermsTemplate(Stamped, Base):
    """Terms to start from; the département keeps its own."""

    __tablename__ = "clause_terms_templates"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
    active: Mapped[bool] = mapped_column(default=True)
