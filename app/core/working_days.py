"""Which days are worked in France: Monday to Friday, without the legal holidays?"""

from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """The eleven legal holidays of metropolitan France (Code du travail, art. L3133-1)."""
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in legal_holidays(day.year)


def next_working_day(day: date) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def last_working_day_in(last_day: date) -> date:
    """That day, or the last working day before it."""
    while not is_working_day(last_day):
        last_day -= _DAY
    return last_day
