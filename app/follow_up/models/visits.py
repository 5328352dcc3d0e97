"""When are the calls and visits of a follow-up, how were they moved, and what came of them?"""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column
from app.follow_up.models.follow_ups import FollowUp
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.states import VisitState


class Visit(Identified, Stamped, Versioned, Base):
    """A row of the calendar. ``due_on`` is what the rule says, ``planned_on`` what was agreed (the same at first).

    ``sequence`` grows with every change that a calendar program must see. ``report`` is the referent's note for
    those of their side; the words of tutor and person are rows of ``Voice``.
    """

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("(state IN ('held', 'absent', 'no_answer', 'refused')) <= (met_on IS NOT NULL)", name="met"),
        CheckConstraint("minutes > 0 AND minutes <= 480", name="minutes"),
        Index(
            "uq_visits_kind",
            "follow_up_id",
            "kind",
            unique=True,
            postgresql_where="kind <> 'extra' AND state NOT IN ('cancelled', 'absent', 'no_answer', 'refused')",
        ),
        Index("ix_visits_follow_up_id_planned_on", "follow_up_id", "planned_on"),
        Index("ix_visits_planned", "planned_on", postgresql_where="state = 'planned'"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    kind: Mapped[VisitKind] = enum_column(VisitKind, name="kind")
    state: Mapped[VisitState] = enum_column(VisitState, name="state", default=VisitState.PLANNED)
    due_on: Mapped[date]
    planned_on: Mapped[date]
    planned_at: Mapped[time | None]
    """Paris time of the day; None: during the day."""
    minutes: Mapped[int] = mapped_column(default=30)
    mode: Mapped[MeetingMode] = enum_column(MeetingMode, name="mode", default=MeetingMode.PLACE)
    place: Mapped[str] = mapped_column(default="")
    """Where, which number, or the address of the video room."""
    with_tutor: Mapped[bool] = mapped_column(default=True)
    by_hand: Mapped[bool] = mapped_column(default=False)
    """Moved by agreement: computing the calendar again leaves it alone."""
    sequence: Mapped[int] = mapped_column(default=0)
    met_on: Mapped[date | None]
    report: Mapped[str] = mapped_column(default="")
    fits_offer: Mapped[bool | None]
    """Is the job as announced?"""
    next_words: Mapped[str] = mapped_column(default="")
    """What to speak of next time."""
    reported_at: Mapped[Instant | None]
    reported_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    follow_up: Mapped[FollowUp] = relationship(lazy="raise_on_sql")
    reporter: Mapped[User | None] = relationship(lazy="raise_on_sql")


class VisitMove(Identified, Base):
    """A visit moved: from when to when, why, and who agreed."""

    __tablename__ = "visit_moves"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="has_reason"),
        Index("ix_visit_moves_visit_id", "visit_id"),
    )

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str]
    agreed_with: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]


class CalendarFeed(Identified, Base):
    """A professional's private calendar address. Only the SHA-256 of its token is kept; revoked, it is gone."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (Index("uq_calendar_feeds_user", "user_id", unique=True, postgresql_where="revoked_at IS NULL"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    revoked_at: Mapped[Instant | None]
    last_read_at: Mapped[Instant | None]
