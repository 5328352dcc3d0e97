"""Which days has « tous les mardis de 9 h à 11 h jusqu’au … »? Legal holidays are skipped, and said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.core.working_days import legal_holidays
from app.events.rules.content import EventRefusal

DAYS_MOST: Final = 60
PARIS: Final = ZoneInfo("Europe/Paris")
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Series:
    """The same hours each week on one day (Monday is 0), from a day to a day, both included."""

    weekday: int
    first: date
    last: date
    every: int = 1
    """Each week, or every second or fourth one."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a series, and those that are holidays."""

    kept: tuple[date, ...]
    skipped: tuple[date, ...]


def days_of(series: Series) -> Days:
    """Each of the days, in order. Counted in civil days, so the hour stays the same when the clocks change."""
    day = series.first + timedelta(days=(series.weekday - series.first.weekday()) % 7)
    every = max(1, series.every)
    kept: list[date] = []
    skipped: list[date] = []
    while day <= series.last and len(kept) <= DAYS_MOST:
        (skipped if day in legal_holidays(day.year) else kept).append(day)
        day += _WEEK * every
    return Days(tuple(kept), tuple(skipped))


def series_refusals(days: Days) -> tuple[EventRefusal, ...]:
    """Why the series is not made."""
    if not days.kept:
        return (EventRefusal.NO_DAY,)
    return (EventRefusal.TOO_MANY_DAYS,) if len(days.kept) > DAYS_MOST else ()


def instant(day: date, at: time) -> datetime:
    """An hour of Paris as an instant.

    The hour that a spring night skips is the next one; of an hour that an autumn night has twice, the first.
    """
    return datetime.combine(day, at, PARIS).astimezone(UTC)


def times_on(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """From when to when, on a day in Paris. An end at midnight is the end of that day."""
    last = day + timedelta(days=1) if end == time(0) and start != time(0) else day
    return instant(day, start), instant(last, end)
