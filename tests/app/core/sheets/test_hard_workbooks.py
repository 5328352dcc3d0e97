"""Workbooks as payroll sends them, and worse, are read whole: nothing is lost without a word."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from app.core.sheets import Sheet, read_sheet
from tests.app.core.test_sheets import _ods, _ods_cell


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(data: bytes, name: str = "heures.xlsx") -> Sheet:
    return read_sheet(io.BytesIO(data), name)


def _replaced(data: bytes, old: str, new: str) -> bytes:
    """The same workbook with another XML in its first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as copy:
        for part in source.namelist():
            text = source.read(part).decode()
            if part == "xl/worksheets/sheet1.xml":
                assert old in text
                text = text.replace(old, new)
            copy.writestr(part, text)
    return out.getvalue()


def test_forty_columns_with_merged_titles_and_a_formula_in_the_hours_are_read() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Relevé d’heures"])
    sheet.merge_cells("A1:AN2")
    sheet.append([])
    sheet.append([*(f"Colonne {number}" for number in range(38)), "Salarié", "Heures"])
    sheet.append([*range(38), "DIARRA Mamadou", "=A4+B4"])
    sheet.append([*range(38), "Koné Fatou", "=A5+B5"])
    saved = _replaced(_bytes(book), "<f>A4+B4</f><v />", "<f>A4+B4</f><v>151.67</v>")
    rows = {row.number: row.cells for row in _read(saved).rows}
    assert set(rows[1]) == set(rows[2]) == {"Relevé d’heures"}
    assert len(rows[4]) == 40
    values = {row.cell(38): row.cell(39) for row in _read(saved).rows}
    assert values["DIARRA Mamadou"] == "151.67"
    assert values["Koné Fatou"] == "=A5+B5"


def test_errors_of_a_workbook_are_read_as_they_show() -> None:
    book = Workbook()
    for value in ("Heures", "#REF!", "#N/A", "#VALUE!", "#DIV/0!", 1e9, -7.5):
        book.active.append(["x", value])
    assert [row.cell(1) for row in _read(_bytes(book)).rows] == [
        "Heures",
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "1000000000",
        "-7.5",
    ]


_SUM = 'table:formula="of:=[.A1]*2"'


@pytest.mark.parametrize(
    ("attributes", "text", "shown"),
    [
        (
            f'{_SUM} office:value-type="string" office:string-value="" calcext:value-type="error"',
            "#VALEUR !",
            "#VALEUR !",
        ),
        (f'{_SUM} office:value-type="string" office:string-value=""', "#REF!", "#REF!"),
        (f'{_SUM} office:value-type="float" office:value="0"', "Err:502", "Err:502"),
        (_SUM, "", "=[.A1]*2"),
        (f'{_SUM} office:value-type="float" office:value="7.5"', "7,5", "7.5"),
        ('office:value-type="time" office:time-value="PT151H40M00S"', "151:40", "151:40"),
    ],
)
def test_errors_formulas_and_durations_of_an_ods_are_read_as_they_show(attributes: str, text: str, shown: str) -> None:
    said = f"<text:p>{text}</text:p>" if text else ""
    cell = f"<table:table-cell {attributes}>{said}</table:table-cell>"
    body = f"<table:table-row>{_ods_cell('A B')}{cell}{_ods_cell('fin')}</table:table-row>"
    space = "xmlns:table="
    calcext = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_ods(body))) as source, zipfile.ZipFile(out, "w") as copy:
        for part in source.namelist():
            copy.writestr(part, source.read(part).decode().replace(space, calcext + space, 1))
    assert _read(out.getvalue(), "heures.ods").rows[0].cells == ("A B", shown, "fin")


def test_a_far_cell_and_an_error_in_one_workbook_are_both_said() -> None:
    book = Workbook()
    book.active.append(["Salarié", "Heures"])
    book.active.append(["A B", "#REF!"])
    book.active["XFD1048576"] = "x"
    sheet = _read(_bytes(book))
    assert sheet.rows[1].cells == ("A B", "#REF!")
    assert sheet.outside == ("XFD1048576",)


def test_five_thousand_persons_on_one_line_each_are_all_read() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Salarié", "Heures"])
    for number in range(5_000):
        sheet.append([f"Personne {number}", 7.5])
    rows = _read(_bytes(book)).rows
    assert len(rows) == 5_001
    assert rows[-1].cells == ("Personne 4999", "7.5")


def test_ten_thousand_lines_with_errors_are_read() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Salarié", "Mois", "Heures", "Nature", "Lot", "Motif", "Employeur", "Matricule"])
    for number in range(10_000):
        hours = "#REF!" if number % 100 == 0 else "=A1" if number % 100 == 1 else 7.5
        sheet.append([f"Personne {number}", "10/2026", hours, "Travail", "1", "", "ETTI", f"{number:05}"])
    data = _bytes(book)
    rows = _read(data).rows
    assert sum(row.cell(2) == "#REF!" for row in rows) == 100
    assert sum(row.cell(2) == "=A1" for row in rows) == 100
