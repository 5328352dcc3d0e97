"""A month counted date to date, its last day included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.months import last_day_of_a_month


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 2, 15), date(2026, 3, 14)),
        (date(2026, 12, 20), date(2027, 1, 19)),
        (date(2026, 1, 28), date(2026, 2, 27)),
        (date(2026, 1, 29), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_a_month_ends_on_the_eve_of_the_same_day(start: date, last: date) -> None:
    assert last_day_of_a_month(start) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_month_has_28_to_31_days_and_never_ends_earlier_for_a_later_start(start: date) -> None:
    last = last_day_of_a_month(start)
    assert 28 <= (last - start).days + 1 <= 31
    assert last_day_of_a_month(start + timedelta(days=1)) >= last
