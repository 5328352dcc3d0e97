"""Who comes to which slot, on which side, with which code, and were they there?"""

from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column
from app.events.models.events import Slot
from app.events.rules.kinds import Side, SignatureMeans, Who
from app.events.rules.states import BookingState
from app.organisations.models import Organisation


class Booking(Identified, Stamped, Versioned, Base):
    """One seat for somebody or an organisation on one side of a slot.

    ``code`` is on the badge (QR) and on the paper of who has neither address nor account: eight signs of
    messages.rules.short_codes. ``name`` is what the badge shows: the organisation, or the person as they were
    named when they registered. Bookings wait in the order of ``waits_since``.
    """

    __tablename__ = "event_bookings"
    __table_args__ = (
        CheckConstraint("(who = 'person') = (candidate_id IS NOT NULL)", name="person_has_file"),
        CheckConstraint("who <> 'professional' OR user_id IS NOT NULL", name="professional_has_account"),
        CheckConstraint("name <> ''", name="has_name"),
        CheckConstraint("(state = 'waiting') = (waits_since IS NOT NULL)", name="waiting_since"),
        CheckConstraint("(state = 'seen') = (checked_in_at IS NOT NULL)", name="seen_has_instant"),
        CheckConstraint("posts IS NULL OR posts BETWEEN 1 AND 500", name="posts"),
        Index(
            "uq_event_bookings_candidate",
            "slot_id",
            "candidate_id",
            unique=True,
            postgresql_where="candidate_id IS NOT NULL",
        ),
        Index(
            "uq_event_bookings_organisation",
            "slot_id",
            "organisation_id",
            unique=True,
            postgresql_where="who = 'organisation' AND organisation_id IS NOT NULL",
        ),
        Index(
            "uq_event_bookings_user",
            "slot_id",
            "user_id",
            unique=True,
            postgresql_where="who = 'professional'",
        ),
        Index("ix_event_bookings_slot_id_side_state", "slot_id", "side", "state"),
        Index("ix_event_bookings_candidate_id", "candidate_id"),
        Index("ix_event_bookings_organisation_id", "organisation_id"),
        Index("ix_event_bookings_user_id", "user_id"),
        Index("ix_event_bookings_waiting", "slot_id", "side", "waits_since", postgresql_where="state = 'waiting'"),
    )

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"))
    side: Mapped[Side] = enum_column(Side, name="side")
    who: Mapped[Who] = enum_column(Who, name="who")
    state: Mapped[BookingState] = enum_column(BookingState, name="state")
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    """The organisation that comes, or the one for which a professional comes."""
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who comes (professional), or who speaks for the organisation."""
    name: Mapped[str]
    siret: Mapped[str | None]
    """Of an organisation that is not on the portal."""
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    trade_slugs: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    """Jobs that it trains for (SIAE), recruits for (firm), or that the person wants."""
    posts: Mapped[int | None]
    """How many people it recruits or trains."""
    words: Mapped[str] = mapped_column(default="")
    """What they want others to know, printed on the sheets of those they meet."""
    needs: Mapped[str] = mapped_column(default="")
    """What they need to come (access, an interpreter): for the organiser only."""
    code: Mapped[str] = mapped_column(unique=True)
    waits_since: Mapped[Instant | None]
    checked_in_at: Mapped[Instant | None]
    left_at: Mapped[Instant | None]
    """They went home before the end."""
    registered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    state_since: Mapped[Instant] = mapped_column(default=clock.now)

    slot: Mapped[Slot] = relationship(lazy="raise_on_sql")
    candidate: Mapped[Candidate | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    user: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])


class AttendanceSignature(Identified, Base):
    """The attendance sheet signed by somebody who was there: on paper, as seen by who ran it, or on a screen."""

    __tablename__ = "event_signatures"

    booking_id: Mapped[UUID] = mapped_column(ForeignKey("event_bookings.id", ondelete="CASCADE"), unique=True)
    means: Mapped[SignatureMeans] = enum_column(SignatureMeans, name="means")
    name: Mapped[str]
    """As the person wrote it."""
    at: Mapped[Instant] = mapped_column(default=clock.now)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
