"""What is organised, where and when, with how many seats on each side; a programme gathers several events."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role
from app.events.rules.kinds import Audience, EventKind, Side
from app.events.rules.states import EventState
from app.organisations.models import Organisation
from app.reference.models import Commune, Territory


class Programme(Identified, Stamped, Versioned, Base):
    """Several events under one name: « Semaine de l’insertion ». Its public page is at its ``slug``."""

    __tablename__ = "event_programmes"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    is_published: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Event(Identified, Stamped, Versioned, Base):
    """A speed-dating, a job dating, a forum, a session… Its dates are those of its slots.

    ``organisation_id`` organises: its members run it. An event that is not ``is_public`` is for those invited.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("state = 'draft' OR state = 'cancelled' OR published_at IS NOT NULL", name="published"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        CheckConstraint("state <> 'cancelled' OR cancel_reason <> ''", name="cancel_has_reason"),
        Index("ix_events_organisation_id_state", "organisation_id", "state"),
        Index("ix_events_state_kind", "state", "kind"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=1), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_programmes.id"), index=True)
    kind: Mapped[EventKind] = enum_column(EventKind, name="kind")
    audience: Mapped[Audience] = enum_column(Audience, name="audience")
    state: Mapped[EventState] = enum_column(EventState, name="state", default=EventState.DRAFT)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    """What happens there, in plain words."""
    bring: Mapped[str] = mapped_column(default="")
    """What to bring."""
    place_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"), index=True)
    access: Mapped[str] = mapped_column(default="")
    """How to get there: bus, train, parking, a door without a step."""
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("reference_territory.code"), index=True)
    """For this territory first; None: the whole département."""
    family_slugs: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    """Sectors: slugs of families of trades."""
    is_public: Mapped[bool] = mapped_column(default=True)
    registration_closes_on: Mapped[date | None]
    """Last day to register, included; None: until it begins."""
    host_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    """The structure that is visited or that opens its doors, when it is not the organiser."""
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    published_at: Mapped[Instant | None]
    cancelled_at: Mapped[Instant | None]
    cancel_reason: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql", foreign_keys=[organisation_id])
    host: Mapped[Organisation | None] = relationship(lazy="raise_on_sql", foreign_keys=[host_organisation_id])
    programme: Mapped[Programme | None] = relationship(lazy="raise_on_sql")
    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")
    territory: Mapped[Territory | None] = relationship(lazy="raise_on_sql")
    slots: Mapped[list["Slot"]] = relationship(
        back_populates="event", order_by="Slot.starts_at, Slot.room", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Slot(Identified, Stamped, Base):
    """A time and a room of an event. A dating has one; a session may have many."""

    __tablename__ = "event_slots"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        Index("uq_event_slots_time_room", "event_id", "starts_at", "room", unique=True),
        Index("ix_event_slots_starts_at", "starts_at"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    room: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    """Grows with each change that a calendar program must see."""

    event: Mapped[Event] = relationship(back_populates="slots", lazy="raise_on_sql")
    sides: Mapped[list["SlotSide"]] = relationship(
        back_populates="slot", order_by="SlotSide.side.desc()", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class SlotSide(Identified, Base):
    """The seats of one side of a slot. ``taken`` counts the bookings that hold a seat (rules.states.HOLDS_SEAT).

    The CHECK makes overselling impossible whatever the code does; its row is the lock of whoever books.
    """

    __tablename__ = "event_slot_sides"
    __table_args__ = (
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_oversold"),
        CheckConstraint("seats BETWEEN 1 AND 2000", name="seats"),
        Index("uq_event_slot_sides", "slot_id", "side", unique=True),
    )

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"))
    side: Mapped[Side] = enum_column(Side, name="side")
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    slot: Mapped[Slot] = relationship(back_populates="sides", lazy="raise_on_sql")

    @property
    def left(self) -> int:
        """Seats still free."""
        return self.seats - self.taken


class EventTransition(Identified, Base):
    """One line of the journal of an event: what happened to it, to a booking, a meeting, a plan or a task."""

    __tablename__ = "event_transitions"
    __table_args__ = (
        Index("ix_event_transitions_event_id_at", "event_id", "at"),
        Index("ix_event_transitions_subject_id", "subject_id"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
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
