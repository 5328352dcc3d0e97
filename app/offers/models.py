"""What does an offer say, and how did its state change?"""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import (
    Base,
    GridType,
    Hours,
    Identified,
    Instant,
    Money,
    Stamped,
    Versioned,
    enum_column,
    enum_type,
)
from app.core.grid import Grid
from app.core.roles import Role
from app.offers.rules import Content, EmploymentKind, OfferAction, OfferKind, OfferState, PayPeriod
from app.organisations.models import Organisation
from app.reference.models import Commune, Trade


class Offer(Identified, Stamped, Versioned, Base):
    """A job offered. ``posts_filled`` moves with hires under a CHECK: never more than ``posts``.

    A draft may still lack its job, commune, contract, start or hours (NULL); a CHECK promises them to everybody
    who reads an offer once published, so their types do not say None. A stage alone never has an employment.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("posts BETWEEN 1 AND 200", name="posts"),
        CheckConstraint("posts_filled BETWEEN 0 AND posts", name="posts_filled"),
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="end_after_start"),
        CheckConstraint("hours_week > 0 AND hours_week <= 48", name="hours_week"),
        CheckConstraint("pay_max IS NULL OR pay_max >= pay_min", name="pay_order"),
        CheckConstraint("french BETWEEN 0 AND 6", name="french"),
        CheckConstraint("published_at IS NULL OR french = 0 OR french_reason <> ''", name="french_has_reason"),
        CheckConstraint(
            "published_at IS NULL OR (title <> '' AND num_nulls(trade_slug, commune_insee, start_on, hours_week,"
            " expires_on, confirmed_on) = 0 AND (employment_kind IS NOT NULL OR kind = 'placement'))",
            name="published_is_complete",
        ),
        CheckConstraint(
            "kind <> 'placement' OR num_nonnulls(employment_kind, pay_min, pay_max) = 0", name="placement_is_no_job"
        ),
        CheckConstraint(
            "(state IN ('published', 'paused', 'filled', 'expired')) <= (published_at IS NOT NULL)",
            name="published_has_instant",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_instant"),
        Index("ix_offers_state_expires_on", "state", "expires_on"),
        Index("ix_offers_organisation_id_state", "organisation_id", "state"),
        Index("ix_offers_state_published_at", "state", "published_at"),
        Index("ix_offers_updated_at", "updated_at"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(start=1_001), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    kind: Mapped[OfferKind] = enum_column(OfferKind, name="kind", default=OfferKind.JOB)
    state: Mapped[OfferState] = enum_column(OfferState, name="state", default=OfferState.DRAFT)

    trade_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), index=True, nullable=True)
    title: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    commune_insee: Mapped[str] = mapped_column(ForeignKey("reference_commune.insee"), index=True, nullable=True)
    address: Mapped[str] = mapped_column(default="")
    employment_kind: Mapped[EmploymentKind] = enum_column(EmploymentKind, name="employment_kind", nullable=True)
    start_on: Mapped[date] = mapped_column(nullable=True)
    end_on: Mapped[date | None]
    hours_week: Mapped[Hours] = mapped_column(nullable=True)
    grid: Mapped[Grid | None] = mapped_column(GridType())
    pay_min: Mapped[Money | None]
    pay_max: Mapped[Money | None]
    pay_period: Mapped[PayPeriod] = enum_column(PayPeriod, name="pay_period", default=PayPeriod.HOUR)
    posts: Mapped[int] = mapped_column(default=1)
    posts_filled: Mapped[int] = mapped_column(default=0)
    required_skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    wished_skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    required_titles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    wished_titles: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    required_licences: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    conditions: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    french: Mapped[int] = mapped_column(default=0)
    french_reason: Mapped[str] = mapped_column(default="")
    transport_access: Mapped[str] = mapped_column(default="")
    tutor_name: Mapped[str] = mapped_column(default="")

    published_at: Mapped[Instant | None]
    confirmed_on: Mapped[date | None]
    stale_asked_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    closed_at: Mapped[Instant | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    commune: Mapped[Commune] = relationship(lazy="raise_on_sql")
    trade: Mapped[Trade] = relationship(lazy="raise_on_sql")

    @property
    def content(self) -> Content:
        """What the employer wrote, as the rules read it."""
        said: dict[str, Any] = {}
        for part in fields(Content):
            value = getattr(self, part.name)
            said[part.name] = tuple(value) if isinstance(value, list) else value
        said["grid"] = self.grid or Grid()
        return Content(**said)

    @property
    def is_placement(self) -> bool:
        """A stage: nobody is employed nor paid."""
        return self.kind is OfferKind.PLACEMENT

    @property
    def posts_left(self) -> int:
        """Posts still open."""
        return self.posts - self.posts_filled

    @property
    def monthly_hours(self) -> Decimal:
        """Hours a month: the week × 52 ÷ 12, not rounded."""
        return Decimal(self.hours_week) * 52 / 12


class OfferTransition(Identified, Base):
    """One change of state of an offer."""

    __tablename__ = "offer_transitions"

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    action: Mapped[OfferAction] = enum_column(OfferAction, name="action")
    from_state: Mapped[OfferState] = mapped_column(enum_type(OfferState, name="from_state"))
    to_state: Mapped[OfferState] = mapped_column(enum_type(OfferState, name="to_state"))
    at: Mapped[Instant] = mapped_column(default=clock.now)
    by_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    by_name: Mapped[str]
    by_role: Mapped[Role] = mapped_column(enum_type(Role, name="by_role"))
    reason: Mapped[str] = mapped_column(default="")


class SavedSearch(Identified, Stamped, Base):
    """A search of open offers that somebody wants to hear of: its address (``query``), without a page or a sort.

    ``told_until`` is the instant up to which new offers were told.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (Index("uq_saved_searches", "user_id", "query", unique=True),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[str]
    told_until: Mapped[Instant] = mapped_column(default=clock.now)
    stopped_at: Mapped[Instant | None]
