"""What is to be done after an event, by whom and until when, and what came of the event at 3 and 6 months?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column
from app.events.models.events import Event
from app.events.models.meetings import Meeting
from app.events.rules.kinds import ReviewMonth, TaskKind, TaskResult
from app.events.rules.states import TaskState
from app.organisations.models import Organisation


class PartnershipTask(Identified, Stamped, Versioned, Base):
    """Somebody does something with somebody until a day: what a meeting promised.

    The organisation that owns it, its organiser and the département read it. ``count``: how many people it led to
    a job or a stage.
    """

    __tablename__ = "event_tasks"
    __table_args__ = (
        CheckConstraint("title <> ''", name="has_title"),
        CheckConstraint("(state = 'done') = (result IS NOT NULL)", name="done_has_result"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_day"),
        CheckConstraint("count BETWEEN 0 AND 200", name="count"),
        Index("ix_event_tasks_event_id_state", "event_id", "state"),
        Index("ix_event_tasks_owner_organisation_id_state", "owner_organisation_id", "state"),
        Index("ix_event_tasks_due", "due_on", postgresql_where="state = 'open'"),
        Index("uq_event_tasks_meeting", "meeting_id", "kind", unique=True, postgresql_where="meeting_id IS NOT NULL"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_meetings.id", ondelete="CASCADE"))
    kind: Mapped[TaskKind] = enum_column(TaskKind, name="kind")
    title: Mapped[str]
    owner_organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date]
    state: Mapped[TaskState] = enum_column(TaskState, name="state", default=TaskState.OPEN)
    done_on: Mapped[date | None]
    result: Mapped[TaskResult | None] = enum_column(TaskResult, name="result")
    count: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(lazy="raise_on_sql")
    owner_organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class EventReview(Identified, Stamped, Base):
    """What came of an event by its third and sixth month: the portal's count that day, and what was learned besides."""

    __tablename__ = "event_reviews"
    __table_args__ = (
        CheckConstraint(
            "least(hires, placements, partnerships, other_hires, other_placements, other_partnerships) >= 0",
            name="counts",
        ),
        Index("uq_event_reviews_month", "event_id", "month", unique=True),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    month: Mapped[ReviewMonth] = enum_column(ReviewMonth, name="month")
    counted_on: Mapped[date]
    hires: Mapped[int]
    placements: Mapped[int]
    partnerships: Mapped[int]
    other_hires: Mapped[int] = mapped_column(default=0)
    """Learned by telephone, unknown to the portal."""
    other_placements: Mapped[int] = mapped_column(default=0)
    other_partnerships: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(default="")
    said_at: Mapped[Instant | None]
    said_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
