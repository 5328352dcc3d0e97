"""At which instants is a job due? Civil hours of Paris, whatever the clock does in the night.

Each civil day has each hour once. An hour that the spring night skips is taken after the jump (02:30 is 03:30 that
day), an hour that the autumn night repeats is taken the first time. Steps of minutes follow instants, not the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class When(Protocol):
    """When a job is due."""

    def after(self, instant: datetime) -> datetime:
        """The first slot strictly after an instant, in UTC."""

    def between(self, start: datetime, end: datetime) -> list[datetime]:
        """The slots after ``start``, up to ``end`` included, in order."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, at whole multiples of a step."""

    step: timedelta

    def after(self, instant: datetime) -> datetime:
        """The next multiple."""
        return _EPOCH + self.step * ((instant - _EPOCH) // self.step + 1)

    def between(self, start: datetime, end: datetime) -> list[datetime]:
        """Every multiple between the two."""
        return list(_until(self, start, end))


@dataclass(frozen=True, slots=True)
class At:
    """At a civil hour in Paris, every day or one day of the week (Monday is 0)."""

    hour: time
    weekday: int | None = None

    def after(self, instant: datetime) -> datetime:
        """The next such hour."""
        day = instant.astimezone(PARIS).date() - _DAY
        while not (self._falls_on(day) and (slot := self.on(day)) > instant):
            day += _DAY
        return slot

    def between(self, start: datetime, end: datetime) -> list[datetime]:
        """Every such hour between the two."""
        return list(_until(self, start, end))

    def on(self, day: date) -> datetime:
        """The instant of the hour on a civil day."""
        return datetime.combine(day, self.hour, PARIS).astimezone(UTC)

    def _falls_on(self, day: date) -> bool:
        return self.weekday is None or day.weekday() == self.weekday


def _until(when: When, start: datetime, end: datetime) -> Iterator[datetime]:
    slot = when.after(start)
    while slot <= end:
        yield slot
        slot = when.after(slot)


def every(*, minutes: int = 0, seconds: int = 0) -> Every:
    """``every(minutes=5)``"""
    return Every(timedelta(minutes=minutes, seconds=seconds))


def daily(hour: str) -> At:
    """``daily("06:30")``"""
    return At(time.fromisoformat(hour))


def weekly(day: str, hour: str) -> At:
    """``weekly("monday", "07:00")``"""
    return At(time.fromisoformat(hour), WEEKDAYS.index(day))
