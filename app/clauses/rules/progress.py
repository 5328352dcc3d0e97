"""Where does one lot stand on a day: done, left, pace, forecast, and is it in danger?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Final

from app.clauses.rules.alert import DEFAULT_CAPACITY, Advice, Alert, Capacity, advice, alert
from app.clauses.rules.objective import Rate
from app.clauses.rules.periods import month_end, month_of
from app.clauses.rules.staffing import InPost, hours_of
from app.core.quantities import round_half_up

PACE_WEEKS: Final = 13
REPORT_DAYS: Final = 15
"""A month is known from the day its report was due, or as soon as hours of it are there."""
SETTLED_WEEKS: Final = 8
_ZERO: Final = Decimal(0)
_FAR: Final = 3650


class LotStanding(StrEnum):
    """How a lot stands on a day."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    WATCH = "watch"
    IN_DANGER = "in_danger"
    REACHED = "reached"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class MonthHours:
    """Hours of a month (its first day) as known on the day: declared in all, and of these validated."""

    month: date
    declared: Decimal
    validated: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """A lot on a day. ``percent`` is a ratio (0.4 for 40 %), 1 when nothing is due.

    ``pace`` is in hours a week. ``weeks_left`` are whole weeks; they and ``forecast`` are None without a known end.
    ``reached_on`` is None when the objective is reached already, and when it never is (or not within ten years).
    """

    objective: Decimal
    declared: Decimal
    validated: Decimal
    left: Decimal
    percent: Decimal
    pace: Decimal
    weeks_left: int | None
    forecast: Decimal | None
    reached_on: date | None
    standing: LotStanding
    alert: Alert | None
    advice: Advice | None

    @property
    def to_validate(self) -> Decimal:
        """Hours that wait for the facilitator."""
        return max(self.declared - self.validated, _ZERO)

    @property
    def forecast_missing(self) -> Decimal:
        """What will be missing at the end if nothing changes."""
        return max(self.objective - (self.validated if self.forecast is None else self.forecast), _ZERO)


@dataclass(frozen=True, slots=True)
class Works:
    """When the works run: the last day is included; None when no delivery is set."""

    starts_on: date
    ends_on: date | None = None


