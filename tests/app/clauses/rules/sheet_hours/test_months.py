"""A month is read as people write it; what names none or several says so."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.sheet_hours import NotAMonth, SeveralMonths, parse_month
from app.clauses.rules.sheet_hours.months import month_of_title
from app.core.quantities import MONTHS

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "10/2026", "10-2026", "10.2026", "10/26", "2026-10", "2026/10", "202610", "oct. 26", "oct-26", "Oct 2026",
        "OCTOBRE 2026", "octobre 26", "15/10/2026", "31/10/2026 00:00:00", "31/10/2026 00:00", "15/10/26", "2026-10-31",
        "2026-10-31T00:00:00", "15 octobre 2026", "46300", "du 01/10/2026 au 31/10/2026", "01/10/2026 - 31/10/2026",
        "Du 01/10 au 31/10/2026", " octobre\u00a02026 ",
    ],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(text: str) -> None:
    assert parse_month(text) == OCTOBER


@pytest.mark.parametrize("text", ["octobre", "10", "Oct."])
def test_a_month_alone_needs_the_year(text: str) -> None:
    assert parse_month(text, 2026) == OCTOBER
    with pytest.raises(NotAMonth):
        parse_month(text)


@pytest.mark.parametrize(
    "text",
    ["", "13/2026", "00/2026", "32/10/2026", "31/02/2026", "jui 2026", "10/1926", "hier", "2026", "#REF!", "1e9"],
)
def test_what_names_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth):
        parse_month(text)


def test_a_period_over_two_months_says_so() -> None:
    with pytest.raises(SeveralMonths):
        parse_month("du 26/09/2026 au 25/10/2026")


@pytest.mark.parametrize(
    "title", ["Janv. 2026", "01/2026", "janv-26", "Heures janvier 2026", "H. 01/2026", "01/01/2026"]
)
def test_a_title_may_name_a_month(title: str) -> None:
    assert month_of_title(title) == date(2026, 1, 1)


@pytest.mark.parametrize("title", ["Heures", "Total", "2026", "Total 2026", "Lot 12", "46300"])
def test_a_title_that_names_none_is_no_month(title: str) -> None:
    with pytest.raises(NotAMonth):
        month_of_title(title)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_gives_its_month_in_every_writing(day: date) -> None:
    first = day.replace(day=1)
    name = MONTHS[day.month - 1]
    for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day:%m/%Y}", f"{day:%Y-%m}", f"{name} {day.year}"):
        assert parse_month(text) == first


@given(st.text(max_size=80), st.none() | st.integers(2000, 2100))
def test_any_text_is_a_month_or_none(text: str, year: int | None) -> None:
    with contextlib.suppress(NotAMonth):
        assert parse_month(text, year).day == 1
