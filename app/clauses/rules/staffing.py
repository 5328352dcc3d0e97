"""How many people does a lot still need, and before which day must they start?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from app.clauses.rules.working_days import working_day_before, working_days
from app.core.quantities import round_half_up

POST_HOURS: Final = Decimal(35)
_WEEK: Final = Decimal(7)
_POST_DAY: Final = POST_HOURS / 5


@dataclass(frozen=True, slots=True)
class InPost:
    """Somebody at work on the lot: hours a week, the last day that counts (None: no end in sight), since when."""

    weekly_hours: Decimal
    last_day: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """``missing``: the hours that nobody in post will do. ``posts`` at 35 h a week, all there on ``start_before``.

    ``posts`` is 0 and ``start_before`` None when nothing is missing, and also when no day is left to do it.
    """

    hours_left: Decimal
    weeks_left: Decimal
    missing: Decimal
    weekly_hours_needed: Decimal
    posts: int
    start_before: date | None

    @property
    def covered(self) -> bool:
        return self.missing == 0

    @property
    def too_late(self) -> bool:
        """Hours are missing and the works are over."""
        return self.missing > 0 and self.posts == 0


def _days(first_day: date, last_day: date) -> int:
    """Both included; 0 when the last comes first."""
    return max(0, (last_day - first_day).days + 1)


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_CEILING))


def hours_of(people: Sequence[InPost], today: date, ends_on: date) -> Decimal:
    """What the people in post will do from today to the end, the last day included."""
    weighed = (person.weekly_hours * _days(today, min(person.last_day or ends_on, ends_on)) for person in people)
    return sum(weighed, Decimal(0)) / _WEEK


def need_of(hours_left: Decimal, *, today: date, ends_on: date, people: Sequence[InPost] = ()) -> Need:
    """150 h left, ten weeks, nobody in post → 15 h a week; one post, that starts 22 days of work before the end.

    The last start is counted as the alert counts it: days of work of 7 h, without Saturdays, Sundays and holidays.
    """
    left = max(hours_left, Decimal(0))
    days = _days(today, ends_on)
    missing = round_half_up(max(Decimal(0), left - hours_of(people, today, ends_on)))
    weeks = round_half_up(days / _WEEK)
    worked = working_days(today, ends_on)
    if missing == 0 or worked == 0:
        return Need(left, weeks, missing, Decimal("0.00"), 0, None)
    posts = _ceiling(missing / (_POST_DAY * worked))
    start_before = working_day_before(ends_on, _ceiling(missing / (_POST_DAY * posts)))
    return Need(left, weeks, missing, round_half_up(missing * 7 / days), posts, start_before)
