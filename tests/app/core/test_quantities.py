"""Numbers and dates as people type them, and as they read them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.quantities import (
    NotAQuantity,
    add_months,
    format_date,
    format_euros,
    format_hours,
    format_number,
    format_percent,
    parse_date,
    parse_decimal,
    round_half_up,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("151,67", "151.67"),
        ("151.67", "151.67"),
        (" 1 607 ", "1607.00"),
        ("1\u00a0607,5", "1607.50"),
        ("12,40 €", "12.40"),
        ("35 h", "35.00"),
        (",5", "0.50"),
        ("-3", "-3.00"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, value: str) -> None:
    assert parse_decimal(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "abc", "1,2,3", "1e9", "#REF!", "=1+1", "١٢", "9" * 40, "NaN", "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotAQuantity):
        parse_decimal(typed)


def test_a_third_decimal_is_refused_rather_than_rounded() -> None:
    with pytest.raises(NotAQuantity):
        parse_decimal("1,005")


def test_rounding_is_half_up_and_not_to_even() -> None:
    assert round_half_up(Decimal("0.125")) == Decimal("0.13")
    assert round_half_up(Decimal("833.335")) == Decimal("833.34")
    assert round_half_up(Decimal("-0.125")) == Decimal("-0.13")


def test_quantities_are_written_in_french() -> None:
    assert format_hours(Decimal("151.67")) == "151,67\u00a0h"
    assert format_hours(Decimal("28.00")) == "28\u00a0h"
    assert format_euros(Decimal("12.4")) == "12,40\u00a0€"
    assert format_euros(Decimal("250000")) == "250\u00a0000\u00a0€"
    assert format_number(1607) == "1\u00a0607"
    assert format_percent(Decimal("0.8125")) == "81\u00a0%"


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_number_written_is_read_again(value: Decimal) -> None:
    assert parse_decimal(format_number(value, 2)) == value


@pytest.mark.parametrize(
    "typed", ["16/11/2026", "16 11 2026", "16.11.26", "2026-11-16", "16 novembre 2026", " 16-11-2026 "]
)
def test_a_date_is_read_in_its_usual_forms(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 16)


@pytest.mark.parametrize("typed", ["31/11/2026", "29/02/2027", "0/1/2026", "demain", "16/11", "2026", ""])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_date(typed)


def test_dates_are_written_in_words() -> None:
    assert format_date(date(2026, 11, 5)) == "jeudi 5 novembre 2026"
    assert format_date(date(2026, 3, 1)) == "dimanche 1er mars 2026"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_date_written_is_read_again(day: date) -> None:
    words = format_date(day).partition(" ")[2]
    assert parse_date(words) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 11, 5), 2, date(2027, 1, 5)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_civil_months_are_clamped_to_the_end_of_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
