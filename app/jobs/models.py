"""Which jobs ran, when, for which day, and with which outcome? Which scheduler processes live?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Identified, Instant, enum_column
from app.jobs.rules import RunOutcome, RunTrigger


class JobRun(Identified, Base):
    """One run. A slot of the schedule (``job``, ``due_at``) has one run at most, however many schedulers live."""

    __tablename__ = "job_runs"
    __table_args__ = (
        CheckConstraint("(outcome = 'running') = (ended_at IS NULL)", name="ended_has_instant"),
        CheckConstraint("(trigger = 'replay') = (due_at IS NULL)", name="slot"),
        Index("uq_job_runs_slot", "job", "due_at", unique=True, postgresql_where="due_at IS NOT NULL"),
        Index("ix_job_runs_job_started_at", "job", "started_at"),
        Index("ix_job_runs_started_at", "started_at"),
    )

    job: Mapped[str]
    due_at: Mapped[Instant | None]
    """The instant of the schedule that this run serves; None for a replay by hand."""
    for_day: Mapped[date]
    """The civil day that the job takes for today."""
    trigger: Mapped[RunTrigger] = enum_column(RunTrigger, name="trigger")
    started_at: Mapped[Instant] = mapped_column(default=clock.now)
    ended_at: Mapped[Instant | None]
    outcome: Mapped[RunOutcome] = enum_column(RunOutcome, name="outcome", default=RunOutcome.RUNNING)
    counts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    error: Mapped[str] = mapped_column(default="")
    process_id: Mapped[UUID | None]
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class SchedulerProcess(Identified, Base):
    """A scheduler process and when it was last seen alive."""

    __tablename__ = "scheduler_processes"

    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[Instant] = mapped_column(default=clock.now)
    seen_at: Mapped[Instant] = mapped_column(default=clock.now)
    stopped_at: Mapped[Instant | None]
