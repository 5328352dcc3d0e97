"""Who counts for which contract, on which proof, until when, and who works on which lot?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.applications.models import Hire
from app.candidates.models import Candidate
from app.clauses.models.contracts import Holder, Lot, PublicContract
from app.clauses.rules.kinds import Mode
from app.core.db import Base, Hours, Identified, Stamped, Versioned, enum_column
from app.offers.rules import EmploymentKind


class ClauseCategory(Base):
    """A category of people who may count, its proof and how old the proof may be. Data of the département."""

    __tablename__ = "clause_categories"

    slug: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    proof: Mapped[str]
    proof_max_months: Mapped[int | None]
    needs_text: Mapped[bool] = mapped_column(default=False)
    rank: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)


class EligibilityCheck(Identified, Stamped, Base):
    """A facilitator saw the proof: this person may be hired on this contract until ``good_until`` (None: no end).

    Never shown to an employer, who reads only the last day. A new check ends the one before (``ended_on``).
    """

    __tablename__ = "eligibility_checks"
    __table_args__ = (
        Index(
            "uq_eligibility_checks_current",
            "candidate_id",
            "contract_id",
            unique=True,
            postgresql_where="ended_on IS NULL",
        ),
        Index("ix_eligibility_checks_contract_id", "contract_id"),
        Index("ix_eligibility_checks_good_until", "good_until"),
    )

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("public_contracts.id"))
    category_slug: Mapped[str] = mapped_column(ForeignKey("clause_categories.slug"))
    proof_dated_on: Mapped[date | None]
    judged_on: Mapped[date]
    """The hire date for which it was judged, today when nobody is hired yet."""
    good_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    checked_by_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(default="")

    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    contract: Mapped[PublicContract] = relationship(lazy="raise_on_sql")
    category: Mapped[ClauseCategory] = relationship(lazy="raise_on_sql")
    checker: Mapped[User | None] = relationship(lazy="raise_on_sql")


class ClauseEmployment(Identified, Stamped, Versioned, Base):
    """A person at work on a lot: who employs them of record, how, since when, and until when their hours count.

    ``counts_from`` is the first hire on the clause; ``counts_until`` the last day that counts (None: no end known).
    ``employer_key`` is the SIRET, or the name in lower case: two spellings are one employer.
    """

    __tablename__ = "clause_employments"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),
        CheckConstraint("hours_week > 0 AND hours_week <= 48", name="hours_week"),
        Index("uq_clause_employments", "lot_id", "candidate_id", "employer_key", "started_on", unique=True),
        Index("ix_clause_employments_candidate_id", "candidate_id"),
        Index("ix_clause_employments_holder_id", "holder_id"),
        Index("ix_clause_employments_hire_id", "hire_id", unique=True, postgresql_where="hire_id IS NOT NULL"),
    )

    check_id: Mapped[UUID] = mapped_column(ForeignKey("eligibility_checks.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"))
    hire_id: Mapped[UUID | None] = mapped_column(ForeignKey("hires.id"))
    mode: Mapped[Mode] = enum_column(Mode, name="mode")
    employer_name: Mapped[str]
    employer_key: Mapped[str]
    employment_kind: Mapped[EmploymentKind] = enum_column(EmploymentKind, name="employment_kind")
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    hours_week: Mapped[Hours]
    tutor_name: Mapped[str] = mapped_column(default="")
    payroll_number: Mapped[str] = mapped_column(default="")
    counts_from: Mapped[date]
    counts_until: Mapped[date | None]

    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    lot: Mapped[Lot] = relationship(lazy="raise_on_sql")
    holder: Mapped[Holder] = relationship(lazy="raise_on_sql")
    check: Mapped[EligibilityCheck] = relationship(lazy="raise_on_sql")
    hire: Mapped[Hire | None] = relationship(lazy="raise_on_sql")
