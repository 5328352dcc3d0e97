"""Who has a stage where, when, to do what, with which convention, and who signed it?"""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.applications.models import Application
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import Base, GridType, Hours, Identified, Instant, Stamped, Versioned, enum_column, enum_type, one_of
from app.core.grid import Grid
from app.core.roles import Role
from app.offers.models import Offer
from app.organisations.models import Organisation
from app.placements.rules.kinds import (
    CancelReason,
    Party,
    PlacementOrigin,
    PlacementPurpose,
    SignatureMeans,
    StopReason,
)
from app.placements.rules.states import COUNTED, DEPOSITED_ONES, PREPARED_ONES, VALIDATED_ONES, PlacementState
from app.reference.models import Commune, Trade


def _in(states: frozenset[PlacementState]) -> str:
    return f"state IN ({one_of(state for state in PlacementState if state in states)})"


_ALIVE = "state NOT IN ('declined', 'cancelled')"


class Placement(Identified, Stamped, Versioned, Base):
    """A stage or an immersion (PMSMP): one row a convention; a renewal is one more row.

    The host is an organisation of the portal (``host_organisation_id``), or one that is only declared: its SIRET, name
    and address are kept here in both cases, as the convention says them. ``ends_on`` is the last day foreseen,
    ``stopped_on`` the last day when it was stopped before. ``official_reference`` names the convention on the State's
    service. The host reads first name and initial until it has accepted (``accepted_at``).
    """

    __tablename__ = "placements"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("ends_on <= starts_on + interval '1 month'", name="month"),
        CheckConstraint("hours_week > 0 AND hours_week <= 48", name="hours_week"),
        CheckConstraint("host_name <> ''", name="has_host"),
        CheckConstraint("host_siret IS NULL OR host_siret ~ '^[0-9]{14}$'", name="siret_digits"),
        CheckConstraint("origin <> 'offer' OR offer_id IS NOT NULL", name="offer_has_offer"),
        CheckConstraint("renewal_of_id <> id", name="renewal_of_another"),
        CheckConstraint("prescriber_id IS NULL OR prescriber_organisation_id IS NOT NULL", name="prescriber_has_place"),
        CheckConstraint("referent_id IS NULL OR referent_organisation_id IS NOT NULL", name="referent_has_place"),
        CheckConstraint(f"({_in(COUNTED)}) <= (accepted_at IS NOT NULL)", name="accepted_has_instant"),
        CheckConstraint(
            f"({_in(PREPARED_ONES)}) <= (num_nulls(prepared_at, purpose, hours_week, prescriber_organisation_id) = 0"
            " AND title <> '' AND tasks <> '' AND tutor_name <> '')",
            name="prepared_is_complete",
        ),
        CheckConstraint(
            f"({_in(DEPOSITED_ONES)}) <= (official_reference <> '' AND deposited_on IS NOT NULL)",
            name="deposited_has_reference",
        ),
        CheckConstraint(f"({_in(VALIDATED_ONES)}) <= (validated_on IS NOT NULL)", name="validated_has_day"),
        CheckConstraint("validated_on <= starts_on", name="validated_before_start"),
        CheckConstraint("deposited_on <= validated_on", name="deposited_before_validated"),
        CheckConstraint("(state = 'stopped') <= (stopped_on IS NOT NULL)", name="stopped_has_day"),
        CheckConstraint("stopped_on IS NULL OR state IN ('stopped', 'closed')", name="day_of_a_stop"),
        CheckConstraint("(stopped_on IS NULL) = (stop_reason IS NULL)", name="stopped_has_reason"),
        CheckConstraint("stopped_on BETWEEN starts_on AND ends_on", name="stopped_inside"),
        CheckConstraint("(state = 'declined') = (declined_at IS NOT NULL)", name="declined_has_instant"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_has_instant"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_has_reason"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        Index("ix_placements_candidate_id_state", "candidate_id", "state"),
        Index("ix_placements_host_organisation_id_state", "host_organisation_id", "state"),
        Index("ix_placements_prescriber_organisation_id_state", "prescriber_organisation_id", "state"),
        Index("ix_placements_prescriber_id_state", "prescriber_id", "state"),
        Index("ix_placements_referent_id_state", "referent_id", "state"),
        Index("ix_placements_state_starts_on", "state", "starts_on"),
        Index("ix_placements_state_ends_on", "state", "ends_on"),
        Index("uq_placements_renewal", "renewal_of_id", unique=True, postgresql_where=_ALIVE),
        Index("uq_placements_event_meeting", "event_meeting_id", unique=True, postgresql_where=_ALIVE),
        Index("ix_placements_official_reference", "official_reference", postgresql_where="official_reference <> ''"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=1), unique=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    origin: Mapped[PlacementOrigin] = enum_column(PlacementOrigin, name="origin")
    state: Mapped[PlacementState] = enum_column(PlacementState, name="state", default=PlacementState.WISHED)
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("offers.id"), index=True)
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("applications.id"), unique=True)
    event_meeting_id: Mapped[UUID | None]
    """The meeting of an event that ended with it. Events lie above: no foreign key."""
    renewal_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("placements.id"))

    host_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    host_siret: Mapped[str | None]
    host_name: Mapped[str]
    host_contact_name: Mapped[str] = mapped_column(default="")
    """Who signs for the host."""
    host_contact_phone: Mapped[str | None]
    host_contact_email: Mapped[str | None]
    host_address: Mapped[str] = mapped_column(default="")
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"), index=True)
    """Where the stage takes place."""
    workplace_address: Mapped[str] = mapped_column(default="")
    """When it is not the host's address."""
    access: Mapped[str] = mapped_column(default="")
    """How to get there."""
    equipment: Mapped[str] = mapped_column(default="")
    """What the person must wear or bring, and who gives it."""

    purpose: Mapped[PlacementPurpose | None] = enum_column(PlacementPurpose, name="purpose")
    trade_slug: Mapped[str | None] = mapped_column(ForeignKey("reference_trade.slug"), index=True)
    title: Mapped[str] = mapped_column(default="")
    tasks: Mapped[str] = mapped_column(default="")
    skills: Mapped[str] = mapped_column(default="")
    """What the person wants to learn or show."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    hours_week: Mapped[Hours | None]
    grid: Mapped[Grid | None] = mapped_column(GridType())
    works_holidays: Mapped[bool] = mapped_column(default=False)
    """The schedule holds on legal holidays too."""
    tutor_name: Mapped[str] = mapped_column(default="")
    tutor_job: Mapped[str] = mapped_column(default="")
    tutor_phone: Mapped[str | None]
    tutor_email: Mapped[str | None]

    prescriber_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    prescriber_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    """The body that accompanies the person and signs."""
    referent_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who follows the person while it lasts, when it is not the prescriber."""
    referent_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))

    asked_at: Mapped[Instant] = mapped_column(default=clock.now)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    asked_words: Mapped[str] = mapped_column(default="")
    """What is said to the host."""
    accepted_at: Mapped[Instant | None]
    declined_at: Mapped[Instant | None]
    decline_words: Mapped[str] = mapped_column(default="")
    prepared_at: Mapped[Instant | None]
    deposited_on: Mapped[date | None]
    official_reference: Mapped[str] = mapped_column(default="")
    validated_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    stop_reason: Mapped[StopReason | None] = enum_column(StopReason, name="stop_reason")
    stop_words: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[Instant | None]
    cancel_reason: Mapped[CancelReason | None] = enum_column(CancelReason, name="cancel_reason")
    cancel_words: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]

    candidate: Mapped[Candidate] = relationship(lazy="raise_on_sql")
    offer: Mapped[Offer | None] = relationship(lazy="raise_on_sql")
    application: Mapped[Application | None] = relationship(lazy="raise_on_sql")
    renewal_of: Mapped["Placement | None"] = relationship(remote_side="Placement.id", lazy="raise_on_sql")
    host_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[host_organisation_id], lazy="raise_on_sql"
    )
    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")
    trade: Mapped[Trade | None] = relationship(lazy="raise_on_sql")
    prescriber: Mapped[User | None] = relationship(foreign_keys=[prescriber_id], lazy="raise_on_sql")
    prescriber_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[prescriber_organisation_id], lazy="raise_on_sql"
    )
    referent: Mapped[User | None] = relationship(foreign_keys=[referent_id], lazy="raise_on_sql")
    signatures: Mapped[list["PlacementSignature"]] = relationship(
        order_by="PlacementSignature.party", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def last_day(self) -> date:
        """The day of the stop, else the last day foreseen."""
        return self.stopped_on or self.ends_on


class PlacementSignature(Identified, Base):
    """One party has signed: where and when. A correction of the convention removes the signatures."""

    __tablename__ = "placement_signatures"
    __table_args__ = (
        CheckConstraint("(means = 'portal') <= (user_id IS NOT NULL)", name="portal_has_user"),
        CheckConstraint("signer_name <> ''", name="has_signer"),
        Index("uq_placement_signatures", "placement_id", "party", unique=True),
    )

    placement_id: Mapped[UUID] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    party: Mapped[Party] = enum_column(Party, name="party")
    means: Mapped[SignatureMeans] = enum_column(SignatureMeans, name="means")
    signer_name: Mapped[str]
    signed_on: Mapped[date]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    """Who agreed on the portal."""
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    recorded_at: Mapped[Instant] = mapped_column(default=clock.now)


class PlacementTransition(Identified, Base):
    """One line of the journal of a placement or of a tripartite meeting.

    ``subject``: placement, signature, presence, incident, assessment, next, tripartite. ``words`` is a French sentence
    without a detail that one of its readers, the host included, may not know.
    """

    __tablename__ = "placement_transitions"
    __table_args__ = (
        CheckConstraint("num_nonnulls(placement_id, tripartite_id) >= 1", name="about_something"),
        Index("ix_placement_transitions_placement_id_at", "placement_id", "at"),
        Index("ix_placement_transitions_tripartite_id_at", "tripartite_id", "at"),
    )

    placement_id: Mapped[UUID | None] = mapped_column(ForeignKey("placements.id", ondelete="CASCADE"))
    tripartite_id: Mapped[UUID | None] = mapped_column(ForeignKey("tripartite_meetings.id", ondelete="CASCADE"))
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
