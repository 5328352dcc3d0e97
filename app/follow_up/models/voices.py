"""What did tutor and person say, when was somebody away, who was reached? And the tutor's link without an account."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, enum_column
from app.follow_up.rules.kinds import MeetingMode, VoiceSide


class Voice(Identified, Base):
    """What the tutor or the person said. The person never reads the tutor's, the employer never the person's.

    The three answers of a tutor: were there absences, is the work well done, should somebody come again soon?
    """

    __tablename__ = "follow_up_voices"
    __table_args__ = (
        Index("ix_follow_up_voices_follow_up_id_said_on", "follow_up_id", "said_on"),
        Index("uq_follow_up_voices_visit", "visit_id", "side", unique=True, postgresql_where="visit_id IS NOT NULL"),
    )

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visits.id", ondelete="SET NULL"))
    held_job_id: Mapped[UUID | None] = mapped_column(ForeignKey("held_jobs.id", ondelete="SET NULL"))
    """Of which job the tutor spoke: an employer reads the words about its own, not those of the one before."""
    side: Mapped[VoiceSide] = enum_column(VoiceSide, name="side")
    said_on: Mapped[date]
    said_at: Mapped[Instant] = mapped_column(default=clock.now)
    speaker: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    absences: Mapped[bool | None]
    work_well_done: Mapped[bool | None]
    see_again: Mapped[bool | None]
    heard: Mapped[str] = mapped_column(default="")
    """How it reached us: visit, link, portal, phone."""
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class TutorLink(Identified, Base):
    """A link by which a tutor answers three questions without an account: one use, 14 days, only its hash kept."""

    __tablename__ = "tutor_links"
    __table_args__ = (Index("ix_tutor_links_follow_up_id", "follow_up_id"),)

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    held_job_id: Mapped[UUID] = mapped_column(ForeignKey("held_jobs.id", ondelete="CASCADE"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visits.id", ondelete="SET NULL"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sent_to: Mapped[str]
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Absence(Identified, Stamped, Base):
    """A day on which the person was not at work, as the tutor or the person said. Never why."""

    __tablename__ = "work_absences"
    __table_args__ = (Index("uq_work_absences", "follow_up_id", "on", unique=True),)

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    held_job_id: Mapped[UUID | None] = mapped_column(ForeignKey("held_jobs.id", ondelete="SET NULL"))
    on: Mapped[date]
    side: Mapped[VoiceSide] = enum_column(VoiceSide, name="side")
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Exchange(Identified, Stamped, Base):
    """A contact outside the visits, tried or made: with whom, how, answered or not, what was said."""

    __tablename__ = "follow_up_exchanges"
    __table_args__ = (Index("ix_follow_up_exchanges_follow_up_id_on", "follow_up_id", "on"),)

    follow_up_id: Mapped[UUID] = mapped_column(ForeignKey("follow_ups.id", ondelete="CASCADE"))
    on: Mapped[date]
    at: Mapped[Instant] = mapped_column(default=clock.now)
    side: Mapped[VoiceSide] = enum_column(VoiceSide, name="side")
    mode: Mapped[MeetingMode] = enum_column(MeetingMode, name="mode", default=MeetingMode.PHONE)
    answered: Mapped[bool]
    words: Mapped[str] = mapped_column(default="")
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]


class FollowUpDraft(Identified, Base):
    """What somebody typed in a form of the follow-up while nobody was signed in any more: given back after the
    sign-in, on the page of that path and to those who may open it, for two days at most."""

    __tablename__ = "follow_up_drafts"
    __table_args__ = (Index("ix_follow_up_drafts_written_at", "written_at"),)

    path: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What each field held, by its name."""
    written_at: Mapped[Instant] = mapped_column(default=clock.now)
