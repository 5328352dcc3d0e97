"""At which moments of the week is an offer worked? Night and weekend come from the grid, nobody ticks them."""

from typing import Final

from app.core.grid import SLOTS_A_DAY, Grid, Preset

ENOUGH: Final = 2
"""Half-hours in one day below which a moment does not count: finishing at 18 h 30 is no evening work."""
_ORDER: Final = tuple(Preset)


def moments(grid: Grid) -> tuple[Preset, ...]:
    """The moments in which at least one day has an hour of work."""
    return tuple(preset for preset in _ORDER if _longest_day(grid.bits & _BITS[preset]) >= ENOUGH)


def is_night(grid: Grid) -> bool:
    """Is some of the work done at night?"""
    return Preset.NIGHT in moments(grid)


def is_weekend(grid: Grid) -> bool:
    """Is some of the work done on Saturdays or Sundays?"""
    return Preset.WEEKEND in moments(grid)


def _longest_day(bits: int) -> int:
    day = (1 << SLOTS_A_DAY) - 1
    return max((bits >> (number * SLOTS_A_DAY) & day).bit_count() for number in range(7))


_BITS: Final = {preset: Grid.from_presets([preset]).bits for preset in Preset}
