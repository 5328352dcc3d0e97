"""Which months does a report cover, before which day is it due, and is it late?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.clauses.rules.kinds import Frequency
from app.core.quantities import add_months

LENGTHS: Final[Mapping[Frequency, int]] = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6}


def month_of(day: date) -> date:
    """A month is its first day."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    """The last day of the month."""
    return add_months(month_of(month), 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months in a row, from the first one (its first day): a civil month, quarter or half-year."""

    first_month: date
    length: int = 1

    @property
    def last_month(self) -> date:
        """Its first day."""
        return add_months(self.first_month, self.length - 1)

    @property
    def last_day(self) -> date:
        return month_end(self.last_month)

    @property
    def rank(self) -> int:
        """Which month, quarter or half of its year: 3 is March, or the third quarter."""
        return (self.first_month.month - 1) // self.length + 1

    def months(self) -> tuple[date, ...]:
        return tuple(add_months(self.first_month, rank) for rank in range(self.length))

    def within(self, first_day: date, last_day: date) -> tuple[date, ...]:
        """Its months of which at least one day lies between the two, both included."""
        return tuple(month for month in self.months() if month <= last_day and month_end(month) >= first_day)


def period_of(day: date, frequency: Frequency) -> Period:
    """The period that holds the day. Quarters end on 31/03, 30/06, 30/09 and 31/12 (domain 1.2)."""
    length = LENGTHS[frequency]
    first = (day.month - 1) // length * length + 1
    return Period(date(day.year, first, 1), length)


def periods_between(notified_on: date, delivered_on: date, frequency: Frequency) -> tuple[Period, ...]:
    """Every period with a day of the works in it; empty when the delivery is before the notification."""
    found = []
    current = period_of(notified_on, frequency)
    while notified_on <= delivered_on and current.first_month <= delivered_on:
        found.append(current)
        current = Period(add_months(current.first_month, current.length), current.length)
    return tuple(found)


def months_between(first_day: date, last_day: date) -> tuple[date, ...]:
    """First days of the months from the one of the first day to the one of the last."""
    return tuple(period.first_month for period in periods_between(first_day, last_day, Frequency.MONTHLY))


def due_on(period: Period, due_day: int) -> date:
    """« Avant le 15 »: that day of the month after the period. It is a bound, the last good day is the one before."""
    return add_months(period.first_month, period.length).replace(day=due_day)


def is_late(period: Period, due_day: int, today: date) -> bool:
    """Due before the 15th: late from the 15th on."""
    return today >= due_on(period, due_day)


def days_late(period: Period, due_day: int, today: date) -> int:
    """1 on the due day itself; 0 before."""
    return max(0, (today - due_on(period, due_day)).days + 1)
