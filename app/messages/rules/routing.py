"""What becomes of a message when it is written: does it leave, wait for the digest, or stay unsent?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.messages.rules.kinds import Kind
from app.messages.rules.sending import Category, Channel, MessageState, Wish


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of who will read: a professional with an account or not, and what they asked for."""

    is_professional: bool = False
    wishes: Mapping[Category, Wish] = field(default_factory=dict)


def first_state(kind: Kind, channel: Channel, reader: Reader) -> MessageState:
    """The state in which it is written. A letter on paper was asked for by a human: nothing holds it back."""
    if kind.required or channel is Channel.LETTER:
        return MessageState.QUEUED
    wish = reader.wishes.get(kind.category)
    if wish is Wish.NEVER:
        return MessageState.UNWANTED
    if kind.category is Category.DIGEST or not reader.is_professional or channel is not Channel.EMAIL:
        return MessageState.QUEUED
    if wish is Wish.DAILY or (wish is None and kind.digest):
        no_digest = reader.wishes.get(Category.DIGEST) is Wish.NEVER
        return MessageState.UNWANTED if no_digest else MessageState.WAITING
    return MessageState.QUEUED


def depends_on_reader(kind: Kind, channel: Channel) -> bool:
    """Must the reader be looked up before deciding?"""
    return not kind.required and channel is not Channel.LETTER
