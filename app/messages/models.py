"""What is to be sent, and what was? The outbox, written in the act's own transaction."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Identified, Instant, Stamped, enum_column
from app.messages.rules import Channel, MessageState


class Message(Identified, Stamped, Base):
    """One message to one person by one channel. ``kind`` names its template."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_instant"),
        Index("ix_messages_state_created_at", "state", "created_at"),
        Index("ix_messages_to_user_id_created_at", "to_user_id", "created_at"),
    )

    kind: Mapped[str]
    channel: Mapped[Channel] = enum_column(Channel, name="channel")
    to_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    to_name: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[MessageState] = enum_column(MessageState, name="state", default=MessageState.QUEUED)
    sent_at: Mapped[Instant | None]
    about_type: Mapped[str] = mapped_column(default="")
    about_id: Mapped[UUID | None]
