"""Does the alert come while one can still act, and would the advice really do?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.alert import Advice, Capacity, advice, alert, last_start
from app.clauses.rules.staffing import InPost
from app.clauses.rules.working_days import working_days

D = Decimal
TODAY = date(2026, 11, 5)
END = date(2027, 1, 15)
HOURS = st.decimals("0.01", 3000, places=2)
ENDS = st.dates(TODAY, date(2028, 12, 31))


def test_150_hours_in_ten_weeks_need_somebody_by_15_december_six_weeks_away() -> None:
    found = alert(D(150), today=TODAY, ends_on=END)
    assert found is not None
    assert (found.hours_left, found.last_start, found.weeks, found.too_late) == (150, date(2026, 12, 15), 6, False)


def test_somebody_in_post_at_a_few_hours_is_the_post_that_is_counted() -> None:
    assert alert(D(150), today=TODAY, ends_on=END, people=[InPost(D("3.5"))]) == alert(D(150), today=TODAY, ends_on=END)


def test_the_advice_is_one_full_post_by_15_december_or_18_hours_from_monday_16_november() -> None:
    found = advice(D(150), today=TODAY, ends_on=END)
    assert found == Advice(1, date(2026, 12, 15), date(2026, 11, 16), 18)


@pytest.mark.parametrize(
    ("left", "last"),
    [
        ("147", date(2026, 12, 16)),
        ("147.01", date(2026, 12, 15)),
        ("154", date(2026, 12, 15)),
        ("154.01", date(2026, 12, 14)),
    ],
)
def test_the_last_start_moves_by_one_day_of_seven_hours(left: str, last: date) -> None:
    assert last_start(D(left), END) == last


@pytest.mark.parametrize(
    ("today", "raised"), [(date(2026, 10, 19), False), (date(2026, 10, 20), True), (date(2026, 12, 15), True)]
)
def test_the_alert_is_raised_eight_weeks_before_the_last_start(today: date, raised: bool) -> None:
    assert (alert(D(150), today=today, ends_on=END) is not None) is raised  # 20 October + 56 days = 15 December


def test_how_early_is_a_parameter() -> None:
    assert alert(D(150), today=TODAY, ends_on=END, capacity=Capacity(alert_weeks=5)) is None


def test_the_day_after_the_last_start_it_is_too_late_for_one_post() -> None:
    found = alert(D(150), today=date(2026, 12, 16), ends_on=END)
    assert found is not None
    assert (found.too_late, found.weeks) == (True, 0)


def test_when_one_post_is_not_enough_the_advice_says_how_many() -> None:
    found = advice(D(602), today=TODAY, ends_on=END)  # 43 days of work at 7 h are 301 h
    assert found is not None
    assert (found.posts, found.start_by, found.weekly_hours) == (2, date(2026, 11, 16), 70)
    # By three, 21 h a day: 29 days, the 22 from 15 December and the seven from 4 to 14 December.
    assert advice(D("602.01"), today=TODAY, ends_on=END) == Advice(3, date(2026, 12, 4), date(2026, 11, 16), 71)


def test_people_who_stop_counting_no_longer_help_from_the_day_after() -> None:
    three = [InPost(D(35)), InPost(D(35), date(2026, 12, 18)), InPost(D(35), date(2026, 12, 18))]
    # After 18 December one post: 18 days (4 + 4 + 5 + 5), 126 h. The 24 h before are made by three in two days.
    assert last_start(D(150), END, three) == date(2026, 12, 17)
    assert last_start(D(150), END, [InPost(D(35))] * 3) == date(2027, 1, 6)  # 21 h a day: 8 days


def test_more_posts_can_be_assumed() -> None:
    assert last_start(D(150), END, capacity=Capacity(persons=2)) == date(2026, 12, 31)  # 14 h a day: 11 days


def test_nothing_left_and_works_over_raise_nothing() -> None:
    assert alert(D(0), today=TODAY, ends_on=END) is None
    assert advice(D(0), today=TODAY, ends_on=END) is None
    assert alert(D(150), today=date(2027, 1, 16), ends_on=END) is None


def test_without_a_monday_left_people_are_asked_for_at_once() -> None:
    found = advice(D(14), today=date(2027, 1, 12), ends_on=END)  # Wednesday to Friday
    assert found == Advice(1, date(2027, 1, 14), None, None)
    assert advice(D(14), today=END, ends_on=END) == Advice(0, None, None, None)


def test_the_monday_is_never_before_the_works_start() -> None:
    found = advice(D(35), today=TODAY, ends_on=END, starts_on=date(2026, 12, 1))
    assert found is not None
    assert found.monday == date(2026, 12, 7)


@given(HOURS, ENDS)
def test_what_is_advised_does(left: Decimal, ends_on: date) -> None:
    found = advice(left, today=TODAY, ends_on=ends_on)
    assert found is not None
    if found.start_by:
        assert found.start_by > TODAY
        assert found.posts * 7 * working_days(found.start_by, ends_on) >= left
        assert found.posts * 7 * working_days(found.start_by + timedelta(days=1), ends_on) < left
    if found.monday and found.weekly_hours:
        assert found.monday.weekday() == 0
        assert found.weekly_hours * working_days(found.monday, ends_on) >= left * 5
        assert (found.weekly_hours - 1) * working_days(found.monday, ends_on) < left * 5


@given(HOURS, HOURS, ENDS, st.lists(st.none() | ENDS, max_size=4))
def test_more_hours_left_never_leave_more_time(
    left: Decimal, more: Decimal, end: date, stops: list[date | None]
) -> None:
    people = [InPost(D(35), stop) for stop in stops]
    assert last_start(left + more, end, people) <= last_start(left, end, people)
    assert last_start(left, end) <= last_start(left, end, people)
