"""Until when may a link to a buyer's progress be read?"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MOST_DAYS: Final = 731
USUAL_DAYS: Final = 365


class LinkRefusal(StrEnum):
    """Why a link is not made."""

    LAST_DAY_PAST = "last_day_past"
    LAST_DAY_FAR = "last_day_far"


def link_refusals(last_day: date, today: date) -> tuple[LinkRefusal, ...]:
    """The last day included; a secret that is never renewed ends up known."""
    if last_day < today:
        return (LinkRefusal.LAST_DAY_PAST,)
    return (LinkRefusal.LAST_DAY_FAR,) if last_day > today + timedelta(days=MOST_DAYS) else ()


def is_open(last_day: date, revoked: bool, today: date) -> bool:
    """May it still be read on that day?"""
    return not revoked and today <= last_day
