"""Who wishes to meet whom, which plan was made, who meets whom in which round, and what came of it?"""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column
from app.events.models.bookings import Booking
from app.events.models.events import Slot
from app.events.rules.kinds import ClockPhase, Outcome, Wish
from app.events.rules.states import MeetingState


class MeetingSetup(Identified, Stamped, Versioned, Base):
    """The rounds of a dating: how many (None: as many as needed), how long, how many tables, which breaks.

    ``breaks``: [{"after": round, "minutes": m}], in the order of the rounds; a break takes the place of the change.
    """

    __tablename__ = "event_setups"
    __table_args__ = (
        CheckConstraint("rounds BETWEEN 1 AND 60", name="rounds"),
        CheckConstraint("round_minutes BETWEEN 1 AND 60", name="round_minutes"),
        CheckConstraint("change_minutes BETWEEN 0 AND 30", name="change_minutes"),
        CheckConstraint("tables BETWEEN 1 AND 300", name="tables"),
    )

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), unique=True)
    rounds: Mapped[int | None]
    round_minutes: Mapped[int] = mapped_column(default=10)
    change_minutes: Mapped[int] = mapped_column(default=2)
    tables: Mapped[int] = mapped_column(default=12)
    breaks: Mapped[list[dict[str, int]]] = mapped_column(JSONB, default=list)
    first_round_at: Mapped[Instant | None]
    """When the first round begins; None: when the slot does."""


class MeetingWish(Identified, Base):
    """One participant wishes to meet another, or not to."""

    __tablename__ = "event_wishes"
    __table_args__ = (
        CheckConstraint("from_booking_id <> to_booking_id", name="two_people"),
        Index("uq_event_wishes", "from_booking_id", "to_booking_id", unique=True),
        Index("ix_event_wishes_to_booking_id", "to_booking_id"),
    )

    from_booking_id: Mapped[UUID] = mapped_column(ForeignKey("event_bookings.id", ondelete="CASCADE"))
    to_booking_id: Mapped[UUID] = mapped_column(ForeignKey("event_bookings.id", ondelete="CASCADE"))
    wish: Mapped[Wish] = enum_column(Wish, name="wish")
    at: Mapped[Instant] = mapped_column(default=clock.now)


class MeetingPlan(Identified, Base):
    """One computation of the rounds, kept with its figures: the plan in force is the one with the highest number.

    ``value`` and ``bound`` are those of matching.rotation; ``gap_percent`` says how far below the proven bound it is.
    """

    __tablename__ = "event_plans"
    __table_args__ = (
        CheckConstraint("from_round >= 1 AND rounds >= from_round - 1", name="rounds"),
        Index("uq_event_plans_number", "slot_id", "number", unique=True),
    )

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"))
    number: Mapped[int]
    made_at: Mapped[Instant] = mapped_column(default=clock.now)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    from_round: Mapped[int] = mapped_column(default=1)
    """Earlier rounds were held and were left as they were."""
    rounds: Mapped[int]
    meetings: Mapped[int]
    wishes_met: Mapped[int]
    wishes_possible: Mapped[int]
    value: Mapped[float]
    bound: Mapped[float]
    gap_percent: Mapped[float]
    why: Mapped[str] = mapped_column(default="")


class Meeting(Identified, Stamped, Base):
    """Two participants at a table in a round. Unique indexes make a clash or a second meeting impossible.

    ``reasons``: sentences printed on the sheets, {"seated": […], "moving": […]}. Each side says its own outcome.
    ``round`` is None for one that was not planned (they spoke at the coffee).
    """

    __tablename__ = "event_meetings"
    __table_args__ = (
        CheckConstraint("round >= 1", name="round"),
        CheckConstraint("table_number >= 1", name="table_number"),
        CheckConstraint("affinity BETWEEN 0 AND 100", name="affinity"),
        CheckConstraint("(round IS NULL) = (table_number IS NULL)", name="planned_or_not"),
        *(
            Index(
                f"uq_event_meetings_{name}",
                "slot_id",
                "round",
                column,
                unique=True,
                postgresql_where="state IN ('planned', 'held')",
            )
            for name, column in (("seated", "seated_id"), ("moving", "moving_id"), ("table", "table_number"))
        ),
        Index(
            "uq_event_meetings_pair",
            "slot_id",
            "seated_id",
            "moving_id",
            unique=True,
            postgresql_where="state IN ('planned', 'held')",
        ),
        Index("ix_event_meetings_slot_id_round", "slot_id", "round"),
        Index("ix_event_meetings_seated_id", "seated_id"),
        Index("ix_event_meetings_moving_id", "moving_id"),
    )

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"))
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_plans.id", ondelete="SET NULL"))
    round: Mapped[int | None]
    table_number: Mapped[int | None]
    seated_id: Mapped[UUID] = mapped_column(ForeignKey("event_bookings.id", ondelete="CASCADE"))
    moving_id: Mapped[UUID] = mapped_column(ForeignKey("event_bookings.id", ondelete="CASCADE"))
    state: Mapped[MeetingState] = enum_column(MeetingState, name="state", default=MeetingState.PLANNED)
    affinity: Mapped[int] = mapped_column(default=0)
    wishes: Mapped[int] = mapped_column(default=0)
    """How many of the two wished it: 0, 1 or 2."""
    reasons: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    seated_outcome: Mapped[Outcome | None] = enum_column(Outcome, name="seated_outcome")
    moving_outcome: Mapped[Outcome | None] = enum_column(Outcome, name="moving_outcome")
    seated_words: Mapped[str] = mapped_column(default="")
    moving_words: Mapped[str] = mapped_column(default="")
    seated_at: Mapped[Instant | None]
    moving_at: Mapped[Instant | None]
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("applications.id", ondelete="SET NULL"), index=True)
    """The application that came of it."""
    placement_id: Mapped[UUID | None] = mapped_column(index=True)
    """The stage that came of it."""
    set_aside_at: Mapped[Instant | None]
    """The organiser decided that nothing follows; the journal says why."""

    slot: Mapped[Slot] = relationship(lazy="raise_on_sql")
    seated: Mapped[Booking] = relationship(lazy="raise_on_sql", foreign_keys=[seated_id])
    moving: Mapped[Booking] = relationship(lazy="raise_on_sql", foreign_keys=[moving_id])


class RoundClock(Identified, Stamped, Versioned, Base):
    """Which round runs now and since when: the timer of the big screen is computed from it, so a reload loses nothing.

    ``paused_at``: the time stands still since then; going on moves ``phase_since`` by as much.
    """

    __tablename__ = "event_clocks"
    __table_args__ = (CheckConstraint("round >= 0", name="round"),)

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), unique=True)
    round: Mapped[int] = mapped_column(default=0)
    phase: Mapped[ClockPhase] = enum_column(ClockPhase, name="phase", default=ClockPhase.WAITING)
    phase_since: Mapped[Instant | None]
    paused_at: Mapped[Instant | None]
