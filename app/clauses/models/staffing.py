"""Which offers serve a lot, and which lots still need people?"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clauses.models.contracts import Holder, Lot
from app.clauses.rules.states import StaffingState
from app.core import clock
from app.core.db import Base, Hours, Identified, Instant, Stamped, Versioned, enum_column
from app.offers.models import Offer
from app.organisations.models import Organisation


class ClauseOffer(Base):
    """An offer whose hours count for a lot: only people eligible on the start date are proposed."""

    __tablename__ = "clause_offers"

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True)
    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id"), index=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("clause_holders.id"), index=True)
    linked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    linked_at: Mapped[Instant] = mapped_column(default=clock.now)

    offer: Mapped[Offer] = relationship(lazy="raise_on_sql")
    lot: Mapped[Lot] = relationship(lazy="raise_on_sql")
    holder: Mapped[Holder] = relationship(lazy="raise_on_sql")


class StaffingRequest(Identified, Stamped, Versioned, Base):
    """« Besoin restant » of a lot made a request: so many posts at 35 h, to start before a day. One open per lot."""

    __tablename__ = "staffing_requests"
    __table_args__ = (
        CheckConstraint("posts > 0", name="posts"),
        CheckConstraint("(state IN ('covered', 'over')) = (closed_on IS NOT NULL)", name="closed_has_day"),
        Index("uq_staffing_requests_open", "lot_id", unique=True, postgresql_where="state IN ('open', 'answered')"),
    )

    lot_id: Mapped[UUID] = mapped_column(ForeignKey("clause_lots.id", ondelete="CASCADE"))
    state: Mapped[StaffingState] = enum_column(StaffingState, name="state", default=StaffingState.OPEN)
    opened_on: Mapped[date]
    worked_out_on: Mapped[date]
    hours_left: Mapped[Hours]
    weeks_left: Mapped[Hours]
    weekly_hours: Mapped[Hours]
    posts: Mapped[int]
    start_before: Mapped[date | None]
    closed_on: Mapped[date | None]

    lot: Mapped[Lot] = relationship(lazy="raise_on_sql")
    answers: Mapped[list["StaffingAnswer"]] = relationship(order_by="StaffingAnswer.at", lazy="raise_on_sql")


class StaffingAnswer(Identified, Base):
    """A SIAE, GEIQ or temporary agency says how many people it has, from when."""

    __tablename__ = "staffing_answers"
    __table_args__ = (
        CheckConstraint("posts > 0", name="posts"),
        Index("uq_staffing_answers_organisation", "request_id", "organisation_id", unique=True),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("staffing_requests.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    posts: Mapped[int]
    available_from: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[Instant] = mapped_column(default=clock.now)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
