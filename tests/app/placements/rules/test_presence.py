"""On which half-days is the person expected, and how many hours were done or missed?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.grid import FULL, Grid, Span
from app.placements.rules.kinds import Half, Presence
from app.placements.rules.presence import (
    ExpectedHalf,
    PresenceRefusal,
    SaidHalf,
    expected_halves,
    half_hours,
    presence_refusals,
    stop_refusals,
    tally,
)

AM, PM = Half
MONDAY = date(2026, 11, 9)
WEEK = Grid.from_spans([*(Span(day, 18, 24) for day in range(5)), *(Span(day, 27, 35) for day in range(5))])
"""Monday to Friday, 9:00 to 12:00 and 13:30 to 17:30: 35 hours."""


def test_a_week_of_35_hours_has_ten_half_days() -> None:
    halves = expected_halves(WEEK, date(2026, 11, 16), date(2026, 11, 22))

    assert [one.half for one in halves] == [AM, PM] * 5
    assert [one.hours for one in halves] == [Decimal("3.00"), Decimal("4.00")] * 5
    assert sum(one.hours for one in halves) == Decimal(35)


@pytest.mark.parametrize(("works_holidays", "days"), [(False, [9, 10, 12, 13]), (True, [9, 10, 11, 12, 13])])
def test_a_holiday_is_not_expected_unless_one_works_then(works_holidays: bool, days: list[int]) -> None:
    halves = expected_halves(WEEK, MONDAY, date(2026, 11, 15), works_holidays=works_holidays)

    assert sorted({one.day.day for one in halves}) == days


def test_the_afternoon_begins_at_13_hours() -> None:
    early = Grid.from_spans([Span(0, 14, 28)])  # 7:00 to 14:00

    assert half_hours(early, 0, AM) == Decimal(6)
    assert half_hours(early, 0, PM) == Decimal(1)
    assert half_hours(early, 1, AM) == Decimal(0)


def test_both_ends_of_the_placement_are_expected() -> None:
    halves = expected_halves(WEEK, MONDAY, MONDAY)

    assert [one.key for one in halves] == [(MONDAY, AM), (MONDAY, PM)]


def test_hours_done_missed_and_unsaid() -> None:
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    said = [
        SaidHalf(MONDAY, AM, Presence.PRESENT),
        SaidHalf(MONDAY, PM, Presence.PRESENT, Decimal("2.50")),
        SaidHalf(tuesday, AM, Presence.ABSENT_EXCUSED),
        SaidHalf(tuesday, PM, Presence.ABSENT),
        SaidHalf(thursday, AM, Presence.NOT_EXPECTED),
    ]

    found = tally(expected_halves(WEEK, MONDAY, date(2026, 11, 13)), said, date(2026, 11, 13))

    assert found.expected == Decimal("25.00")  # four days of 7 hours, less the morning that is not expected
    assert found.done == Decimal("5.50")
    assert found.missed == Decimal("8.50")  # 1.50 + 3 + 4
    assert found.excused == Decimal("3.00")
    assert found.unsaid == Decimal("11.00")


def test_hours_in_plus_are_done_and_miss_nothing() -> None:
    saturday = date(2026, 11, 14)
    said = [SaidHalf(MONDAY, AM, Presence.PRESENT, Decimal(4)), SaidHalf(saturday, AM, Presence.PRESENT, Decimal(2))]

    found = tally([ExpectedHalf(MONDAY, AM, Decimal(3))], said, saturday)

    assert (found.done, found.missed, found.expected, found.unsaid) == (6, 0, 3, 0)


def test_an_early_stop_cuts_what_is_expected_and_what_was_said() -> None:
    halves = expected_halves(WEEK, MONDAY, date(2026, 11, 13))
    said = [SaidHalf(date(2026, 11, 12), AM, Presence.ABSENT)]

    found = tally(halves, said, MONDAY)

    assert (found.expected, found.missed, found.unsaid) == (7, 0, 7)


@given(st.integers(0, FULL))
def test_the_half_days_of_a_week_make_its_hours(bits: int) -> None:
    grid = Grid(bits)
    halves = expected_halves(grid, date(2026, 11, 16), date(2026, 11, 22))

    assert sum((one.hours for one in halves), Decimal(0)) == Decimal(str(grid.hours))


said_halves = st.builds(
    SaidHalf,
    st.dates(MONDAY, MONDAY + timedelta(days=12)),
    st.sampled_from(Half),
    st.just(Presence.PRESENT) | st.sampled_from(sorted(set(Presence) - {Presence.PRESENT})),
)


@given(st.lists(said_halves, max_size=26), st.integers(0, FULL), st.integers(0, 12))
def test_every_expected_hour_is_done_missed_or_unsaid(said: list[SaidHalf], bits: int, length: int) -> None:
    last = MONDAY + timedelta(days=length)
    halves = expected_halves(Grid(bits), MONDAY, MONDAY + timedelta(days=12))

    found = tally(halves, said, last)

    assert found.expected == found.done + found.missed + found.unsaid
    assert found.excused <= found.missed


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        (SaidHalf(MONDAY, AM, Presence.PRESENT), ()),
        (SaidHalf(MONDAY, AM, Presence.PRESENT, Decimal(13)), ()),
        (SaidHalf(MONDAY, AM, Presence.PRESENT, Decimal("13.5")), (PresenceRefusal.HOURS,)),
        (SaidHalf(MONDAY, PM, Presence.PRESENT, Decimal("11.5")), (PresenceRefusal.HOURS,)),
        (SaidHalf(MONDAY, AM, Presence.PRESENT, Decimal(0)), (PresenceRefusal.HOURS,)),
        (SaidHalf(MONDAY, AM, Presence.ABSENT, Decimal(1)), (PresenceRefusal.HOURS,)),
        (SaidHalf(MONDAY - timedelta(days=1), AM, Presence.ABSENT), (PresenceRefusal.OUTSIDE,)),
        (
            SaidHalf(MONDAY + timedelta(days=5), AM, Presence.ABSENT),
            (PresenceRefusal.OUTSIDE, PresenceRefusal.IN_FUTURE),
        ),
        (SaidHalf(MONDAY + timedelta(days=2), AM, Presence.PRESENT), (PresenceRefusal.IN_FUTURE,)),
        (SaidHalf(MONDAY + timedelta(days=2), AM, Presence.NOT_EXPECTED), ()),
    ],
)
def test_a_half_day_is_said_inside_the_placement_and_once_it_has_come(
    said: SaidHalf, reasons: tuple[PresenceRefusal, ...]
) -> None:
    assert presence_refusals([said], MONDAY, MONDAY + timedelta(days=4), MONDAY + timedelta(days=1)) == reasons


@pytest.mark.parametrize(
    ("after", "reasons"),
    [
        (-1, (PresenceRefusal.STOP_OUTSIDE,)),
        (0, ()),
        (2, ()),
        (3, (PresenceRefusal.STOP_IN_FUTURE,)),
        (5, (PresenceRefusal.STOP_OUTSIDE, PresenceRefusal.STOP_IN_FUTURE)),
    ],
)
def test_it_stops_on_a_day_of_its_own_that_has_come(after: int, reasons: tuple[PresenceRefusal, ...]) -> None:
    today = MONDAY + timedelta(days=2)

    assert stop_refusals(MONDAY + timedelta(days=after), MONDAY, MONDAY + timedelta(days=4), today) == reasons
