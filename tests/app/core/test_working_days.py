"""Days worked in France: the neighbours of a holiday and of a weekend."""

from datetime import date

import pytest

from app.core.working_days import is_working_day, last_working_day_in, next_working_day


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        (date(2026, 7, 14), date(2026, 7, 15), date(2026, 7, 13)),  # a Tuesday, holiday
        (date(2026, 2, 15), date(2026, 2, 16), date(2026, 2, 13)),  # a Sunday
        (date(2026, 4, 6), date(2026, 4, 7), date(2026, 4, 3)),  # Easter Monday, after a weekend
        (date(2026, 12, 25), date(2026, 12, 28), date(2026, 12, 24)),  # a Friday, before a weekend
    ],
)
def test_a_day_off_goes_to_its_working_neighbours(day: date, after: date, before: date) -> None:
    assert not is_working_day(day)
    assert (next_working_day(day), last_working_day_in(day)) == (after, before)


def test_a_working_day_stays() -> None:
    day = date(2026, 11, 5)
    assert (next_working_day(day), last_working_day_in(day)) == (day, day)
