"""Who applies or is proposed to which offer, what was said, and what came of it?"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.rules import ApplicationAction, ApplicationState, Origin, RefusalReason
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role
from app.offers.models import Offer
from app.offers.rules import EmploymentKind


class Application(Identified, Stamped, Versioned, Base):
    """One person and one offer. There is one open application for a person and an offer, never two."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint("(state = 'refused') = (refusal_reason IS NOT NULL)", name="refused_has_reason"),
        CheckConstraint("(origin = 'proposal') = (proposed_at IS NOT NULL)", name="proposal_has_instant"),
        CheckConstraint(
            "(state IN ('in_review', 'postponed', 'interview', 'hired', 'placed', 'refused')) <= (sent_at IS NOT NULL)",
            name="sent_has_instant",
        ),
        Index(
            "uq_applications_open",
            "offer_id",
            "candidate_id",
            unique=True,
            postgresql_where=(
                "state IN ('proposed', 'agreed', 'sent', 'in_review', 'postponed', 'interview', 'hired', 'placed')"
            ),
        ),
        Index("ix_applications_candidate_id_state", "candidate_id", "state"),
        Index("ix_applications_offer_id_state", "offer_id", "state"),
        Index("ix_applications_state_answer_due_on", "state", "answer_due_on"),
    )

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offers.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    origin: Mapped[Origin] = enum_column(Origin, name="origin")
    state: Mapped[ApplicationState] = enum_column(ApplicationState, name="state")
    state_since: Mapped[Instant] = mapped_column(default=clock.now)

    proposed_at: Mapped[Instant | None]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    proposed_by_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    proposal_note: Mapped[str] = mapped_column(default="")
    score: Mapped[int | None]
    reasons: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Sentences kept as they were when proposed: {"person": […], "facilitator": […], "employer": […]}."""

    person_words: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[Instant | None]
    answer_due_on: Mapped[date | None]
    """Last day for the one whose turn it is: the person when proposed, the employer from sent on."""
    interview_at: Mapped[Instant | None]
    interview_place: Mapped[str] = mapped_column(default="")
    refusal_reason: Mapped[RefusalReason | None] = enum_column(RefusalReason, name="refusal_reason")
    refusal_text: Mapped[str] = mapped_column(default="")

    offer: Mapped[Offer] = relationship(lazy="raise_on_sql")
    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")


class ApplicationTransition(Identified, Base):
    """One change of state; ``on_behalf`` says that a professional acted for the person."""

    __tablename__ = "application_transitions"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    action: Mapped[ApplicationAction | None] = enum_column(ApplicationAction, name="action")
    from_state: Mapped[ApplicationState | None] = mapped_column(enum_type(ApplicationState, name="from_state"))
    to_state: Mapped[ApplicationState] = mapped_column(enum_type(ApplicationState, name="to_state"))
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    by_role: Mapped[Role] = mapped_column(enum_type(Role, name="by_role"))
    on_behalf: Mapped[bool] = mapped_column(default=False)


class ApplicationNote(Identified, Base):
    """A message between the employer and the person inside the application; no address is shown."""

    __tablename__ = "application_notes"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id", ondelete="CASCADE"), index=True)
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    by_role: Mapped[Role] = mapped_column(enum_type(Role, name="by_role"))
    text: Mapped[str]
    read_at: Mapped[Instant | None]


class Hire(Identified, Stamped, Base):
    """A person hired: what later follow-up and clauses stand on."""

    __tablename__ = "hires"
    __table_args__ = (CheckConstraint("end_on IS NULL OR end_on >= start_on", name="order"),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), unique=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    employment_kind: Mapped[EmploymentKind] = enum_column(EmploymentKind, name="employment_kind")
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    hours_week: Mapped[Hours]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ApplicationDraft(Identified, Base):
    """What somebody wrote before saying who they are; it waits for the sign-in, then goes."""

    __tablename__ = "application_drafts"

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(default="")
    written_at: Mapped[Instant] = mapped_column(default=clock.now, index=True)
