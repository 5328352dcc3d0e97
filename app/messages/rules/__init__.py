"""By which channel does a message leave, in which states may it be, and what is it about?"""

from app.messages.rules.sending import Category, Channel, MessageState, Recipient, ReminderKind, Wish, channel_for

__all__ = ["Category", "Channel", "MessageState", "Recipient", "ReminderKind", "Wish", "channel_for"]
