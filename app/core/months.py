"""On which day does a month end that began on a given day, counted date to date, the last day included?"""

from calendar import monthrange
from datetime import date, timedelta


def last_day_of_a_month(start: date) -> date:
    """The eve of the same day of the next month: 2 March gives 1 April. A month without that eve ends on its last day.

    29, 30 and 31 January all give 28 February in a common year.
    """
    if start.day == 1:
        return start.replace(day=monthrange(start.year, start.month)[1])
    next_month = start.replace(day=1) + timedelta(days=monthrange(start.year, start.month)[1])
    return next_month.replace(day=min(start.day - 1, monthrange(next_month.year, next_month.month)[1]))
