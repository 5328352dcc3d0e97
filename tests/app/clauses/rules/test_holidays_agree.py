"""The table of working days of the clauses and the library of the follow-up say the same, year after year."""

from datetime import date, timedelta

import pytest

from app.clauses.rules.working_days import holidays, working_days
from app.follow_up.rules.calendar import is_working_day, legal_holidays


@pytest.mark.parametrize("year", range(2020, 2041))
def test_both_know_the_same_holidays(year: int) -> None:
    assert holidays(year) == legal_holidays(year)


def test_both_count_the_same_working_days() -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=rank) for rank in range(731)]

    assert working_days(days[0], days[-1]) == sum(is_working_day(day) for day in days)
