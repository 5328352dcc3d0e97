"""What leaves the portal opens in a French spreadsheet, and no cell is a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.core.exports import csv_cell, export, xlsx_bytes

HEADER = ("Nom", "Heures", "Jour")
ROWS = [("=1+1", Decimal("151.67"), date(2026, 11, 5)), ("L’Haÿ; « x »", None, None)]


def test_a_csv_is_for_a_french_excel() -> None:
    with Flask("x").test_request_context():
        text = export("csv", "essai", HEADER, ROWS).get_data().decode("utf-8")
    assert text == '\ufeffNom;Heures;Jour\r\n\'=1+1;151,67;05/11/2026\r\n"L’Haÿ; « x »";;\r\n'


def test_a_sheet_keeps_numbers_and_dates_and_neutralises_formulas() -> None:
    with Flask("x").test_request_context():
        answer = export("xlsx", "essai", HEADER, ROWS)
    sheet = load_workbook(io.BytesIO(answer.get_data())).active
    assert [cell.value for cell in sheet[2]] == ["'=1+1", 151.67, datetime(2026, 11, 5)]  # noqa: DTZ001 - a sheet's date
    assert answer.headers["Content-Disposition"] == 'attachment; filename="essai.xlsx"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_is_neutralised(start: str) -> None:
    assert csv_cell(f"{start}cmd").startswith("'")


def test_an_instant_is_written_in_paris() -> None:
    assert csv_cell(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "02/07/2026 00:30"


def test_a_sheet_shows_days_as_people_write_them_in_columns_wide_enough() -> None:
    rows = [("Étampes Propreté et Services", date(2026, 11, 5), datetime(2026, 11, 5, 8, 30, tzinfo=UTC), 3)]
    book = load_workbook(io.BytesIO(xlsx_bytes("Liste", ("Entreprise", "Jour", "Instant", "Nombre"), rows)))
    sheet = book.active
    assert [cell.number_format for cell in sheet[2]][1:3] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths[0] > len("Étampes Propreté et Services")
    assert widths[1] >= len("05/11/2026")
    assert widths[2] >= len("05/11/2026 09:30")


def test_a_sheet_keeps_every_row_beyond_those_that_were_measured() -> None:
    data = xlsx_bytes("Liste", ("Rang",), ((rank,) for rank in range(450)))
    assert [row[0].value for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)] == list(range(450))
