"""Months, quarters and half-years, and the day before which a report is due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.kinds import Frequency
from app.clauses.rules.periods import (
    LENGTHS,
    Period,
    days_late,
    due_on,
    is_late,
    month_end,
    months_between,
    period_of,
    periods_between,
)

DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))
M, Q, H = Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY


@pytest.mark.parametrize(
    ("day", "frequency", "first", "last_day", "rank"),
    [
        (date(2026, 10, 31), M, date(2026, 10, 1), date(2026, 10, 31), 10),
        (date(2028, 2, 1), M, date(2028, 2, 1), date(2028, 2, 29), 2),
        (date(2026, 3, 31), Q, date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2026, 4, 1), Q, date(2026, 4, 1), date(2026, 6, 30), 2),
        (date(2026, 9, 30), Q, date(2026, 7, 1), date(2026, 9, 30), 3),
        (date(2026, 12, 31), Q, date(2026, 10, 1), date(2026, 12, 31), 4),
        (date(2026, 6, 30), H, date(2026, 1, 1), date(2026, 6, 30), 1),
        (date(2026, 7, 1), H, date(2026, 7, 1), date(2026, 12, 31), 2),
    ],
)
def test_a_day_lies_in_its_civil_period(
    day: date, frequency: Frequency, first: date, last_day: date, rank: int
) -> None:
    period = period_of(day, frequency)
    assert (period.first_month, period.last_day, period.rank) == (first, last_day, rank)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        (Period(date(2026, 10, 1)), date(2026, 11, 15)),
        (Period(date(2026, 12, 1)), date(2027, 1, 15)),
        (Period(date(2026, 1, 1), 3), date(2026, 4, 15)),
        (Period(date(2026, 4, 1), 3), date(2026, 7, 15)),
        (Period(date(2026, 7, 1), 3), date(2026, 10, 15)),
        (Period(date(2026, 10, 1), 3), date(2027, 1, 15)),
    ],
)
def test_a_report_is_due_before_the_15th_of_the_next_month(period: Period, due: date) -> None:
    assert due_on(period, 15) == due
    before = due - timedelta(days=1)
    assert (is_late(period, 15, before), days_late(period, 15, before)) == (False, 0)
    assert (is_late(period, 15, due), days_late(period, 15, due)) == (True, 1)
    assert days_late(period, 15, due + timedelta(days=11)) == 12


def test_the_periods_of_a_contract_hold_its_first_and_its_last_day() -> None:
    found = periods_between(date(2026, 3, 2), date(2027, 1, 15), Q)
    assert [(p.first_month, p.length) for p in found] == [
        (date(2026, 1, 1), 3),
        (date(2026, 4, 1), 3),
        (date(2026, 7, 1), 3),
        (date(2026, 10, 1), 3),
        (date(2027, 1, 1), 3),
    ]
    assert found[0].within(date(2026, 3, 2), date(2027, 1, 15)) == (date(2026, 3, 1),)
    assert found[-1].within(date(2026, 3, 2), date(2027, 1, 15)) == (date(2027, 1, 1),)


def test_a_delivery_before_the_notification_has_no_period() -> None:
    assert periods_between(date(2026, 3, 2), date(2026, 3, 1), M) == ()


def test_the_months_of_a_quarter_are_three_in_a_row() -> None:
    assert Period(date(2026, 10, 1), 3).months() == (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))


@given(first=DAYS, length=st.integers(0, 2000), frequency=st.sampled_from(Frequency))
def test_periods_follow_each_other_and_cover_every_day_of_the_works(
    first: date, length: int, frequency: Frequency
) -> None:
    last = first + timedelta(days=length)
    found = periods_between(first, last, frequency)
    assert found[0].first_month <= first
    assert found[-1].last_day >= last
    for before, after in pairwise(found):
        assert after.first_month == before.last_day + timedelta(days=1)
    months = [month for period in found for month in period.within(first, last)]
    assert tuple(months) == months_between(first, last)


@given(day=DAYS, frequency=st.sampled_from(Frequency), due_day=st.integers(1, 28))
def test_no_report_is_late_before_its_period_is_over(day: date, frequency: Frequency, due_day: int) -> None:
    period = period_of(day, frequency)
    assert period.first_month <= day <= period.last_day
    assert len(period.months()) == LENGTHS[frequency]
    assert not is_late(period, due_day, day)
    assert month_end(period.last_month) < due_on(period, due_day)
