"""How does somebody prove who they are, and for how long does the portal believe it?"""

from datetime import timedelta
from enum import StrEnum


class CodeChannel(StrEnum):
    """How a sign-in code reaches a candidate."""

    EMAIL = "email"
    SMS = "sms"
    PAPER = "paper"


CODE_LIFE = {
    CodeChannel.EMAIL: timedelta(minutes=15),
    CodeChannel.SMS: timedelta(minutes=15),
    CodeChannel.PAPER: timedelta(days=7),
}
