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
    """One run, or one try of it. A slot (``job``, ``due_at``) is running or done once, however many schedulers live;
    tries that failed or were abandoned stay beside."""

    __tablename__ = "job_runs"
    __table_args__ = (
        CheckConstraint("(outcome IN ('asked', 'running')) = (ended_at IS NULL)", name="ended_has_instant"),
        CheckConstraint("(trigger = 'replay') = (due_at IS NULL)", name="slot"),
        CheckConstraint("outcome <> 'asked' OR trigger = 'replay'", name="asked_is_replay"),
        Index("uq_job_runs_slot", "job", "due_at", unique=True, postgresql_where="outcome IN ('running', 'done')"),
        Index("ix_job_runs_open", "job", postgresql_where="outcome IN ('asked', 'running')"),
        Index("ix_job_runs_job_due_at", "job", "due_at"),
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
    """When it began; of a run only asked for, when it was asked."""
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