def progress(
    *,
    objective: Decimal,
    months: Sequence[MonthHours],
    works: Works,
    today: date,
    people: Sequence[InPost] | None = None,
    capacity: Capacity = DEFAULT_CAPACITY,
    known_until: date | None = None,
) -> Progress:
    """The lot on a day. ``people`` None: who is in post is not known, the pace goes on; empty: nobody is, it stops.

    With some in post, the pace falls as they reach their last day, in proportion to their weekly hours.
    """
    declared = sum((month.declared for month in months), _ZERO)
    validated = sum((month.validated for month in months), _ZERO)
    done = Rate(validated, objective)
    pace = pace_of(months, works, today=today, known_until=known_until)
    people = as_they_work(people, pace, today) if people and declared else people
    first_day = max(today, works.starts_on)
    forecast = _forecast(validated, pace, people, first_day, works.ends_on)
    covered = forecast is not None and forecast >= objective
    warning, counsel = _warned(done.missing, works, today, people or (), capacity, covered=covered)
    begun = declared > 0 or validated > 0
    on_track = covered or (works.ends_on is None and pace > 0)
    return Progress(
        objective=objective,
        declared=declared,
        validated=validated,
        left=done.missing,
        percent=done.ratio,
        pace=pace,
        weeks_left=max((works.ends_on - first_day).days // 7, 0) if works.ends_on else None,
        forecast=forecast,
        reached_on=_reached_on(done.missing, pace, people, first_day),
        standing=_standing(
            done, works, today, warned=warning is not None, begun=begun or bool(people), on_track=on_track
        ),
        alert=warning,
        advice=counsel,
    )


def as_they_work(people: Sequence[InPost], pace: Decimal, today: date) -> list[InPost]:
    """The people with the hours that they do on this lot: a week of 35 h may be spent on other works too.

    Those in post for 8 weeks or more are known by the pace: together they do no more than it says. Whoever came later
    is taken at the hours of the employment, and so is everybody as long as no hours were declared at all.
    """
    settled = [one.since is not None and one.since <= today - timedelta(weeks=SETTLED_WEEKS) for one in people]
    hired = sum((one.weekly_hours for one, known in zip(people, settled, strict=True) if known), _ZERO)
    if hired <= pace:
        return list(people)
    return [
        replace(one, weekly_hours=one.weekly_hours * pace / hired) if known else one
        for one, known in zip(people, settled, strict=True)
    ]


def pace_of(
    months: Iterable[MonthHours],
    works: Works,
    *,
    today: date,
    known_until: date | None = None,
    weeks: int = PACE_WEEKS,
) -> Decimal:
    """Hours declared a week over the last 13 weeks that are known, or since the start when shorter (a week at least).

    Declared, so that a control that is late does not look like work that stopped. Each month's hours are spread over
    its days of works. The weeks end with the last month of which hours are there or whose report was due
    (``known_until`` says otherwise, for other frequencies): a report that is not yet due does not look like a stop.
    """
    rows = sorted(months, key=lambda row: row.month)
    until = known_until or _known_until(rows, today)
    until = min(until, today, works.ends_on or today)
    first = max(works.starts_on, until - timedelta(days=weeks * 7 - 1))
    if first > until:
        return _ZERO
    hours = _ZERO
    for row in rows:
        opens, closes = max(row.month, works.starts_on), min(month_end(row.month), works.ends_on or date.max, today)
        shared = (min(closes, until) - max(opens, first)).days + 1
        if shared > 0:
            hours += row.declared * shared / ((closes - opens).days + 1)
    days = max((until - first).days + 1, 7)
    return max(hours * 7 / days, _ZERO)


def _known_until(rows: Sequence[MonthHours], today: date) -> date:
    due = month_of(today - timedelta(days=REPORT_DAYS)) - timedelta(days=1)
    return max([due, *(month_end(row.month) for row in rows if row.declared)])


def _forecast(
    validated: Decimal, pace: Decimal, people: Sequence[InPost] | None, first_day: date, ends_on: date | None
) -> Decimal | None:
    if ends_on is None:
        return None
    weeks = max((ends_on - first_day).days // 7, 0)
    if people is None:
        return round_half_up(validated + pace * weeks)
    total = sum((person.weekly_hours for person in people), _ZERO)
    if not total:
        return validated
    stays = (
        person.weekly_hours * max((min(person.last_day or ends_on, ends_on) - first_day).days // 7, 0)
        for person in people
    )
    return round_half_up(validated + pace * sum(stays, _ZERO) / total)


def _reached_on(left: Decimal, pace: Decimal, people: Sequence[InPost] | None, first_day: date) -> date | None:
    if left <= 0 or pace <= 0:
        return None
    there = (
        [InPost(Decimal(1))] if people is None else [one for one in people if (one.last_day or date.max) >= first_day]
    )
    total = sum((person.weekly_hours for person in there), _ZERO)
    day = first_day
    for stop in sorted({person.last_day or date.max for person in there}):
        working = sum((one.weekly_hours for one in there if (one.last_day or date.max) >= stop), _ZERO)
        if not working:
            continue
        a_day = pace * working / total / 7
        days = int((left / a_day).to_integral_value(rounding=ROUND_CEILING))
        if days <= (stop - day).days:
            return day + timedelta(days=days) if (day - first_day).days + days <= _FAR else None
        left, day = left - a_day * (stop - day).days, stop
    return None


def _warned(
    left: Decimal, works: Works, today: date, people: Sequence[InPost], capacity: Capacity, *, covered: bool
) -> tuple[Alert | None, Advice | None]:
    """The alert, unless the pace (``covered``) or the people in post will do; and what would do, if there is time."""
    ends_on = works.ends_on
    if not left or ends_on is None or ends_on < today:
        return None, None
    counsel = advice(left, today=today, ends_on=ends_on, starts_on=works.starts_on, capacity=capacity)
    if covered or hours_of(people, max(today, works.starts_on), ends_on) >= left:
        return None, counsel
    return alert(left, today=today, ends_on=ends_on, people=people, capacity=capacity), counsel


def _standing(done: Rate, works: Works, today: date, *, warned: bool, begun: bool, on_track: bool) -> LotStanding:
    """``begun``: hours are there, or somebody is in post."""
    if not done.missing:
        return LotStanding.REACHED if done.objective or done.counted else LotStanding.NOT_STARTED
    if works.ends_on and works.ends_on < today:
        return LotStanding.MISSED
    if warned:
        return LotStanding.IN_DANGER
    if today < works.starts_on or not begun:
        return LotStanding.NOT_STARTED
    return LotStanding.ON_TRACK if on_track else LotStanding.WATCH
