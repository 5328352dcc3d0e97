"""What do host and person say of the placement, and what followed?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column
from app.offers.rules import EmploymentKind
from app.placements.rules.kinds import Answer, AssessmentSide, Completion, NextKind


class PlacementAssessment(Identified, Stamped, Versioned, Base):
    """What one side says: the host's part (completion, hired, five answers) or the person's (four answers).

    The columns of the answers are the values of rules.assessing.Question. The host reads its own alone; the
    person reads the host's too, and those who accompany read both.
    """

    __tablename__ = "placement_assessments"
    __table_args__ = (
        CheckConstraint("(side = 'host') = (completion IS NOT NULL)", name="host_says_completion"),
        CheckConstraint(
            "side = 'host' OR num_nonnulls(last_day, missed_hours, hired, employment_kind, hired_on, tasks_done,"
            " punctual, team, learns, take_again) = 0",
            name="part_of_the_person",
        ),
        CheckConstraint(
            "side = 'person' OR num_nonnulls(liked, learned, welcomed, wants_job) = 0", name="part_of_the_host"
        ),
        CheckConstraint("completion = 'partly' OR num_nonnulls(last_day, missed_hours) = 0", name="partly_says_what"),
        CheckConstraint("hired IS TRUE OR num_nonnulls(employment_kind, hired_on) = 0", name="hired_says_when"),
        CheckConstraint("missed_hours >= 0", name="missed_hours"),
        Index("uq_placement_assessments", "placement_id", "side", unique=True),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    side: Mapped[AssessmentSide] = enum_column(AssessmentSide, name="side")
    completion: Mapped[Completion | None] = enum_column(Completion, name="completion")
    last_day: Mapped[date | None]
    missed_hours: Mapped[Hours | None]
    hired: Mapped[bool | None]
    employment_kind: Mapped[EmploymentKind | None] = enum_column(EmploymentKind, name="employment_kind")
    hired_on: Mapped[date | None]
    tasks_done: Mapped[Answer | None] = enum_column(Answer, name="tasks_done")
    punctual: Mapped[Answer | None] = enum_column(Answer, name="punctual")
    team: Mapped[Answer | None] = enum_column(Answer, name="team")
    learns: Mapped[Answer | None] = enum_column(Answer, name="learns")
    take_again: Mapped[Answer | None] = enum_column(Answer, name="take_again")
    liked: Mapped[Answer | None] = enum_column(Answer, name="liked")
    learned: Mapped[Answer | None] = enum_column(Answer, name="learned")
    welcomed: Mapped[Answer | None] = enum_column(Answer, name="welcomed")
    wants_job: Mapped[Answer | None] = enum_column(Answer, name="wants_job")
    words: Mapped[str] = mapped_column(default="")
    said_on: Mapped[date] = mapped_column(default=clock.today)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    """Who typed it: a referent may, for a host without an account."""


class PlacementNext(Identified, Base):
    """What followed a placement, as far as is known on a day; the latest line holds. An offer, a hire, another stage
    of the portal is named when it is one."""

    __tablename__ = "placement_nexts"
    __table_args__ = (
        CheckConstraint("offer_id IS NULL OR kind = 'offer'", name="offer"),
        CheckConstraint("hire_id IS NULL OR kind = 'hire'", name="hire"),
        CheckConstraint("next_placement_id IS NULL OR kind = 'other_placement'", name="other_placement"),
        CheckConstraint("next_placement_id <> placement_id", name="another_one"),
        Index("ix_placement_nexts_placement_id_on", "placement_id", "on"),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    kind: Mapped[NextKind] = enum_column(NextKind, name="kind")
    on: Mapped[date]
    """Since when, or the day on which it was said."""
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offers.id"))
    hire_id: Mapped[UUID | None] = mapped_column(ForeignKey("hires.id"))
    next_placement_id: Mapped[UUID | None] = mapped_column(ForeignKey("placements.id"))
    words: Mapped[str] = mapped_column(default="")
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)
