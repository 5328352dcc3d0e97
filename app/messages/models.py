"""What is to be sent, and what was? The outbox, written in the act's own transaction; what people want to receive."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base, Identified, Instant, Stamped, enum_column
from app.messages.rules import Category, Channel, MessageState, ReminderKind, Wish


class Message(Identified, Stamped, Base):
    """One message to one person by one channel. ``kind`` names its template.

    ``key`` makes it unique: an act or a job that runs again writes nothing more. A message in ``sending`` was claimed
    at ``claimed_at`` by a sender; one whose sender died is ``uncertain``, and only a human sends it again.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_instant"),
        CheckConstraint("(state = 'gathered') = (digest_id IS NOT NULL)", name="gathered_has_digest"),
        CheckConstraint("state <> 'sending' OR claimed_at IS NOT NULL", name="sending_has_claim"),
        CheckConstraint("(channel = 'letter') = (letterhead IS NOT NULL)", name="letter_has_head"),
        Index("ix_messages_state_created_at", "state", "created_at"),
        Index("ix_messages_to_user_id_created_at", "to_user_id", "created_at"),
        Index("ix_messages_about_id_kind", "about_id", "kind"),
        Index("ix_messages_due", "not_before", "created_at", postgresql_where="state = 'queued'"),
        Index("ix_messages_letters", "from_organisation_id", "state", postgresql_where="channel = 'letter'"),
        Index("ix_messages_digest_id", "digest_id", postgresql_where="digest_id IS NOT NULL"),
    )

    kind: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    channel: Mapped[Channel] = enum_column(Channel, name="channel")
    to_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    to_name: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[MessageState] = enum_column(MessageState, name="state", default=MessageState.QUEUED)
    sent_at: Mapped[Instant | None]
    not_before: Mapped[Instant | None]
    """Not sent earlier: quiet hours, or the wait after a failure. None: at once."""
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[Instant | None]
    last_error: Mapped[str] = mapped_column(default="")
    digest_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    """The daily letter into which this message was gathered instead of leaving alone."""
    short_code: Mapped[str | None] = mapped_column(unique=True)
    """Letters: what the person types instead of the address; the QR holds the same link."""
    short_target: Mapped[str] = mapped_column(default="")
    """The path on this portal to which ``short_code`` leads."""
    from_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id", ondelete="SET NULL"))
    """Letters: the organisation that prints and posts it."""
    letterhead: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Letters: who writes, from where, and the phone of a human, as they were that day (rules.letters.Letterhead)."""
    posted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    posted_name: Mapped[str] = mapped_column(default="")
    """Letters: who said that it was posted, by the name they had."""
    about_type: Mapped[str] = mapped_column(default="")
    about_id: Mapped[UUID | None]


class MessageWish(Identified, Stamped, Base):
    """What somebody wants for a category of messages that is not required: at once, once a day, or never.

    For an account (``user_id``), or for an address without an account.
    """

    __tablename__ = "message_wishes"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (address IS NULL)", name="one_owner"),
        Index("uq_message_wishes_user", "user_id", "category", unique=True, postgresql_where="user_id IS NOT NULL"),
        Index("uq_message_wishes_address", "address", "category", unique=True, postgresql_where="address IS NOT NULL"),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    address: Mapped[str | None]
    category: Mapped[Category] = enum_column(Category, name="category")
    wish: Mapped[Wish] = enum_column(Wish, name="wish")


class ReminderSetting(Base):
    """What the département changed of a reminder: its days, or whether it leaves at all. No row: as declared."""

    __tablename__ = "reminder_settings"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 365", name="days"),)

    kind: Mapped[ReminderKind] = enum_column(ReminderKind, name="kind", primary_key=True)
    days: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[Instant] = mapped_column(default=clock.now, onupdate=clock.now)
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
