"""What a section may say: ages, hours, dates, distances; every reason at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.candidates.rules import CandidateRefusal, Means, Programme
from app.candidates.rules.sections import (
    HeldTitle,
    Identity,
    ProgrammeStay,
    TravelLimit,
    birth_refusals,
    hours_refusals,
    identity_refusals,
    last_valid_day,
    programme_refusals,
    title_refusals,
    travel_refusals,
)

TODAY = date(2026, 11, 5)
R = CandidateRefusal


@pytest.mark.parametrize(
    ("born", "reasons"),
    [
        (None, ()),
        (date(2026, 11, 6), (R.BORN_LATER,)),
        (date(2010, 11, 6), (R.TOO_YOUNG,)),
        (date(2010, 11, 5), ()),
        (date(1926, 11, 5), ()),
        (date(1926, 11, 4), (R.TOO_OLD,)),
    ],
)
def test_a_person_is_between_16_and_100(born: date | None, reasons: tuple[R, ...]) -> None:
    assert birth_refusals(born, TODAY) == reasons


@pytest.mark.parametrize(
    ("least", "most", "reasons"),
    [
        (None, None, ()),
        ("20", "35", ()),
        ("35", "35", ()),
        (None, "48", ()),
        (None, "48.01", (R.HOURS_TOO_MANY,)),
        ("60", None, (R.HOURS_TOO_MANY,)),
        ("0", None, (R.HOURS_NONE,)),
        ("30", "20", (R.HOURS_ORDER,)),
        ("60", "0", (R.HOURS_NONE, R.HOURS_TOO_MANY, R.HOURS_ORDER)),
    ],
)
def test_hours_a_week_lie_in_order_up_to_48(least: str | None, most: str | None, reasons: tuple[R, ...]) -> None:
    assert hours_refusals(least and Decimal(least), most and Decimal(most)) == reasons  # type: ignore[arg-type]


@pytest.mark.parametrize("first", ["", "Nadia"])
@pytest.mark.parametrize("last", ["", "  ", "Kaddour"])
def test_one_name_is_enough_and_none_is_not(first: str, last: str) -> None:
    reasons = identity_refusals(Identity(first_name=first, last_name=last), TODAY)
    assert reasons == (() if first or last.strip() else (R.NAME_MISSING,))


def test_one_programme_is_not_held_twice_at_once() -> None:
    first = ProgrammeStay(Programme.RSA, date(2025, 1, 1), date(2025, 6, 30))
    assert programme_refusals([first, ProgrammeStay(Programme.RSA, date(2025, 7, 1))]) == ()
    assert programme_refusals([first, ProgrammeStay(Programme.PLIE, date(2025, 3, 1))]) == ()
    assert programme_refusals([ProgrammeStay(Programme.RSA, date(2025, 6, 30)), first]) == (R.PROGRAMME_OVERLAP,)
    wrong = ProgrammeStay(Programme.IAE, date(2025, 2, 2), date(2025, 2, 1))
    assert programme_refusals([wrong]) == (R.PROGRAMME_ORDER,)


def test_titles_are_held_once_and_end_after_they_begin() -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert title_refusals([HeldTitle("sst", TODAY, TODAY)], TODAY) == ()
    wrong = [HeldTitle("sst", tomorrow, yesterday), HeldTitle("sst")]
    assert title_refusals(wrong, TODAY) == (R.TITLE_TWICE, R.TITLE_LATER, R.TITLE_ORDER)


@pytest.mark.parametrize(
    ("obtained", "months", "last"),
    [
        (date(2024, 3, 15), 24, date(2026, 3, 14)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2024, 3, 15), None, None),
        (None, 24, None),
    ],
)
def test_the_last_day_of_a_title_follows_from_its_validity(
    obtained: date | None, months: int | None, last: date | None
) -> None:
    assert last_valid_day(obtained, months) == last


@pytest.mark.parametrize(
    ("travels", "reasons"),
    [
        ([], ()),
        ([TravelLimit(Means.BUS, 45)], ()),
        ([TravelLimit(Means.CAR, None, Decimal(20))], ()),
        ([TravelLimit(Means.BUS, 45), TravelLimit(Means.BUS, 30)], (R.TRAVEL_TWICE,)),
        ([TravelLimit(Means.BUS)], (R.TRAVEL_NO_LIMIT,)),
        ([TravelLimit(Means.BUS, 181)], (R.TRAVEL_TOO_FAR,)),
        ([TravelLimit(Means.CAR, None, Decimal("150.5"))], (R.TRAVEL_TOO_FAR,)),
    ],
)
def test_each_means_has_one_limit_that_one_may_travel(travels: list[TravelLimit], reasons: tuple[R, ...]) -> None:
    assert travel_refusals(travels) == reasons


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 120))
def test_a_title_is_worth_something_from_its_first_day(obtained: date, months: int) -> None:
    last = last_valid_day(obtained, months)
    assert last is not None
    assert last >= obtained
