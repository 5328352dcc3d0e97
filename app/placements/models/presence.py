"""Who was there on which half-day, and what happened?"""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, enum_column
from app.placements.rules.kinds import Half, IncidentKind, Presence


class PresenceHalf(Identified, Base):
    """What was said of one half-day. ``hours``: those done when they are not the hours expected. Never why."""

    __tablename__ = "presence_halves"
    __table_args__ = (
        CheckConstraint("hours > 0 AND hours <= 13", name="hours"),
        CheckConstraint("hours IS NULL OR status = 'present'", name="hours_of_the_present"),
        Index("uq_presence_halves", "placement_id", "day", "half", unique=True),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    day: Mapped[date]
    half: Mapped[Half] = enum_column(Half, name="half")
    status: Mapped[Presence] = enum_column(Presence, name="status")
    hours: Mapped[Hours | None]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now, onupdate=clock.now)


class PlacementIncident(Identified, Stamped, Base):
    """An accident or another fact: when, what, declared to whom. No medical detail: the form says so."""

    __tablename__ = "placement_incidents"
    __table_args__ = (
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint("(declared_to = '') = (declared_on IS NULL)", name="declared_has_day"),
        Index("ix_placement_incidents_placement_id_day", "placement_id", "day"),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    kind: Mapped[IncidentKind] = enum_column(IncidentKind, name="kind")
    day: Mapped[date]
    hour: Mapped[time | None]
    words: Mapped[str]
    declared_to: Mapped[str] = mapped_column(default="")
    """To which body the prescriber declared it."""
    declared_on: Mapped[date | None]
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
