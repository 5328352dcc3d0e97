"""How many people a lot still needs, and when they must start at the latest."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.alert import last_start
from app.clauses.rules.staffing import POST_HOURS, InPost, hours_of, need_of
from app.clauses.rules.working_days import working_days

TODAY = date(2026, 11, 2)
HOURS = st.decimals(Decimal(0), Decimal(20000), places=2)
PEOPLE = st.lists(
    st.builds(
        InPost,
        weekly_hours=st.decimals(Decimal(1), Decimal(48), places=2),
        last_day=st.none() | st.dates(date(2026, 10, 1), date(2027, 12, 31)),
    ),
    max_size=5,
)


def weeks(count: int) -> date:
    """The last day of so many whole weeks from today."""
    return TODAY + timedelta(days=7 * count - 1)


@pytest.mark.parametrize(
    ("left", "weeks_left", "weekly", "posts"),
    [
        ("150", 10, "15.00", 1),
        # Ten weeks from 2 November hold 50 weekdays less 11 November, Christmas and New Year: 47 of 7 h, 329 h.
        ("329", 10, "32.90", 1),
        ("329.01", 10, "32.90", 2),
        ("658", 10, "65.80", 2),
        ("658.01", 10, "65.80", 3),
        ("0.01", 10, "0.00", 1),
    ],
)
def test_posts_are_whole_posts_of_35_hours(left: str, weeks_left: int, weekly: str, posts: int) -> None:
    need = need_of(Decimal(left), today=TODAY, ends_on=weeks(weeks_left))
    assert (need.weeks_left, need.weekly_hours_needed, need.posts) == (weeks_left, Decimal(weekly), posts)
    assert not need.covered
    assert not need.too_late


def test_one_person_for_150_hours_starts_on_the_day_that_the_alert_names() -> None:
    need = need_of(Decimal(150), today=date(2026, 11, 5), ends_on=date(2027, 1, 15))
    assert (need.posts, need.start_before) == (1, last_start(Decimal(150), date(2027, 1, 15)))
    assert need.start_before == date(2026, 12, 15)


def test_a_full_need_starts_today() -> None:
    assert need_of(Decimal(329), today=TODAY, ends_on=weeks(10)).start_before == TODAY


def test_the_people_in_post_are_counted_until_their_last_day() -> None:
    people = [InPost(Decimal(35), weeks(2)), InPost(Decimal(20)), InPost(Decimal(35), TODAY - timedelta(days=1))]
    assert hours_of(people, TODAY, weeks(10)) == 35 * 2 + 20 * 10
    need = need_of(Decimal(300), today=TODAY, ends_on=weeks(10), people=people)
    assert (need.hours_left, need.missing, need.weekly_hours_needed, need.posts) == (300, 30, 3, 1)


def test_nothing_is_needed_once_covered() -> None:
    people = [InPost(Decimal(30))]
    covered = need_of(Decimal(300), today=TODAY, ends_on=weeks(10), people=people)
    assert (covered.missing, covered.weekly_hours_needed, covered.posts, covered.start_before) == (0, 0, 0, None)
    assert covered.covered
    assert not need_of(Decimal("300.01"), today=TODAY, ends_on=weeks(10), people=people).covered
    assert need_of(Decimal(0), today=TODAY, ends_on=weeks(10)).covered
    assert need_of(Decimal(-20), today=TODAY, ends_on=weeks(10)).hours_left == 0


def test_on_the_last_day_it_is_not_too_late_and_the_day_after_it_is() -> None:
    last = need_of(Decimal(5), today=TODAY, ends_on=TODAY)
    assert (last.posts, last.start_before, last.too_late) == (1, TODAY, False)
    over = need_of(Decimal(5), today=TODAY, ends_on=TODAY - timedelta(days=1))
    assert (over.weeks_left, over.posts, over.start_before) == (0, 0, None)
    assert over.too_late
    assert not over.covered


@given(left=HOURS, length=st.integers(0, 700), people=PEOPLE)
def test_the_posts_asked_for_do_what_is_missing_and_one_less_would_not(
    left: Decimal, length: int, people: list[InPost]
) -> None:
    ends_on = TODAY + timedelta(days=length)
    need = need_of(left, today=TODAY, ends_on=ends_on, people=people)
    assert 0 <= need.missing <= left
    assert (need.posts == 0) == (need.covered or need.too_late)
    if need.start_before:
        assert TODAY <= need.start_before <= ends_on
        a_day = POST_HOURS / 5
        next_day = need.start_before + timedelta(days=1)
        assert need.posts * a_day * working_days(need.start_before, ends_on) >= need.missing
        assert need.posts * a_day * working_days(next_day, ends_on) < need.missing
        assert (need.posts - 1) * a_day * working_days(TODAY, ends_on) < need.missing


@given(left=HOURS, length=st.integers(0, 700), people=PEOPLE)
def test_one_more_person_never_asks_for_more_posts(left: Decimal, length: int, people: list[InPost]) -> None:
    ends_on = TODAY + timedelta(days=length)
    alone = need_of(left, today=TODAY, ends_on=ends_on, people=people)
    helped = need_of(left, today=TODAY, ends_on=ends_on, people=[*people, InPost(Decimal(20))])
    assert helped.missing <= alone.missing
    assert helped.posts <= alone.posts
