"""May a convention be asked? Every boundary of the PMSMP: a month, 60 days, two conventions, one renewal."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.grid import Grid, Span
from app.core.months import last_day_of_a_month
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.limits import (
    MOST_CONVENTIONS,
    MOST_DAYS,
    Asked,
    Convention,
    PlacementRefusal,
    Window,
    days_left,
    host_key,
    last_end_possible,
    limit_refusals,
    refusals_for,
    too_young,
    window_ending,
)

R = PlacementRefusal
HOST, ELSEWHERE = "12345678900011", "98765432100022"
DISCOVER, CONFIRM, RECRUIT = PlacementPurpose
TODAY = date(2026, 2, 20)


def a_convention(
    starts_on: date,
    ends_on: date,
    purpose: PlacementPurpose | None = DISCOVER,
    host: str = HOST,
    renewal_of: UUID | None = None,
) -> Convention:
    return Convention(host, starts_on, ends_on, purpose, uuid4(), renewal_of)


def days_from(start: date, number: int) -> date:
    """The last of so many civil days."""
    return start + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 1, 28), date(2027, 2, 27)),
        (date(2027, 1, 29), date(2027, 2, 28)),
        (date(2027, 1, 30), date(2027, 2, 28)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 29), date(2028, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 28)),
        (date(2026, 12, 31), date(2027, 1, 30)),
        (date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_a_convention_lasts_a_month_date_to_date(starts_on: date, last: date) -> None:
    within = a_convention(starts_on, last)

    assert refusals_for(Asked(within), (), starts_on) == ()
    beyond = replace(within, ends_on=last + timedelta(days=1))
    assert refusals_for(Asked(beyond), (), starts_on) == (R.ABOVE_A_MONTH,)


def test_it_may_begin_today_and_never_before() -> None:
    today = a_convention(TODAY, TODAY)

    assert refusals_for(Asked(today), (), TODAY) == ()
    assert refusals_for(Asked(today), (), TODAY + timedelta(days=1)) == (R.BACKDATED,)


def test_the_last_day_is_not_before_the_first() -> None:
    assert refusals_for(Asked(a_convention(TODAY, TODAY - timedelta(days=1))), (), TODAY) == (R.END_BEFORE_START,)


@pytest.mark.parametrize(
    ("hours", "refused"),
    [
        (None, False),
        (Decimal("0.5"), False),
        (Decimal(48), False),
        (Decimal("48.01"), True),
        (Decimal(0), True),
        (Decimal(-1), True),
    ],
)
def test_a_week_has_at_most_48_hours(hours: Decimal | None, refused: bool) -> None:
    asked = Asked(a_convention(TODAY, TODAY), hours_week=hours)

    assert (refusals_for(asked, (), TODAY) == (R.HOURS,)) is refused


@pytest.mark.parametrize(("halves", "refused"), [(16, False), (17, True)])
def test_the_week_as_drawn_has_at_most_48_hours_too(halves: int, refused: bool) -> None:
    week = Grid.from_spans(Span(day, 16, 32) for day in range(5)) | Grid.from_spans([Span(5, 16, 16 + halves)])

    assert (refusals_for(Asked(a_convention(TODAY, TODAY), grid=week), (), TODAY) == (R.HOURS,)) is refused


@pytest.mark.parametrize(
    ("born", "on", "young"),
    [
        (date(2010, 3, 2), date(2026, 3, 2), False),
        (date(2010, 3, 3), date(2026, 3, 2), True),
        (date(2012, 2, 29), date(2028, 2, 28), True),
        (date(2012, 2, 29), date(2028, 2, 29), False),
        (None, date(2026, 3, 2), False),
    ],
)
def test_the_person_is_16_on_the_first_day(born: date | None, on: date, young: bool) -> None:
    assert too_young(born, on) is young
    asked = Asked(a_convention(on, on), birth_date=born)
    assert (R.TOO_YOUNG in refusals_for(asked, (), TODAY)) is young


def test_nobody_has_a_stage_at_their_own_employer() -> None:
    asked = Asked(a_convention(TODAY, TODAY), at_own_employer=True)

    assert refusals_for(asked, (), TODAY) == (R.OWN_EMPLOYER,)


@pytest.mark.parametrize("host", [HOST, ELSEWHERE])
def test_two_stages_share_no_day_whoever_the_host_is(host: str) -> None:
    other = a_convention(date(2026, 3, 10), date(2026, 3, 20), CONFIRM, host)

    assert R.OVERLAP in limit_refusals(a_convention(date(2026, 3, 20), date(2026, 3, 21)), [other])
    assert R.OVERLAP in limit_refusals(a_convention(date(2026, 3, 1), date(2026, 3, 10)), [other])
    assert limit_refusals(a_convention(date(2026, 3, 21), date(2026, 3, 25)), [other]) == []
    assert limit_refusals(a_convention(date(2026, 3, 1), date(2026, 3, 9)), [other]) == []


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2026, 4, 1), date(2025, 4, 2)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2028, 2, 29), date(2027, 3, 1)),
        (date(2029, 2, 28), date(2028, 2, 29)),
    ],
)
def test_the_twelve_months_end_on_the_last_day_of_the_one_asked(last: date, first: date) -> None:
    assert window_ending(last) == Window(first, last)


def test_a_second_convention_has_another_purpose() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13), DISCOVER)
    later = (date(2026, 9, 7), date(2026, 9, 18))

    assert limit_refusals(a_convention(*later, DISCOVER), [first]) == [R.SAME_PURPOSE]
    assert limit_refusals(a_convention(*later, CONFIRM), [first]) == []
    assert limit_refusals(a_convention(*later, DISCOVER, ELSEWHERE), [first]) == []
    assert limit_refusals(a_convention(*later, None), [first]) == []


def test_a_third_convention_is_refused_until_the_first_has_left_the_twelve_months() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13), DISCOVER)
    second = a_convention(date(2026, 6, 1), date(2026, 6, 12), CONFIRM)

    still_inside = a_convention(date(2027, 3, 8), date(2027, 3, 12), RECRUIT)
    assert limit_refusals(still_inside, [first, second]) == [R.TOO_MANY_CONVENTIONS]
    outside = replace(still_inside, ends_on=date(2027, 3, 13))
    assert limit_refusals(outside, [first, second]) == []


def test_an_earlier_convention_may_not_spoil_a_later_one_already_agreed() -> None:
    agreed = [
        a_convention(date(2026, 9, 7), date(2026, 9, 18), CONFIRM),
        a_convention(date(2026, 11, 2), date(2026, 11, 13), RECRUIT),
    ]

    asked = a_convention(date(2026, 3, 2), date(2026, 3, 6), DISCOVER)
    assert limit_refusals(asked, agreed) == [R.TOO_MANY_CONVENTIONS]
    long_before = a_convention(date(2025, 11, 9), date(2025, 11, 13), DISCOVER)
    assert limit_refusals(long_before, agreed) == []


def test_sixty_days_in_twelve_months_renewal_included() -> None:
    first = a_convention(date(2026, 7, 1), date(2026, 7, 31))
    renewal = a_convention(date(2026, 8, 1), date(2026, 8, 29), renewal_of=first.ref)
    assert (first.days, renewal.days) == (31, 29)

    assert limit_refusals(renewal, [first]) == []
    assert limit_refusals(replace(renewal, ends_on=date(2026, 8, 30)), [first]) == [R.TOO_MANY_DAYS]


def test_days_before_the_twelve_months_are_not_counted() -> None:
    first = a_convention(date(2026, 3, 2), days_from(date(2026, 3, 2), 31))
    second = a_convention(date(2026, 6, 1), days_from(date(2026, 6, 1), 30), CONFIRM)
    assert first.days + second.days == 61

    one_day_of_the_first = a_convention(date(2027, 4, 1), date(2027, 4, 1), RECRUIT)
    assert Window(date(2026, 4, 2), date(2027, 4, 1)) == window_ending(date(2027, 4, 1))
    assert limit_refusals(one_day_of_the_first, [replace(first, ends_on=date(2026, 4, 1)), second]) == []


def test_a_renewal_is_no_second_convention() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13), DISCOVER)
    renewal = a_convention(date(2026, 3, 14), date(2026, 3, 20), DISCOVER, renewal_of=first.ref)
    second = a_convention(date(2026, 6, 1), date(2026, 6, 12), CONFIRM)

    assert limit_refusals(second, [first, renewal]) == []
    assert limit_refusals(renewal, [first, second]) == []


def test_a_renewal_comes_once_after_the_first_for_the_same_purpose_and_host() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13), DISCOVER)
    renewal = a_convention(date(2026, 3, 14), date(2026, 3, 20), DISCOVER, renewal_of=first.ref)

    assert limit_refusals(renewal, [first]) == []
    assert limit_refusals(replace(renewal, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 8)), [first]) == []
    assert limit_refusals(replace(renewal, purpose=CONFIRM), [first]) == [R.RENEWAL_OTHER_PURPOSE]
    assert R.RENEWAL_TOO_EARLY in limit_refusals(replace(renewal, starts_on=date(2026, 3, 13)), [first])
    assert limit_refusals(renewal, []) == [R.RENEWAL_UNKNOWN]
    assert R.RENEWAL_UNKNOWN in limit_refusals(replace(renewal, host=ELSEWHERE), [first])


def test_a_renewal_is_neither_renewed_nor_made_twice() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13))
    renewal = a_convention(date(2026, 3, 14), date(2026, 3, 20), renewal_of=first.ref)
    again = a_convention(date(2026, 3, 21), date(2026, 3, 25), renewal_of=first.ref)
    of_the_renewal = replace(again, renewal_of=renewal.ref)

    assert limit_refusals(again, [first, renewal]) == [R.RENEWAL_TWICE]
    assert R.RENEWAL_TWICE in limit_refusals(of_the_renewal, [first, renewal])


def test_a_renewal_lasts_a_month_at_most_too() -> None:
    first = a_convention(date(2026, 3, 2), date(2026, 3, 13))
    renewal = a_convention(date(2026, 4, 2), date(2026, 5, 2), renewal_of=first.ref)

    assert limit_refusals(renewal, [first]) == [R.ABOVE_A_MONTH]


def test_all_that_is_wrong_is_said_at_once() -> None:
    first = a_convention(date(2026, 1, 5), date(2026, 2, 4))
    asked = Asked(
        a_convention(date(2026, 2, 2), date(2026, 3, 10)),
        Decimal(50),
        birth_date=date(2012, 1, 1),
        at_own_employer=True,
    )

    assert refusals_for(asked, [first], TODAY) == (
        R.BACKDATED, R.ABOVE_A_MONTH, R.HOURS, R.TOO_YOUNG, R.OWN_EMPLOYER, R.OVERLAP, R.SAME_PURPOSE, R.TOO_MANY_DAYS
    )  # fmt: skip


def test_nothing_is_used_before_the_first_stage() -> None:
    left = days_left([], HOST, date(2026, 3, 2))

    assert (left.days_left, left.conventions_left, left.purposes_left) == (60, 2, tuple(PlacementPurpose))
    assert (left.last_end, left.renewable, left.renewal_last_end) == (date(2026, 4, 1), None, None)


def test_what_is_left_after_a_month_and_ten_days() -> None:
    first = a_convention(date(2026, 7, 1), date(2026, 7, 31), DISCOVER)
    second = a_convention(date(2026, 9, 1), date(2026, 9, 10), CONFIRM)

    left = days_left([first, second], HOST, date(2026, 10, 1))

    assert (left.days_used, left.days_left) == (41, 19)
    assert (left.conventions_left, left.purposes_left) == (0, (RECRUIT,))
    assert left.last_end is None
    assert (left.renewable, left.renewal_last_end) == (second.ref, date(2026, 10, 19))


def test_a_stage_agreed_for_later_uses_its_days_already() -> None:
    later = a_convention(date(2026, 11, 2), date(2026, 11, 30))

    assert days_left([later], HOST, date(2026, 3, 2)).days_left == MOST_DAYS - 29
    assert days_left([later], ELSEWHERE, date(2026, 3, 2)).days_left == MOST_DAYS


def test_the_last_day_possible_stops_before_another_stage() -> None:
    other = a_convention(date(2026, 3, 16), date(2026, 3, 20), host=ELSEWHERE)

    assert days_left([other], HOST, date(2026, 3, 2)).last_end == date(2026, 3, 15)
    assert days_left([other], HOST, date(2026, 3, 16)).last_end is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("123 456 789 00011", "Bois"), ("12345678900011", "Autre nom"), True),
        ((None, "Chez  Émile & fils"), ("", "chez emile fils"), True),
        ((None, "Chez Émile"), (None, "Chez Emilie"), False),
        (("12345678900011", "Bois"), (None, "Bois"), False),
    ],
)
def test_a_host_is_its_siret_or_its_name(
    one: tuple[str | None, str], other: tuple[str | None, str], same: bool
) -> None:
    assert (host_key(*one) == host_key(*other)) is same


starts = st.dates(date(2026, 1, 1), date(2029, 12, 31))
conventions = st.builds(
    lambda start, length, purpose, host: a_convention(
        start, min(days_from(start, length), last_day_of_a_month(start)), purpose, host
    ),
    starts,
    st.integers(1, 31),
    st.sampled_from(PlacementPurpose),
    st.sampled_from([HOST, ELSEWHERE]),
)


def _allowed(asked: list[Convention]) -> list[Convention]:
    kept: list[Convention] = []
    for one in asked:
        if not limit_refusals(one, kept):
            kept.append(one)
    return kept


@given(st.lists(conventions, max_size=12))
def test_what_is_allowed_one_by_one_never_passes_the_limits_in_any_order(asked: list[Convention]) -> None:
    kept = _allowed(asked)

    for host in (HOST, ELSEWHERE):
        here = [one for one in kept if one.host == host]
        for last in here:
            window = window_ending(last.ends_on)
            inside = [one for one in here if window.days_of(one)]
            assert sum(window.days_of(one) for one in here) <= MOST_DAYS
            assert len(inside) <= MOST_CONVENTIONS
            assert len({one.purpose for one in inside}) == len(inside)
    days = sorted((one.starts_on, one.ends_on) for one in kept)
    assert all(before[1] < after[0] for before, after in pairwise(days))


@given(st.lists(conventions, max_size=12), starts)
def test_the_last_day_shown_is_allowed_and_the_next_is_not(asked: list[Convention], start: date) -> None:
    kept = _allowed(asked)
    new = Convention(HOST, start, start)

    last = last_end_possible(new, kept)

    if last is None:
        assert limit_refusals(new, kept)
    else:
        assert not limit_refusals(replace(new, ends_on=last), kept)
        longest = last_day_of_a_month(start)
        beyond = (last + timedelta(days=more) for more in range(1, (longest - last).days + 2))
        assert all(limit_refusals(replace(new, ends_on=end), kept) for end in beyond)


@given(starts)
def test_a_month_from_any_day_has_28_to_31_days(start: date) -> None:
    assert 28 <= Convention(HOST, start, last_day_of_a_month(start)).days <= 31


@given(st.lists(conventions, max_size=12), starts)
def test_what_is_left_and_what_is_used_make_the_whole(asked: list[Convention], on: date) -> None:
    left = days_left(_allowed(asked), HOST, on)

    assert left.days_used + left.days_left == MOST_DAYS
    assert left.conventions_used + left.conventions_left == MOST_CONVENTIONS
