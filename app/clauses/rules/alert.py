"""Until when can a lot still reach its objective, and what would do it? The alert that comes while one can still act.

« At this pace the objective becomes unreachable in N weeks » (domain 1.6) is read as follows.

* A lot is *covered* when its hours left come by themselves: at the present pace, or from the hours that the people in
  post are to do. A covered lot, one that has reached its objective and one that is over have no alert.
* Otherwise its *last start* is the last day of work from which full weeks (35 h, a fifth a day of work) of the people
  in post, and of one person at least, still make all the hours left by the end; somebody counts up to their last day.
  The day after, the objective is out of reach with these posts. Saturdays, Sundays and holidays are not worked; what
  the pace adds until then is left as a margin.
* The alert is raised when the last start is at most 8 weeks away. N is the time to it in weeks, rounded half up.

150 h left on Thursday 5 November 2026, works until Friday 15 January: 22 days of work at 7 h; the last start is
15 December, 40 days away, hence 6 weeks. From Monday 16 November 43 days of work are left: 18 h a week would do.
All of this is a default: each number is a parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from app.clauses.rules.staffing import InPost
from app.clauses.rules.working_days import working_day_before, working_days
from app.core.quantities import round_half_up

_DAYS_A_WEEK: Final = 5


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one post does in a week, how many posts are there at least, how early to warn, and how long a hire takes."""

    weekly_hours: Decimal = Decimal(35)
    persons: int = 1
    alert_weeks: int = 8
    lead_days: int = 7

    @property
    def daily(self) -> Fraction:
        """Hours of one post on a day of work."""
        return Fraction(self.weekly_hours) / _DAYS_A_WEEK


DEFAULT_CAPACITY: Final = Capacity()


@dataclass(frozen=True, slots=True)
class Alert:
    """The objective is out of reach the day after ``last_start``, in ``weeks`` weeks; ``too_late``: it is already."""

    hours_left: Decimal
    last_start: date
    weeks: int
    too_late: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """« ``posts`` personnes à 35 h avant le ``start_by`` », or ``weekly_hours`` in all from ``monday``.

    ``start_by`` is the last first day of work that still does. When no Monday is left ``monday`` and
    ``weekly_hours`` are None; when no day of work is left ``posts`` is 0 and ``start_by`` None.
    """

    posts: int
    start_by: date | None
    monday: date | None
    weekly_hours: int | None


def last_start(
    hours_left: Decimal, ends_on: date, people: Sequence[InPost] = (), capacity: Capacity = DEFAULT_CAPACITY
) -> date:
    """The last day of work from which full weeks still make the hours left by the end; it may lie in the past."""
    need, last = Fraction(hours_left), ends_on
    stops = sorted({stop for person in people if (stop := person.last_day) and stop < ends_on}, reverse=True)
    for stop in stops:
        a_day = _heads(people, last, capacity) * capacity.daily
        stretch = working_days(stop + timedelta(days=1), last) * a_day
        if stretch >= need:
            return working_day_before(last, ceil(need / a_day))
        need, last = need - stretch, stop
    return working_day_before(last, ceil(need / (_heads(people, last, capacity) * capacity.daily)))


def _heads(people: Sequence[InPost], day: date, capacity: Capacity) -> int:
    there = sum(1 for person in people if person.last_day is None or person.last_day >= day)
    return max(there, capacity.persons, 1)


def alert(
    hours_left: Decimal,
    *,
    today: date,
    ends_on: date,
    people: Sequence[InPost] = (),
    capacity: Capacity = DEFAULT_CAPACITY,
) -> Alert | None:
    """The alert of a lot that is not covered; None when there is time, nothing is left to do, or the works are over."""
    if hours_left <= 0 or ends_on < today:
        return None
    last = last_start(hours_left, ends_on, people, capacity)
    days = (last - today).days
    if days > capacity.alert_weeks * 7:
        return None
    weeks = int(round_half_up(Decimal(max(days, 0)) / 7, 0))
    return Alert(hours_left, last, weeks, too_late=days < 0)


def advice(
    hours_left: Decimal,
    *,
    today: date,
    ends_on: date,
    starts_on: date | None = None,
    capacity: Capacity = DEFAULT_CAPACITY,
) -> Advice | None:
    """What would do the hours left, from the first Monday after the time a hire takes; None when nothing is left.

    As few full posts as possible, starting as late as possible; or as few hours a week as possible from the Monday.
    """
    if hours_left <= 0:
        return None
    soonest = max(today + timedelta(days=capacity.lead_days), starts_on or today)
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    days = working_days(monday, ends_on)
    weekly = ceil(Fraction(hours_left) * _DAYS_A_WEEK / days) if days else None
    usable = days or working_days(max(today + timedelta(days=1), starts_on or today), ends_on)
    if not usable:
        return Advice(0, None, None, None)
    posts = ceil(Fraction(hours_left) / (usable * capacity.daily))
    start_by = working_day_before(ends_on, ceil(Fraction(hours_left) / (posts * capacity.daily)))
    return Advice(posts, start_by, monday if days else None, weekly)
