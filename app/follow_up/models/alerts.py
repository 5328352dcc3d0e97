"""Which weak signals were noticed, who was told, and how did each end?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Identified, Instant, Versioned, enum_column, enum_type
from app.follow_up.models.follow_ups import FollowUp
from app.follow_up.rules.kinds import AlertKind, AlertLevel, AlertOutcome
from app.follow_up.rules.states import AlertAction, AlertState


class Alert(Identified, Versioned, Base):
    """A weak signal of one follow-up. ``key`` says which facts it stands on, so that it opens once.

    Read by the referent (or who covers them), and by their managers once ``level`` is manager; by nobody else.
    """

    __tablename__ = "follow_up_alerts"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="closed_has_outcome"),
        CheckConstraint("(level = 'manager') = (escalated_on IS NOT NULL)", name="escalated_has_day"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        Index("uq_follow_up_alerts_key", "follow_up_id", "key", unique=True),
        Index("ix_follow_up_alerts_state", "state", "opened_on"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    kind: Mapped[AlertKind] = enum_column(AlertKind, name="kind")
    key: Mapped[str]
    state: Mapped[AlertState] = enum_column(AlertState, name="state", default=AlertState.OPEN)
    level: Mapped[AlertLevel] = enum_column(AlertLevel, name="level", default=AlertLevel.REFERENT)
    opened_on: Mapped[date]
    opened_at: Mapped[Instant] = mapped_column(default=clock.now)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Dates and figures behind it, as the rules gave them: the page makes the sentence."""
    escalated_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    outcome: Mapped[AlertOutcome | None] = enum_column(AlertOutcome, name="outcome")
    outcome_words: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]

    follow_up: Mapped[FollowUp] = relationship(lazy="raise_on_sql")


class AlertStep(Identified, Base):
    """What was done about an alert, by whom, when."""

    __tablename__ = "follow_up_alert_steps"
    __table_args__ = (Index("ix_follow_up_alert_steps_alert_id", "alert_id"),)

    alert_id: Mapped[UUID] = mapped_column(ForeignKey("follow_up_alerts.id", ondelete="CASCADE"))
    action: Mapped[AlertAction] = mapped_column(enum_type(AlertAction, name="action"))
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
