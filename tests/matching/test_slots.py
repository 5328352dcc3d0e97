import pytest

from matching.slots import FULL_WEEK, DayCover, cover_by_day, crosses_midnight, earliest_start
from tests.matching.examples import hours_of


@pytest.mark.parametrize(
    ("grid", "start"),
    [
        (hours_of(range(5), 6, 10), 12),
        (hours_of(range(5), 6.5, 10), None),
        (hours_of((0,), 8, 12) | hours_of((3,), 5.5, 9), 11),
        (hours_of((0,), 22, 24) | hours_of((1,), 0, 6), None),
        (hours_of((6,), 22, 24) | hours_of((0,), 0, 6), None),
        (hours_of((2,), 0, 6), 0),
        (FULL_WEEK, None),
        (0, None),
    ],
    ids=["at 6", "at 6:30", "once at 5:30", "a night", "Sunday night", "at midnight", "always", "never"],
)
def test_only_a_start_before_half_past_six_is_early(grid, start):
    assert earliest_start(grid) == start


def test_each_asked_day_is_covered_or_not():
    asked, free = hours_of(range(3), 8, 12), hours_of((0,), 0, 24) | hours_of((1,), 10, 12)
    assert cover_by_day(free, asked) == (
        DayCover(0, asked=8, covered=8, first=16, last=23),
        DayCover(1, asked=8, covered=4, first=16, last=23),
        DayCover(2, asked=8, covered=0, first=16, last=23),
    )


def test_a_night_is_one_piece_of_the_day_it_begins():
    night = hours_of((6,), 22, 24) | hours_of((0,), 0, 6)
    assert crosses_midnight(night)
    assert cover_by_day(hours_of((6,), 20, 24), night) == (DayCover(6, asked=16, covered=4, first=44, last=59),)
