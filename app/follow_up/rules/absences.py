"""Which days of absence may be said, of which job?"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

AHEAD: Final = timedelta(days=30)
"""How far ahead an absence may be announced."""
AT_ONCE: Final = 6
"""How many days are said at once."""


class AbsenceRefusal(StrEnum):
    """Why a day of absence cannot be recorded, or why nothing is any more."""

    BEFORE_JOB = "follow_up_absence_before_job"
    AFTER_JOB = "follow_up_absence_after_job"
    TOO_FAR = "follow_up_absence_too_far"
    TOO_MANY = "follow_up_absence_too_many"
    OVER = "follow_up_absence_over"
    """Nobody is followed in this job any more."""


def absence_refusals(
    days: Iterable[date], first_day: date, last_day: date | None, today: date
) -> tuple[AbsenceRefusal, ...]:
    """All reasons. ``last_day`` is the last day of work, None when the job goes on without a known end."""
    said = set(days)
    found = []
    if any(day < first_day for day in said):
        found.append(AbsenceRefusal.BEFORE_JOB)
    if last_day is not None and any(day > last_day for day in said):
        found.append(AbsenceRefusal.AFTER_JOB)
    if any(day > today + AHEAD for day in said):
        found.append(AbsenceRefusal.TOO_FAR)
    if len(said) > AT_ONCE:
        found.append(AbsenceRefusal.TOO_MANY)
    return tuple(found)
