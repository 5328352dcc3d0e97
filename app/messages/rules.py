"""By which channel does a message leave, and in which states may it be?"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """How a message reaches somebody."""

    EMAIL = "email"
    SMS = "sms"


class MessageState(StrEnum):
    """Where a message of the outbox is."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to: at least one of ``email`` and ``phone`` (E.164), or nothing is sent."""

    name: str
    user_id: UUID | None = None
    email: str | None = None
    phone: str | None = None
    prefers: Channel = Channel.EMAIL


def channel_for(recipient: Recipient) -> tuple[Channel, str] | None:
    """The preferred channel when its address is known, else the other; None when the person has neither."""
    addresses = {Channel.EMAIL: recipient.email, Channel.SMS: recipient.phone}
    order = sorted(Channel, key=lambda channel: channel is not recipient.prefers)
    return next(((channel, address) for channel in order if (address := addresses[channel])), None)
