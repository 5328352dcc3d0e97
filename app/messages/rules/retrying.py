"""What follows when a message did not leave: when is it tried again, and when is it given up?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from app.messages.rules.kinds import Kind
from app.messages.rules.quiet import later_of
from app.messages.rules.sending import Channel

BACK_OFF: Final[Sequence[timedelta]] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""The wait after each attempt: eight attempts over nearly two days."""
ABANDONED_AFTER: Final = timedelta(minutes=10)
"""A sender is done with one message in less than that: its connection has shorter limits."""


def next_try(attempts: int, now: datetime, channel: Channel, kind: Kind) -> datetime | None:
    """When to try again after so many attempts, outside of quiet hours; None: never."""
    if attempts > len(BACK_OFF):
        return None
    return later_of(now + BACK_OFF[max(attempts, 1) - 1], channel, urgent=kind.urgent)


def is_too_late(kind: Kind, written_at: datetime, now: datetime) -> bool:
    """Would it still serve? A code of 15 minutes does not, an hour later."""
    return kind.useful_for is not None and now - written_at > kind.useful_for
