"""Which organisations take part, and who was invited to them?"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role
from app.organisations.rules import OrganisationKind, OrganisationState, RequestState
from app.reference.models import Commune


class Organisation(Identified, Stamped, Versioned, Base):
    """A firm, a SIAE, a SAP body, a PLIE, a place of referents, or the département."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("siret IS NULL OR siret ~ '^[0-9]{14}$'", name="siret_digits"),
        CheckConstraint("(state = 'approved') <= (approved_at IS NOT NULL)", name="approved_has_instant"),
        Index("uq_organisations_siret", "siret", unique=True, postgresql_where="siret IS NOT NULL"),
    )

    name: Mapped[str]
    kind: Mapped[OrganisationKind] = enum_column(OrganisationKind, name="kind")
    state: Mapped[OrganisationState] = enum_column(OrganisationState, name="state", default=OrganisationState.PENDING)
    siret: Mapped[str | None]
    commune_insee: Mapped[str | None] = mapped_column(ForeignKey("reference_commune.insee"), index=True)
    address: Mapped[str] = mapped_column(default="")
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("reference_territory.code"))
    phone: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str] = mapped_column(default="")
    presentation: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[Instant | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    refusal_text: Mapped[str] = mapped_column(default="")

    commune: Mapped[Commune | None] = relationship(lazy="raise_on_sql")


class Invitation(Identified, Base):
    """An invitation to join an organisation: a link with one use, only its hash kept."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index(
            "uq_invitations_open",
            "organisation_id",
            "email",
            unique=True,
            postgresql_where="accepted_at IS NULL AND revoked_at IS NULL",
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    email: Mapped[str]
    role: Mapped[Role] = mapped_column(enum_type(Role, name="role"))
    is_manager: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    expires_at: Mapped[Instant]
    accepted_at: Mapped[Instant | None]
    revoked_at: Mapped[Instant | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class JoinRequest(Identified, Base):
    """Somebody asks to join an organisation that is already here; its managers answer."""

    __tablename__ = "join_requests"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_has_instant"),
        Index(
            "uq_join_requests_pending",
            "organisation_id",
            "user_id",
            unique=True,
            postgresql_where="state = 'pending'",
        ),
        Index("ix_join_requests_user_id", "user_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    state: Mapped[RequestState] = enum_column(RequestState, name="state", default=RequestState.PENDING)
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    decided_at: Mapped[Instant | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")


class OrganisationTrade(Base):
    """A job that an employer can have done, and by how many people at once: what a SIAE says it knows to do."""

    __tablename__ = "organisation_trades"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True)
    trade_slug: Mapped[str] = mapped_column(ForeignKey("reference_trade.slug"), primary_key=True, index=True)
    people: Mapped[int] = mapped_column(default=1)
