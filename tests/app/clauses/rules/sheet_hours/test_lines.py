"""The lines of a sheet keep every hour that is written and name every faulty cell."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clauses.rules.kinds import HourKind
from app.clauses.rules.sheet_hours import (
    CellFault,
    Column,
    Defaults,
    FaultKind,
    ReadLine,
    find_layout,
    read_lines,
    split_name,
)
from app.core.sheets import SheetRow

TODAY = date(2026, 11, 5)
HEADER = ("Salarié", "Mois", "Heures", "Nature", "Lot", "Motif")


def _lines(*rows: tuple[str, ...], **defaults: Any) -> list[ReadLine]:
    numbered = [SheetRow(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    layout = find_layout(numbered)
    assert layout is not None
    return read_lines(numbered, layout, Defaults(**defaults), TODAY)


def _faults(*cells: str) -> tuple[CellFault, ...]:
    (line,) = _lines(HEADER, cells)
    return line.faults


def test_a_line_says_who_when_how_many_and_where_each_was_read() -> None:
    (line,) = _lines(HEADER, ("DIARRA Mamadou", "oct. 26", "151,67", "Formation", "2", "rattrapage"))
    assert (line.number, line.name, line.last_name, line.first_name) == (2, "DIARRA Mamadou", "DIARRA", "Mamadou")
    assert (line.month, line.hours, line.kind) == (date(2026, 10, 1), Decimal("151.67"), HourKind.TRAINING)
    assert (line.lot, line.reason, line.faults) == ("2", "rattrapage", ())
    assert line.columns[Column.HOURS] == 2
    assert line.is_readable


def test_what_the_sheet_does_not_say_comes_from_the_defaults() -> None:
    (line,) = _lines(
        ("Nom", "Prénom", "Heures"),
        ("Diarra", "Mamadou", "7"),
        month=date(2026, 9, 1),
        lot="1",
        employer="ETTI",
        kind=HourKind.TUTOR,
    )
    assert (line.month, line.lot, line.employer, line.kind) == (date(2026, 9, 1), "1", "ETTI", HourKind.TUTOR)
    assert line.faults == ()


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (("", "10/2026", "7"), [(0, FaultKind.NAME_MISSING)]),
        (("12", "10/2026", "7"), [(0, FaultKind.NOT_A_NAME)]),
        (("#N/A", "10/2026", "7"), [(0, FaultKind.ERROR_VALUE)]),
        (("A B", "10/2026", ""), [(2, FaultKind.HOURS_MISSING)]),
        (("A B", "10/2026", "=C1*2"), [(2, FaultKind.FORMULA)]),
        (("A B", "10/2026", "#REF!"), [(2, FaultKind.ERROR_VALUE)]),
        (("A B", "", "7"), [(1, FaultKind.MONTH_MISSING)]),
        (("A B", "hier", "7"), [(1, FaultKind.NOT_A_MONTH)]),
        (("A B", "12/2026", "7"), [(1, FaultKind.FUTURE_MONTH)]),
        (("A B", "du 26/09/2026 au 25/10/2026", "7"), [(1, FaultKind.SEVERAL_MONTHS)]),
        (("A B", "10/2026", "7", "prime"), [(3, FaultKind.UNKNOWN_KIND)]),
        (("A B", "10/2026", "7", "", "", "x" * 501), [(5, FaultKind.TOO_LONG)]),
        (
            ("", "13/2026", "1e9", "prime", "#REF!"),
            [
                (0, FaultKind.NAME_MISSING),
                (4, FaultKind.ERROR_VALUE),
                (3, FaultKind.UNKNOWN_KIND),
                (1, FaultKind.NOT_A_MONTH),
                (2, FaultKind.TOO_MANY_HOURS),
            ],
        ),
    ],
)
def test_every_faulty_cell_is_named(cells: tuple[str, ...], faults: list[tuple[int, FaultKind]]) -> None:
    assert [(fault.column_index, fault.kind) for fault in _faults(*cells)] == faults


def test_the_month_that_runs_is_not_in_the_future() -> None:
    assert _faults("A B", "11/2026", "7") == ()


def test_a_fault_shows_what_was_written() -> None:
    assert _faults("A B", "10/2026", "beaucoup")[0].written == "beaucoup"


def test_zero_hours_are_said_and_passed_over() -> None:
    (line,) = _lines(HEADER, ("A B", "10/2026", "0"))
    assert line.is_passed_over
    assert not line.is_readable
    (wrong,) = _lines(HEADER, ("", "10/2026", "0"))
    assert not wrong.is_passed_over


def test_totals_titles_again_and_notes_are_no_lines() -> None:
    lines = _lines(
        HEADER,
        ("A B", "10/2026", "7"),
        HEADER,
        ("TOTAL GÉNÉRAL", "", "7"),
        ("", "Sous-total", "7"),
        ("", "", "", "", "", "relu par la paie"),
        ("C D", "10/2026", "8"),
    )
    assert [(line.number, line.name) for line in lines] == [(2, "A B"), (7, "C D")]


def test_months_across_give_one_line_a_filled_cell_at_its_own_column() -> None:
    lines = _lines(
        ("Nom", "Prénom", "Janv. 2026", "02/2026", "mars-26", "12/2026", "Total"),
        ("Diarra", "Mamadou", "151,67", "", "0", "#REF!", "151,67"),
        ("Total", "", "151,67"),
    )
    assert [(line.month, line.hours, line.columns[Column.HOURS]) for line in lines] == [
        (date(2026, 1, 1), Decimal("151.67"), 2),
        (date(2026, 12, 1), None, 5),
    ]
    assert [(fault.column_index, fault.kind) for fault in lines[1].faults] == [
        (5, FaultKind.ERROR_VALUE),
        (5, FaultKind.FUTURE_MONTH),
    ]


def test_a_month_by_its_number_takes_the_column_of_years() -> None:
    (line,) = _lines(("Matricule", "Année", "Mois", "Heures"), ("00123", "2026", "10", "7"))
    assert (line.month, line.payroll_id, line.faults) == (date(2026, 10, 1), "00123", ())


@pytest.mark.parametrize(
    ("text", "last", "first"),
    [
        ("DIARRA Mamadou", "DIARRA", "Mamadou"),
        ("Mamadou DIARRA", "DIARRA", "Mamadou"),
        ("M. Mamadou LE GOFF", "LE GOFF", "Mamadou"),
        ("Diarra, Mamadou", "Diarra", "Mamadou"),
        ("Diarra Mamadou", "Diarra", "Mamadou"),
        ("Mme Aïcha BEN SAÏD", "BEN SAÏD", "Aïcha"),
        ("DIARRA", "DIARRA", ""),
    ],
)
def test_a_full_name_is_split(text: str, last: str, first: str) -> None:
    assert split_name(text) == (last, first)


_cell = st.sampled_from(
    ["", "7", "0", "-1", "1e9", "#REF!", "=A1", "10/2026", "12/2099", "A B", "Total", "x"]
) | st.text(max_size=8)


@settings(max_examples=200)
@given(st.lists(st.lists(_cell, max_size=8).map(tuple), max_size=6))
def test_no_sheet_makes_the_reader_fail_and_a_readable_line_is_whole(rows: list[tuple[str, ...]]) -> None:
    for header in (HEADER, ("Nom", "Prénom", "Janv. 2026", "02/2026")):
        for line in _lines(header, *rows):
            if line.is_readable:
                assert line.hours and line.month and line.kind and line.name  # noqa: PT018
                assert 0 < line.hours <= 208
            else:
                assert all(fault.column_index >= 0 for fault in line.faults)
