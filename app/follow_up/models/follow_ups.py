"""Who is followed after which hire, by whom, in which jobs, and how did these end?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.applications.models import Hire
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role
from app.follow_up.rules.kinds import BreakCause, BreakDecider, CloseOutcome, FollowUpOrigin, JobPlan, StopReason
from app.follow_up.rules.states import FollowUpState
from app.offers.rules import EmploymentKind
from app.organisations.models import Organisation
from app.reference.models import Commune


class FollowUp(Identified, Stamped, Versioned, Base):
    """The six months after one hire. It stays open when the person leaves the programmes they were in.

    ``starts_on`` is the first day of work, ``ends_on`` the last day inside the six months. ``settled_on`` says when
    the state left ``active`` for good or for now: the day of the break, of the closing, of the stop.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="order"),
        CheckConstraint("(state = 'active') = (settled_on IS NULL)", name="settled_has_day"),
        CheckConstraint("(state = 'closed') = (close_outcome IS NOT NULL)", name="closed_has_outcome"),
        CheckConstraint("(state = 'stopped') = (stop_reason IS NOT NULL)", name="stopped_has_reason"),
        CheckConstraint("origin NOT IN ('application') OR hire_id IS NOT NULL", name="application_has_hire"),
        Index("ix_follow_ups_state_ends_on", "state", "ends_on"),
        Index("ix_follow_ups_candidate_id", "candidate_id"),
        Index("ix_follow_ups_referent_id_state", "referent_id", "state"),
        Index("ix_follow_ups_referent_organisation_id_state", "referent_organisation_id", "state"),
        Index("ix_follow_ups_starts_on", "starts_on"),
    )

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    hire_id: Mapped[UUID | None] = mapped_column(ForeignKey("hires.id"), unique=True)
    origin: Mapped[FollowUpOrigin] = enum_column(FollowUpOrigin, name="origin")
    state: Mapped[FollowUpState] = enum_column(FollowUpState, name="state", default=FollowUpState.ACTIVE)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opened_on: Mapped[date] = mapped_column(default=clock.today)
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    referent_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    referent_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    settled_on: Mapped[date | None]
    close_outcome: Mapped[CloseOutcome | None] = enum_column(CloseOutcome, name="close_outcome")
    close_words: Mapped[str] = mapped_column(default="")
    stop_reason: Mapped[StopReason | None] = enum_column(StopReason, name="stop_reason")

    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    hire: Mapped[Hire | None] = relationship(lazy="raise_on_sql")
    referent: Mapped[User | None] = relationship(foreign_keys=[referent_id], lazy="raise_on_sql")
    referent_organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    jobs: Mapped[list["HeldJob"]] = relationship(
        back_populates="follow_up", order_by="HeldJob.rank", lazy="raise_on_sql"
    )


class HeldJob(Identified, Stamped, Versioned, Base):
    """A job held during a follow-up: rank 1 is the hire's. A renewal, another kind of employment or another employer
    is one more row; what was is never overwritten.

    ``end_on`` is the last day foreseen (None: open-ended), ``ended_on`` the last day when it did end. The employer is
    an organisation of the portal, or only a name when it has no account.
    """

    __tablename__ = "held_jobs"
    __table_args__ = (
        CheckConstraint("rank > 0", name="rank"),
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="order"),
        CheckConstraint("ended_on IS NULL OR ended_on >= start_on", name="ended_order"),
        CheckConstraint("organisation_id IS NOT NULL OR employer_name <> ''", name="has_employer"),
        CheckConstraint("hours_week > 0 AND hours_week <= 48", name="hours_week"),
        CheckConstraint("(plan IS NULL) = (planned_on IS NULL)", name="plan_has_day"),
        CheckConstraint("attested_by IS NULL OR attested_on IS NOT NULL", name="attested_has_day"),
        Index("uq_held_jobs_rank", "follow_up_id", "rank", unique=True),
        Index("ix_held_jobs_organisation_id", "organisation_id"),
        Index("ix_held_jobs_end_on", "end_on"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    rank: Mapped[int] = mapped_column(default=1)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    employer_name: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    trade_slug: Mapped[str | None] = mapped_column(ForeignKey("reference_trade.slug"))
    """The job as the reference table knows it, when somebody said it: its family is the sector of the figures."""
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"))
    employment_kind: Mapped[EmploymentKind] = enum_column(EmploymentKind, name="employment_kind")
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    trial_ends_on: Mapped[date | None]
    hours_week: Mapped[Hours]
    ended_on: Mapped[date | None]
    tutor_name: Mapped[str] = mapped_column(default="")
    tutor_phone: Mapped[str | None]
    tutor_email: Mapped[str | None]
    plan: Mapped[JobPlan | None] = enum_column(JobPlan, name="plan")
    plan_words: Mapped[str] = mapped_column(default="")
    planned_on: Mapped[date | None]
    """When it was decided what follows: the decision of the fifth month."""
    change_words: Mapped[str] = mapped_column(default="")
    """Why this row follows the one before."""
    attested_on: Mapped[date | None]
    """When a proof of the job was seen (employment papers, payslip): a positive exit of the PLIE asks for it."""
    attested_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    follow_up: Mapped[FollowUp] = relationship(back_populates="jobs", lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")


class JobBreak(Identified, Stamped, Base):
    """A job that ended before or at its term: when, why, who decided, what was tried, what comes next."""

    __tablename__ = "job_breaks"
    __table_args__ = (Index("ix_job_breaks_follow_up_id", "follow_up_id"),)

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    held_job_id: Mapped[UUID] = mapped_column(ForeignKey("held_jobs.id", ondelete="CASCADE"), unique=True)
    last_day: Mapped[date]
    cause: Mapped[BreakCause] = enum_column(BreakCause, name="cause")
    decided_by: Mapped[BreakDecider] = enum_column(BreakDecider, name="decided_by")
    tried: Mapped[str] = mapped_column(default="")
    next_words: Mapped[str] = mapped_column(default="")
    recorded_on: Mapped[date] = mapped_column(default=clock.today)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class FollowUpAssignment(Identified, Base):
    """Who was the referent of a follow-up, from when until when (last day), and why it changed."""

    __tablename__ = "follow_up_assignments"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="order"),
        Index("ix_follow_up_assignments_follow_up_id", "follow_up_id"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    user: Mapped[User | None] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")


class Cover(Identified, Stamped, Base):
    """A referent away between two days (both included), and the colleague who acts for them meanwhile."""

    __tablename__ = "follow_up_covers"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="order"),
        CheckConstraint("absent_id <> cover_id", name="two_people"),
        Index("ix_follow_up_covers_absent_id", "absent_id"),
        Index("ix_follow_up_covers_cover_id", "cover_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    absent_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    cover_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    ended_at: Mapped[Instant | None]

    absent: Mapped[User] = relationship(foreign_keys=[absent_id], lazy="raise_on_sql")
    cover: Mapped[User] = relationship(foreign_keys=[cover_id], lazy="raise_on_sql")


class FollowUpTransition(Identified, Base):
    """One line of the journal of a follow-up: ``subject`` is follow_up, visit, job, alert, annex, referent…

    ``words`` is a French sentence without a detail that one of its readers may not know.
    """

    __tablename__ = "follow_up_transitions"
    __table_args__ = (Index("ix_follow_up_transitions_follow_up_id_at", "follow_up_id", "at"),)

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    action: Mapped[str]
    from_state: Mapped[str] = mapped_column(default="")
    to_state: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    by_role: Mapped[Role] = mapped_column(enum_type(Role, name="by_role"))
