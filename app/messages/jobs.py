"""What the scheduler does with messages: send them, gather them once a day, forget their words."""

from datetime import date

from app.messages.service import digest as digests
from app.messages.service import forgetting, sending


def deliver(today: date) -> dict[str, int]:
    """Send what is due now. ``today`` is for the scheduler: only the clock says what is due."""
    return dict(sending.deliver())


def digest(today: date) -> dict[str, int]:
    """At 8:00 on working days: one letter to each professional for whom something waits."""
    return digests.gather(today)


def forget_sent(today: date) -> int:
    """Empty the words of what ended three months ago."""
    return forgetting.forget(today)
