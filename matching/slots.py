"""What a weekly grid says: how much is asked, how much is covered, day by day, and does the work start early?"""

from dataclasses import dataclass

from matching.criteria import SLOTS

FULL_WEEK = (1 << SLOTS) - 1
SLOTS_A_DAY = 48
DAY = (1 << SLOTS_A_DAY) - 1
FIRST_BUS = 13
"""Half-hour of the day, 6 h 30, before which buses are not to be counted on."""
NOON = 24

_EVERY_MORNING = sum(((1 << FIRST_BUS) - 1) << day * SLOTS_A_DAY for day in range(7))


@dataclass(frozen=True, slots=True)
class DayCover:
    """One day that an offer asks for, Monday is 0. ``first`` and ``last`` are the half-hours asked at its ends."""

    day: int
    asked: int
    covered: int
    first: int
    last: int


def earliest_start(grid: int) -> int | None:
    """The earliest half-hour of a day at which work starts before the first bus; None when it never does.

    Going on after midnight is not a start.
    """
    after_rest = grid & ~((grid << 1) | (grid >> (SLOTS - 1)))
    early = after_rest & _EVERY_MORNING
    if not early:
        return None
    return min(slot % SLOTS_A_DAY for slot in range(SLOTS) if early >> slot & 1)


def crosses_midnight(grid: int) -> bool:
    """Some work goes on from one day to the next."""
    return any(_has(grid, day * SLOTS_A_DAY - 1) and _has(grid, day * SLOTS_A_DAY) for day in range(7))


def cover_by_day(free: int, asked: int) -> tuple[DayCover, ...]:
    """The days asked; when work crosses midnight a day runs from noon to noon, so that a night is one piece."""
    shift = NOON if crosses_midnight(asked) else 0
    free, asked = _turned(free, shift), _turned(asked, shift)
    days = []
    for day in range(7):
        wanted = asked >> day * SLOTS_A_DAY & DAY
        if wanted:
            held = wanted & free >> day * SLOTS_A_DAY
            first, last = (wanted & -wanted).bit_length() - 1, wanted.bit_length() - 1
            days.append(DayCover(day, wanted.bit_count(), held.bit_count(), first + shift, last + shift))
    return tuple(days)


def _has(grid: int, slot: int) -> bool:
    return bool(grid >> slot % SLOTS & 1)


def _turned(grid: int, by: int) -> int:
    return (grid >> by | grid << (SLOTS - by)) & FULL_WEEK
