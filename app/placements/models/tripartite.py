"""When do the person, who accompanies and the structure meet, and which dates suit whom?"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column
from app.follow_up.rules.kinds import MeetingMode
from app.organisations.models import Organisation
from app.placements.models.placements import Placement
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import TripartiteState


class TripartiteMeeting(Identified, Stamped, Versioned, Base):
    """A meeting of three: about a placement, or before any. The structure is one of the portal, or a name.

    ``chosen_at`` is the date agreed on; ``sequence`` grows with each change that a calendar program must see.
    """

    __tablename__ = "tripartite_meetings"
    __table_args__ = (
        CheckConstraint("organisation_id IS NOT NULL OR structure_name <> ''", name="has_structure"),
        CheckConstraint("(state IN ('agreed', 'held')) <= (chosen_at IS NOT NULL)", name="agreed_has_date"),
        CheckConstraint("state <> 'proposed' OR chosen_at IS NULL", name="proposed_has_none"),
        CheckConstraint("referent_id IS NULL OR referent_organisation_id IS NOT NULL", name="referent_has_place"),
        CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes"),
        Index("ix_tripartite_meetings_candidate_id_state", "candidate_id", "state"),
        Index("ix_tripartite_meetings_organisation_id_state", "organisation_id", "state"),
        Index("ix_tripartite_meetings_referent_organisation_id_state", "referent_organisation_id", "state"),
        Index("ix_tripartite_meetings_referent_id_state", "referent_id", "state"),
        Index("ix_tripartite_meetings_placement_id", "placement_id"),
        Index("ix_tripartite_meetings_state_chosen_at", "state", "chosen_at"),
    )

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    placement_id: Mapped[UUID | None] = mapped_column(ForeignKey("placements.id", ondelete="SET NULL"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    structure_name: Mapped[str] = mapped_column(default="")
    structure_contact: Mapped[str] = mapped_column(default="")
    """Who comes for the structure."""
    referent_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    referent_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[TripartiteState] = enum_column(TripartiteState, name="state", default=TripartiteState.PROPOSED)
    about: Mapped[str] = mapped_column(default="")
    """What it is for, in plain words that the three read."""
    mode: Mapped[MeetingMode] = enum_column(MeetingMode, name="mode", default=MeetingMode.PLACE)
    place: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=45)
    chosen_at: Mapped[Instant | None]
    sequence: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    conclusion: Mapped[str] = mapped_column(default="")
    """What was decided together, once it was held."""
    cancel_words: Mapped[str] = mapped_column(default="")

    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    placement: Mapped[Placement | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    referent: Mapped[User | None] = relationship(foreign_keys=[referent_id], lazy="raise_on_sql")
    referent_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[referent_organisation_id], lazy="raise_on_sql"
    )
    dates: Mapped[list["TripartiteDate"]] = relationship(
        order_by="TripartiteDate.at", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class TripartiteDate(Identified, Base):
    """A date put to the three. One of an earlier round keeps its answers until the meeting has another."""

    __tablename__ = "tripartite_dates"
    __table_args__ = (Index("uq_tripartite_dates", "meeting_id", "at", unique=True),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tripartite_meetings.id", ondelete="CASCADE"))
    at: Mapped[Instant]

    answers: Mapped[list["TripartiteAnswer"]] = relationship(
        order_by="TripartiteAnswer.party", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class TripartiteAnswer(Identified, Base):
    """One party says whether one date suits. Who accompanies may answer for a party without an account."""

    __tablename__ = "tripartite_answers"
    __table_args__ = (Index("uq_tripartite_answers", "date_id", "party", unique=True),)

    date_id: Mapped[UUID] = mapped_column(ForeignKey("tripartite_dates.id", ondelete="CASCADE"))
    party: Mapped[TripartiteParty] = enum_column(TripartiteParty, name="party")
    yes: Mapped[bool]
    at: Mapped[Instant] = mapped_column(default=clock.now, onupdate=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
