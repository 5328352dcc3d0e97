"""What leaves the portal opens in a French spreadsheet, and no cell is a formula."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.core.exports import csv_cell, export

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
