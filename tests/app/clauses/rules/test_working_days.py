"""Are weekends and the holidays of France left out, and do counting and going back agree?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.working_days import easter, holidays, working_day_before, working_days

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    "sunday", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)]
)
def test_easter_falls_on_its_sunday(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_2026_has_its_eleven_holidays() -> None:
    found = holidays(2026)
    assert len(found) == 11
    assert {date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14)} <= found


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 11, 9), date(2026, 11, 13), 4),  # the 11th
        (date(2026, 11, 7), date(2026, 11, 8), 0),
        (date(2026, 12, 15), date(2027, 1, 15), 22),  # 4 + 4 + 4 + 5 + 5: no 25 December, no 1 January
        (date(2026, 11, 16), date(2027, 1, 15), 43),
        (date(2026, 11, 6), date(2026, 11, 5), 0),
    ],
)
def test_days_of_work_are_counted_without_weekends_and_holidays(first: date, last: date, count: int) -> None:
    assert working_days(first, last) == count


def test_far_years_do_not_fail() -> None:
    assert working_day_before(date(9999, 12, 31), 1).year == 2100
    assert working_day_before(date(2001, 1, 1), 100_000).year == 2000


@given(DAYS, st.integers(1, 800))
def test_going_back_a_number_of_days_leaves_that_number(last: date, count: int) -> None:
    first = working_day_before(last, count)
    assert working_days(first, last) == count
    assert working_days(first + timedelta(days=1), last) == count - 1
