"""Which hours were reported for whom, in which state is each line, and what stood declared and validated on a day?"""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.candidates.models import Candidate
from app.clauses.models.contracts import Holder, Lot
from app.clauses.models.eligibility import ClauseEmployment
from app.clauses.models.imports import HourImport
from app.clauses.rules.kinds import EntryStage, HourKind, Mode, OverReason
from app.clauses.rules.states import ReportState
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column


class HourReport(Identified, Stamped, Versioned, Base):
    """The hours of one holder on its lot for one period (``months`` months from ``first_month``)."""

    __tablename__ = "hour_reports"
    __table_args__ = (
        CheckConstraint("months IN (1, 3, 6)", name="months"),
        CheckConstraint("extract(day FROM first_month) = 1", name="first_of_month"),
        CheckConstraint("(state = 'draft') <= (locked_on IS NULL)", name="draft_is_open"),
        CheckConstraint("(state IN ('declared', 'validated', 'locked')) <= (declared_on IS NOT NULL)", name="declared"),
        Index("uq_hour_reports_period", "holder_id", "first_month", unique=True),
        Index("ix_hour_reports_state_due_on", "state", "due_on"),
        Index("ix_hour_reports_lot_id", "lot_id"),
    )

    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"))
    first_month: Mapped[date]
    months: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date]
    state: Mapped[ReportState] = enum_column(ReportState, name="state", default=ReportState.DRAFT)
    declared_on: Mapped[date | None]
    declared_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    locked_on: Mapped[date | None]
    nothing_to_report: Mapped[bool] = mapped_column(default=False)

    holder: Mapped[Holder] = relationship(lazy="raise_on_sql")
    lot: Mapped[Lot] = relationship(lazy="raise_on_sql")
    declarer: Mapped[User | None] = relationship(lazy="raise_on_sql")
    lines: Mapped[list["HourLine"]] = relationship(back_populates="report", lazy="raise_on_sql")


class HourLine(Identified, Stamped, Base):
    """One line: lot, person, employer of record, month, kind. Once locked it never changes: ``corrects_id`` points at
    the line that a later, dated line corrects, and its hours are the difference (they may be negative)."""

    __tablename__ = "hour_lines"
    __table_args__ = (
        CheckConstraint("corrects_id IS NOT NULL OR hours >= 0", name="hours_positive"),
        CheckConstraint("extract(day FROM month) = 1", name="first_of_month"),
        CheckConstraint("(state IN ('validated', 'locked')) = (validated_on IS NOT NULL)", name="validated_has_day"),
        CheckConstraint("(state IN ('declared', 'validated', 'locked')) <= (declared_on IS NOT NULL)", name="declared"),
        CheckConstraint("state <> 'returned' OR return_text <> ''", name="returned_has_reason"),
        Index(
            "uq_hour_lines_one",
            "lot_id",
            "candidate_id",
            "employer_key",
            "month",
            "kind",
            unique=True,
            postgresql_where="corrects_id IS NULL",
        ),
        Index("ix_hour_lines_report_id", "report_id"),
        Index("ix_hour_lines_candidate_id_month", "candidate_id", "month"),
        Index("ix_hour_lines_import_id", "import_id", postgresql_where="import_id IS NOT NULL"),
        Index("ix_hour_lines_corrects_id", "corrects_id", postgresql_where="corrects_id IS NOT NULL"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("hour_reports.id", ondelete="CASCADE"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"))
    employment_id: Mapped[UUID] = mapped_column(ForeignKey("clause_employments.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    employer_key: Mapped[str]
    mode: Mapped[Mode] = enum_column(Mode, name="mode")
    month: Mapped[date]
    kind: Mapped[HourKind] = enum_column(HourKind, name="kind", default=HourKind.WORK)
    hours: Mapped[Hours]
    state: Mapped[ReportState] = enum_column(ReportState, name="state", default=ReportState.DRAFT)
    over_reason: Mapped[OverReason | None] = enum_column(OverReason, name="over_reason")
    over_text: Mapped[str] = mapped_column(default="")
    return_text: Mapped[str] = mapped_column(default="")
    confirmed: Mapped[bool] = mapped_column(default=True)
    """False while the hours are those of last month, taken over for the person to confirm."""
    declared_on: Mapped[date | None]
    validated_on: Mapped[date | None]
    validated_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("hour_imports.id", ondelete="SET NULL"))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("hour_lines.id"))
    correction_text: Mapped[str] = mapped_column(default="")

    report: Mapped[HourReport] = relationship(back_populates="lines", lazy="raise_on_sql")
    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    employment: Mapped[ClauseEmployment] = relationship(lazy="raise_on_sql")
    imported: Mapped[HourImport | None] = relationship(lazy="raise_on_sql")


class HourEntry(Base):
    """The ledger: hours added to or taken from what a lot had declared or validated, on a day. Only ever added to.

    Progress as of a past day is a sum over it, and says for ever what it said then.
    """

    __tablename__ = "hour_entries"
    __table_args__ = (
        Index("ix_hour_entries_lot_id_on", "lot_id", "on"),
        Index("ix_hour_entries_line_id", "line_id"),
        Index("ix_hour_entries_candidate_id", "candidate_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("hour_lines.id"))
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"))
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    month: Mapped[date]
    on: Mapped[date]
    stage: Mapped[EntryStage] = enum_column(EntryStage, name="stage")
    hours: Mapped[Hours]
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class LotDay(Base):
    """The ledger summed by lot, holder, day and month worked: what pages and lists of thousands of lots read."""

    __tablename__ = "lot_days"

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"), primary_key=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    declared: Mapped[Hours]
    validated: Mapped[Hours]


class LotTotal(Base):
    """The ledger of a lot summed up to now: what the table of all contracts reads when no past day is asked."""

    __tablename__ = "lot_totals"

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"), primary_key=True)
    declared: Mapped[Hours]
    validated: Mapped[Hours]


class HourDocument(Identified, Base):
    """A proof attached to a report, or to one of its lines: a payslip, a timesheet, an invoice."""

    __tablename__ = "hour_documents"
    __table_args__ = (
        Index("ix_hour_documents_report_id", "report_id"),
        CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("hour_reports.id", ondelete="CASCADE"))
    employment_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause_employments.id"))
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[Instant] = mapped_column(default=clock.now)


class HourReminder(Identified, Base):
    """A message drafted because a report is late: one a holder, period and level."""

    __tablename__ = "hour_reminders"
    __table_args__ = (Index("uq_hour_reminders_level", "holder_id", "first_month", "level", unique=True),)

    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id", ondelete="CASCADE"))
    first_month: Mapped[date]
    level: Mapped[int]
    made_on: Mapped[date]
    sent_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")
    dropped_on: Mapped[date | None]

    holder: Mapped[Holder] = relationship(lazy="raise_on_sql")
