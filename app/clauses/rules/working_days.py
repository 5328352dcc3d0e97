"""On which days is there work, Monday to Friday without the holidays of France, and how many such days between two?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

_YEARS: Final = range(2000, 2101)
_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER: Final = (1, 39, 50)
"""Easter Monday, Ascension, Whit Monday."""


def easter(year: int) -> date:
    """Easter Sunday (the Gregorian rule of Meeus)."""
    century, rest = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The eleven legal holidays (Code du travail, art. L3133-1)."""
    moving = {easter(year) + timedelta(days=days) for days in _AFTER_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})


def _work_of(year: int) -> Iterator[int]:
    free, first = holidays(year), date(year, 1, 1).toordinal()
    for ordinal in range(first, date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        if day.weekday() < 5 and day not in free:
            yield ordinal


@cache
def _table() -> tuple[int, ...]:
    return tuple(ordinal for year in _YEARS for ordinal in _work_of(year))


def working_days(first_day: date, last_day: date) -> int:
    """Days of work between the two, both included; 0 when the last comes first."""
    table = _table()
    return max(0, bisect_right(table, last_day.toordinal()) - bisect_left(table, first_day.toordinal()))


def working_day_before(last_day: date, count: int) -> date:
    """The first of the ``count`` (at least 1) days of work that end with ``last_day``: 1 → that day, if it is one.

    Out of the years 2000 to 2100 it stays at the first or the last day of work of these years.
    """
    table = _table()
    rank = bisect_right(table, last_day.toordinal()) - max(count, 1)
    return date.fromordinal(table[min(max(rank, 0), len(table) - 1)])
