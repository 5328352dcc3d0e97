"""What people type in a cell: numbers of hours, or text that is kept and explained."""

from decimal import Decimal
from uuid import UUID

import pytest

from app.clauses.forms.reports import shortened, typed_cells
from app.clauses.rules.hours import HourRefusal

NAME = f"h-{'a' * 32}-work-202610"


@pytest.mark.parametrize(
    ("raw", "hours"),
    [("147", "147"), ("147,5", "147.50"), (" 1 047,50 ", "1047.50"), ("7 h 30", "7.50"), ("7h45", "7.75"),
     ("7:15", "7.25"), ("35 h", "35"), ("0", "0")],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(raw: str, hours: str) -> None:
    found = typed_cells({NAME: raw})[NAME]
    assert found.problem is None
    assert found.hours == Decimal(hours)
    assert found.key[0] == UUID("a" * 32)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("abc", HourRefusal.NOT_A_NUMBER),
        ("#REF!", HourRefusal.NOT_A_NUMBER),
        ("1e9", HourRefusal.NOT_A_NUMBER),
        ("7 h 20", HourRefusal.NOT_A_NUMBER),
        ("7,505", HourRefusal.TOO_MANY_DECIMALS),
        ("-7", HourRefusal.NOT_POSITIVE),
        ("10000000", HourRefusal.TOO_LARGE),
    ],
)
def test_what_is_no_number_of_hours_keeps_its_text(raw: str, reason: HourRefusal) -> None:
    found = typed_cells({NAME: raw})[NAME]
    assert (found.raw, found.hours) == (raw, None)
    assert found.problem
    assert found.problem.reason is reason


def test_an_empty_cell_is_no_hours() -> None:
    found = typed_cells({NAME: "  "})[NAME]
    assert (found.hours, found.problem) == (None, None)


@pytest.mark.parametrize("name", ["h-1-work-202610", f"h-{'a' * 32}-nap-202610", f"h-{'a' * 32}-work-202613", "hours"])
def test_other_names_are_no_cells(name: str) -> None:
    assert not typed_cells({name: "7"})


def test_a_reason_that_is_not_in_the_list_is_none() -> None:
    found = typed_cells({NAME: "160", f"r{NAME[1:]}": "fun", f"t{NAME[1:]}": " un  texte "})[NAME]
    assert (found.reason, found.reason_text) == ("", "un texte")


def test_a_choice_is_no_wider_than_a_phone() -> None:
    assert shortened("x" * 80) == "x" * 25 + "…"
