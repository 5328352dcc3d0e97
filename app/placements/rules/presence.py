"""On which half-days is the person expected, for how many hours, and how many were done or missed?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.core.grid import SLOTS_A_DAY, Grid
from app.core.quantities import round_half_up
from app.core.working_days import legal_holidays
from app.placements.rules.kinds import Half, Presence

NOON: Final = 26
"""The half-hour of the day at which the afternoon begins: 13:00."""
LONGEST: Final[Mapping[Half, Decimal]] = {Half.AM: Decimal(13), Half.PM: Decimal(11)}
_DAY: Final = timedelta(days=1)
_ZERO: Final = Decimal(0)
Key = tuple[date, Half]


class PresenceRefusal(StrEnum):
    """Why a half-day cannot be recorded so, or why the placement cannot be stopped on that day."""

    OUTSIDE = "placement_presence_outside"
    IN_FUTURE = "placement_presence_in_future"
    HOURS = "placement_presence_hours"
    STOP_OUTSIDE = "placement_stop_outside"
    STOP_IN_FUTURE = "placement_stop_in_future"


@dataclass(frozen=True, slots=True)
class ExpectedHalf:
    """A half-day on which the week's schedule expects the person."""

    day: date
    half: Half
    hours: Decimal

    @property
    def key(self) -> Key:
        """What names it in one placement."""
        return self.day, self.half


@dataclass(frozen=True, slots=True)
class SaidHalf:
    """What was said of a half-day. ``hours``: those done, None: all that were expected."""

    day: date
    half: Half
    status: Presence
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Hours, two decimals. ``expected`` = those done as expected + missed + unsaid; hours done in plus are in ``done``
    alone."""

    expected: Decimal
    done: Decimal
    missed: Decimal
    excused: Decimal
    """The part of the missed hours that was excused."""
    unsaid: Decimal
    """Expected, and nobody has said anything yet."""


def half_hours(grid: Grid, weekday: int, half: Half) -> Decimal:
    """Hours of a half-day of the week; weekday 0 is Monday."""
    day = grid.bits >> (weekday * SLOTS_A_DAY) & ((1 << SLOTS_A_DAY) - 1)
    part = day & ((1 << NOON) - 1) if half is Half.AM else day >> NOON
    return round_half_up(Decimal(part.bit_count()) / 2)


def expected_halves(
    grid: Grid, starts_on: date, last_day: date, *, works_holidays: bool = False
) -> tuple[ExpectedHalf, ...]:
    """In order, both ends included. A legal holiday is not expected unless the schedule says that one works then."""
    found = []
    day = starts_on
    while day <= last_day:
        if works_holidays or day not in legal_holidays(day.year):
            found += [
                ExpectedHalf(day, half, hours) for half in Half if (hours := half_hours(grid, day.weekday(), half))
            ]
        day += _DAY
    return tuple(found)


def tally(expected: Iterable[ExpectedHalf], said: Iterable[SaidHalf], last_day: date) -> Tally:
    """``last_day`` cuts both: the day of an early stop, else the last day of the convention."""
    hours = {one.key: one.hours for one in expected if one.day <= last_day}
    words = {(one.day, one.half): one for one in said if one.day <= last_day}
    for key, one in words.items():
        if one.status is Presence.NOT_EXPECTED:
            hours.pop(key, None)
    done = {key: done_hours(one, hours.get(key, _ZERO)) for key, one in words.items()}
    missed = {key: max(hours[key] - done[key], _ZERO) for key in hours.keys() & done.keys()}
    excused = (amount for key, amount in missed.items() if words[key].status is Presence.ABSENT_EXCUSED)
    return Tally(
        expected=_sum(hours.values()),
        done=_sum(done.values()),
        missed=_sum(missed.values()),
        excused=_sum(excused),
        unsaid=_sum(amount for key, amount in hours.items() if key not in words),
    )


def done_hours(said: SaidHalf, expected: Decimal) -> Decimal:
    """Hours done in a half-day: those said, or all that were expected, when the person was there."""
    if said.status is not Presence.PRESENT:
        return _ZERO
    return expected if said.hours is None else said.hours


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return round_half_up(sum(amounts, _ZERO))


def presence_refusals(
    said: Iterable[SaidHalf], starts_on: date, last_day: date, today: date
) -> tuple[PresenceRefusal, ...]:
    """All reasons against half-days as they are said. One said absent ahead is a wish, and no presence."""
    halves = tuple(said)
    reasons = []
    if any(not starts_on <= one.day <= last_day for one in halves):
        reasons.append(PresenceRefusal.OUTSIDE)
    if any(one.day > today and one.status is not Presence.NOT_EXPECTED for one in halves):
        reasons.append(PresenceRefusal.IN_FUTURE)
    if any(one.hours is not None and not _fits(one) for one in halves):
        reasons.append(PresenceRefusal.HOURS)
    return tuple(reasons)


def _fits(said: SaidHalf) -> bool:
    hours = said.hours or _ZERO
    if said.status is not Presence.PRESENT:
        return hours == 0
    return 0 < hours <= LONGEST[said.half]


def stop_refusals(stopped_on: date, starts_on: date, ends_on: date, today: date) -> tuple[PresenceRefusal, ...]:
    """May it be stopped so? ``stopped_on`` is the last day: the first day when the person never came."""
    reasons = []
    if not starts_on <= stopped_on <= ends_on:
        reasons.append(PresenceRefusal.STOP_OUTSIDE)
    if stopped_on > today:
        reasons.append(PresenceRefusal.STOP_IN_FUTURE)
    return tuple(reasons)
