"""Who can sign in, in which organisations, by which session and with which code?"""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.rules import CodeChannel
from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, Versioned, enum_column, enum_type
from app.core.roles import Role


class User(Identified, Stamped, Versioned, Base):
    """Somebody who may sign in: a professional (e-mail and password) or a candidate (codes).

    The same person may be both, in two rows with the same e-mail: nobody learns of one from the other.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email IS NULL OR email = lower(email)", name="email_lower"),
        CheckConstraint("candidate_id IS NOT NULL OR email IS NOT NULL", name="reachable"),
        Index("uq_users_email", "email", unique=True, postgresql_where="candidate_id IS NULL"),
        Index(
            "uq_users_candidate_email",
            "email",
            unique=True,
            postgresql_where="candidate_id IS NOT NULL AND email IS NOT NULL",
        ),
        Index(
            "uq_users_candidate_phone",
            "phone",
            unique=True,
            postgresql_where="candidate_id IS NOT NULL AND phone IS NOT NULL",
        ),
    )

    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    password_hash: Mapped[str | None]
    candidate_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("candidates.id", ondelete="CASCADE", use_alter=True), unique=True
    )
    disabled_at: Mapped[Instant | None]
    last_sign_in_at: Mapped[Instant | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", foreign_keys="Membership.user_id")

    @property
    def full_name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}".strip()


class Membership(Identified, Stamped, Base):
    """A person in an organisation, in a role; it ends at once when ``left_at`` is set."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_active",
            "user_id",
            "organisation_id",
            "role",
            unique=True,
            postgresql_where="left_at IS NULL",
        ),
        Index("ix_memberships_organisation_id", "organisation_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[Role] = mapped_column(enum_type(Role, name="role"))
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("reference_territory.code"))
    is_manager: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[Instant] = mapped_column(default=clock.now)
    left_at: Mapped[Instant | None]

    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=[user_id])


class UserSession(Identified, Base):
    """One signed-in browser. Only the SHA-256 of its token is kept; ending it is immediate."""

    __tablename__ = "user_sessions"
    __table_args__ = (Index("ix_user_sessions_user_id", "user_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("memberships.id"))
    user_agent: Mapped[str] = mapped_column(default="")
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    last_seen_at: Mapped[Instant] = mapped_column(default=clock.now)
    expires_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


class SignInCode(Identified, Base):
    """A code that signs a candidate in once: 6 digits by e-mail or SMS, 8 characters on paper.

    A sent code is bound to the browser that asked by ``handle_hash``. An unknown contact has a row too, without a
    user: nothing tells it from a known one. A paper code is found by its keyed hash.
    """

    __tablename__ = "sign_in_codes"
    __table_args__ = (
        Index("ix_sign_in_codes_user_id", "user_id"),
        Index("ix_sign_in_codes_code_hash", "code_hash"),
        CheckConstraint("(channel = 'paper') = (handle_hash IS NULL)", name="sent_has_handle"),
        CheckConstraint("channel <> 'paper' OR user_id IS NOT NULL", name="paper_has_user"),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    channel: Mapped[CodeChannel] = enum_column(CodeChannel, name="channel")
    handle_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class PasswordReset(Identified, Base):
    """A link to choose a password: one use, a short life, only its hash kept."""

    __tablename__ = "password_resets"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[Instant] = mapped_column(default=clock.now)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class Throttle(Base):
    """How often something was tried in the current window; the key is a hash, never an address."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_ends_at: Mapped[Instant]
    count: Mapped[int]
