"""Nobody is recognised in a table: small cells say nothing, and neither do the others about them."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events.rules.figures import AT_LEAST, HIDDEN, UNSAID, attendance_percent, shielded


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ((), (), 0),
        ((0, 0), (0, 0), 0),
        ((12, 7), (12, 7), 19),
        ((3,), (HIDDEN,), HIDDEN),
        ((1, 2), (HIDDEN, HIDDEN), HIDDEN),
        ((3, 20, 9, 0), (HIDDEN, 20, AT_LEAST, 0), 32),
        ((1, 5, 20), (HIDDEN, AT_LEAST, AT_LEAST), 26),
        ((1, 5), (UNSAID, UNSAID), 6),
        ((4, 4), (UNSAID, UNSAID), 8),
        ((1, 1, 1, 1, 1), (UNSAID,) * 5, AT_LEAST),
    ],
)
def test_cells_are_hidden_with_their_company(
    counts: tuple[int, ...], cells: tuple[int | str, ...], total: int | str
) -> None:
    column = shielded(counts, sum(counts))
    assert (column.cells, column.total) == (cells, total)


def _could_be(cell: int | str) -> range:
    if isinstance(cell, int):
        return range(cell, cell + 1)
    return {HIDDEN: range(1, 5), AT_LEAST: range(5, 21), UNSAID: range(1, 21)}[cell]


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_no_small_cell_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    column = shielded(counts, sum(counts))
    if isinstance(column.total, str):
        return
    worlds = [world for world in product(*map(_could_be, column.cells)) if sum(world) == column.total]
    for rank, count in enumerate(counts):
        if 0 < count < 5:
            assert len({world[rank] for world in worlds}) >= 4


@pytest.mark.parametrize(
    ("seen", "expected", "percent"),
    [(0, 0, None), (3, 4, None), (3, 40, None), (0, 40, 0), (5, 8, 63), (20, 20, 100)],
)
def test_attendance_is_a_share_of_enough_people(seen: int, expected: int, percent: int | None) -> None:
    assert attendance_percent(seen, expected) == percent
