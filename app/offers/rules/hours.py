"""At which moments of the week is an offer worked? Night and weekend come from the grid, nobody ticks them."""

from itertools import pairwise
from typing import Final

from app.core.grid import SLOTS_A_DAY, Grid, Preset

ENOUGH: Final = 2
"""Half-hours in one day below which a moment does not count: finishing at 18 h 30 is no evening work."""
SPLIT: Final = 4
"""Half-hours of break above which a day is split; a lunch is no split."""
_ORDER: Final = tuple(Preset)
_CONDITIONS: Final = {Preset.NIGHT: "nuit", Preset.WEEKEND: "week-end", Preset.EVENING: "soiree"}
_BEFORE_HALF_PAST_SIX: Final = range(8, 13)  # a start from 4 h to 6 h
DERIVED: Final = frozenset({*_CONDITIONS.values(), "tot-le-matin", "horaires-coupes"})
"""Slugs that nobody ticks in an offer: they are read in its grid."""


def moments(grid: Grid) -> tuple[Preset, ...]:
    """The moments in which at least one day has an hour of work."""
    return tuple(preset for preset in _ORDER if _longest_day(grid.bits & _BITS[preset]) >= ENOUGH)


def is_night(grid: Grid) -> bool:
    """Is some of the work done at night?"""
    return Preset.NIGHT in moments(grid)


def is_weekend(grid: Grid) -> bool:
    """Is some of the work done on Saturdays or Sundays?"""
    return Preset.WEEKEND in moments(grid)


def conditions_of(grid: Grid) -> frozenset[str]:
    """Slugs of the working conditions that the grid shows: night, weekend, evening, early start, split days."""
    held = {_CONDITIONS[moment] for moment in moments(grid) if moment in _CONDITIONS}
    spans = list(grid.spans())
    if any(span.start in _BEFORE_HALF_PAST_SIX for span in spans):
        held.add("tot-le-matin")
    within = [span for span in spans if span.start > 0 and span.end < SLOTS_A_DAY]  # a night is two halves, not a split
    if any(one.day == two.day and two.start - one.end > SPLIT for one, two in pairwise(within)):
        held.add("horaires-coupes")
    return frozenset(held)


def _longest_day(bits: int) -> int:
    day = (1 << SLOTS_A_DAY) - 1
    return max((bits >> (number * SLOTS_A_DAY) & day).bit_count() for number in range(7))


_BITS: Final = {preset: Grid.from_presets([preset]).bits for preset in Preset}
