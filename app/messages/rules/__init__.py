"""By which channel does a message leave, in which states may it be, and what is it about?"""

from app.messages.rules.letters import Letterhead, LetterPile, LetterRefusal
from app.messages.rules.sending import Category, Channel, MessageState, Recipient, ReminderKind, Wish, channel_for

__all__ = [
    "Category",
    "Channel",
    "LetterPile",
    "LetterRefusal",
    "Letterhead",
    "MessageState",
    "Recipient",
    "ReminderKind",
    "Wish",
    "channel_for",
]
