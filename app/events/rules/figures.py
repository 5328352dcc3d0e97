"""How are numbers of people shown so that nobody is recognised in them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SMALL: Final = 5
"""A cell of fewer people than this, but some, is not shown."""
HIDDEN: Final = "< 5"
AT_LEAST: Final = "5 ou plus"
UNSAID: Final = "n. c."
Cell = int | str


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column as everybody may read them, and its total."""

    cells: tuple[Cell, ...]
    total: Cell


def is_small(count: int) -> bool:
    """1 to 4 people."""
    return 0 < count < SMALL


def alone(count: int) -> Cell:
    """A number by itself."""
    return HIDDEN if is_small(count) else count


def shielded(counts: Sequence[int], total: int) -> Column:
    """Small cells are hidden, and others with them until the total does not give them away.

    From the total and the cells that stay, each small cell may still be any number from 1 to 4: enough of the others
    say « 5 ou plus ». Where there are not enough of them, no cell that holds somebody says anything, nor the total
    when it would be a handful of ones.
    """
    small = {rank for rank, count in enumerate(counts) if is_small(count)}
    if is_small(total):
        return Column(tuple(HIDDEN if count else 0 for count in counts), HIDDEN)
    if not small:
        return Column(tuple(counts), total)
    others = sorted((rank for rank, count in enumerate(counts) if count >= SMALL), key=lambda rank: counts[rank])
    with_them: list[int] = []
    for rank in others:
        with_them.append(rank)
        if _hides(small, with_them, counts):
            break
    else:
        cells = tuple(UNSAID if count else 0 for count in counts)
        told = total - sum(count > 0 for count in counts) >= SMALL - 1
        return Column(cells, total if told else AT_LEAST)
    return Column(
        tuple(
            HIDDEN if rank in small else AT_LEAST if rank in with_them else count for rank, count in enumerate(counts)
        ),
        total,
    )


def _hides(small: set[int], with_them: Sequence[int], counts: Sequence[int]) -> bool:
    """May each small cell be 4 while the other small ones are 1 and those hidden with them 5?"""
    hidden = sum(counts[rank] for rank in [*small, *with_them])
    return hidden >= (SMALL - 1) + (len(small) - 1) + SMALL * len(with_them)


def attendance_percent(seen: int, expected: int) -> int | None:
    """Those who came out of those expected, half up; None when so few came that they would be recognised."""
    if expected < SMALL or is_small(seen):
        return None
    return int((Decimal(seen) * 100 / Decimal(expected)).quantize(Decimal(1), rounding="ROUND_HALF_UP"))
