"""Spreadsheets of every kind are read as text; what cannot be read says why and takes nothing with it."""

import io
import struct
import zipfile
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core.errors import Refused
from app.core.sheets import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_LINES,
    SHEET_WORDS,
    Sheet,
    SheetProblem,
    column_letters,
    parsing,
    read_sheet,
)
from app.core.sheets.outliers import without_outliers

_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Feuille1">'
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _read(data: bytes, name: str) -> Sheet:
    return read_sheet(io.BytesIO(data), name)


def _problem(data: bytes, name: str) -> SheetProblem:
    with pytest.raises(Refused) as refused:
        _read(data, name)
    (problem,) = refused.value.reasons
    assert isinstance(problem, SheetProblem)
    return problem


def _xlsx(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def _ods(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS_HEAD + body + _ODS_TAIL)
    return out.getvalue()


def _ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def _lines(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(encoding: str, delimiter: str) -> None:
    text = f"Prénom{delimiter}Nom\r\nAïcha{delimiter}Ben Saïd\r\n"
    sheet = _read(text.encode(encoding), "personnes.csv")
    assert _lines(sheet) == [(1, ("Prénom", "Nom")), (2, ("Aïcha", "Ben Saïd"))]


def test_a_csv_keeps_quoted_separators_and_the_numbers_of_lines() -> None:
    sheet = _read(b'Nom;Adresse\n"Le ""Goff""";"3; rue Haute"\n;\nPetit;\n', "a.csv")
    assert _lines(sheet) == [(1, ("Nom", "Adresse")), (2, ('Le "Goff"', "3; rue Haute")), (4, ("Petit",))]


def test_a_csv_that_names_its_separator_is_believed() -> None:
    assert _lines(_read(b"sep=,\r\na,b;c\r\n", "a.csv")) == [(2, ("a", "b;c"))]


def test_a_name_in_arabic_survives_every_kind() -> None:
    name = "عائشة بن سعيد"
    for data, file in (
        (f"Nom\n{name}\n".encode(), "a.csv"),
        (_xlsx(_book(["Nom"], [name])), "a.xlsx"),
        (
            _ods(
                f"<table:table-row>{_ods_cell('Nom')}</table:table-row><table:table-row>{_ods_cell(name)}</table:table-row>"
            ),
            "a.ods",
        ),
    ):
        assert _lines(_read(data, file)) == [(1, ("Nom",)), (2, (name,))]


def test_values_of_a_workbook_read_as_one_types_them() -> None:
    book = _book([date(2026, 11, 16), 35, 151.67, 0.1 + 0.2, True, time(8, 30), None, " texte "])
    assert _read(_xlsx(book), "a.xlsx").rows[0].cells == (
        "16/11/2026",
        "35",
        "151.67",
        "0.3",
        "oui",
        "08:30",
        "",
        "texte",
    )


def test_the_result_of_a_formula_is_its_value() -> None:
    book = _book(["Somme"], [1])
    data = _xlsx(book)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(changed, "w") as copy:
        for part in archive.namelist():
            text = archive.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<v>1</v>", b"<f>40+2</f><v>42</v>")
            copy.writestr(part, text)
    assert _lines(_read(changed.getvalue(), "a.xlsx"))[1] == (2, ("42",))


def test_every_cell_of_a_merged_area_says_what_the_first_says() -> None:
    book = _book(["Commune", "Nom"], ["Massy", "a"], [None, "b"], [None, "c"])
    book.active.merge_cells("A2:A4")
    rows = _read(_xlsx(book), "a.xlsx").rows
    assert [row.cells for row in rows[1:]] == [("Massy", "a"), ("Massy", "b"), ("Massy", "c")]


def test_a_hidden_or_empty_sheet_is_passed_over() -> None:
    book = Workbook()
    book.active.title = "Vide"
    secret = book.create_sheet("Secret")
    secret["A1"] = "non"
    secret.sheet_state = "hidden"
    book.create_sheet("Personnes")["A1"] = "oui"
    sheet = _read(_xlsx(book), "a.xlsx")
    assert (sheet.name, sheet.rows[0].cells) == ("Personnes", ("oui",))


def test_a_cell_at_the_end_of_the_world_survives_and_is_named() -> None:
    book = _book(["Nom", "Prénom"], ["Petit", "Léa"])
    book.active["XFD1048576"] = "perdu"
    sheet = _read(_xlsx(book), "a.xlsx")
    assert _lines(sheet) == [(1, ("Nom", "Prénom")), (2, ("Petit", "Léa"))]
    assert sheet.outside == ("XFD1048576",)


def test_a_far_cell_that_is_only_formatted_is_not_even_named() -> None:
    book = _book(["Nom"])
    book.active["A900000"].number_format = "0.00"
    assert _read(_xlsx(book), "a.xlsx").outside == ()


def test_a_far_cell_of_an_ods_is_refused_with_what_to_do() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    far = (
        f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{_ods_cell("x")}</table:table-row>'
    )
    data = _ods(f"<table:table-row>{_ods_cell('Nom')}</table:table-row>{empty}{far}")
    assert _problem(data, "a.ods") is SheetProblem.TOO_FAR


def test_the_empty_end_of_an_ods_costs_nothing() -> None:
    nothing = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048575">{nothing}</table:table-row>'
    assert _lines(_read(_ods(f"<table:table-row>{_ods_cell('Nom')}</table:table-row>{end}"), "a.ods")) == [
        (1, ("Nom",))
    ]


@pytest.mark.parametrize(("row", "column", "far"), [(20_001, 100, False), (20_002, 1, True), (1, 101, True)])
def test_the_bounds_of_a_table_are_exact(row: int, column: int, far: bool) -> None:
    book = _book(["Nom"])
    book.active.cell(row=row, column=column, value="x")
    _, outside, far_rows = without_outliers(_xlsx(book), MAX_LINES + 1, MAX_COLUMNS)
    assert outside == ([f"{column_letters(column - 1)}{row}"] if far else [])
    assert far_rows == (1 if row > MAX_LINES + 1 else 0)


def test_a_table_with_too_many_lines_is_refused() -> None:
    lines = b"Nom\n" + b"x\n" * MAX_LINES
    assert len(_read(lines, "a.csv").rows) == MAX_LINES + 1
    assert _problem(lines + b"x\n", "a.csv") is SheetProblem.TOO_MANY_LINES


def test_a_workbook_with_too_many_lines_is_refused() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(MAX_LINES + 30):
        sheet.append(["x"])
    assert _problem(_xlsx(book), "a.xlsx") is SheetProblem.TOO_MANY_LINES


def test_a_table_with_too_many_columns_is_refused() -> None:
    assert _problem(b";".join([b"x"] * (MAX_COLUMNS + 1)), "a.csv") is SheetProblem.TOO_MANY_COLUMNS


def test_a_file_beyond_ten_megabytes_is_refused_before_it_is_read() -> None:
    assert _problem(b"x" * (MAX_BYTES + 1), "a.csv") is SheetProblem.TOO_BIG


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(260):
                part.write(b"0" * 1024 * 1024)
    assert len(out.getvalue()) < 1024 * 1024
    assert _problem(out.getvalue(), "a.xlsx") is SheetProblem.BOMB


def test_a_bomb_that_lies_about_its_size_ends_the_child_only() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(300):
                part.write(b"0" * 1024 * 1024)
    honest = struct.pack("<I", 300 * 1024 * 1024)
    assert _problem(out.getvalue().replace(honest, struct.pack("<I", 1000)), "a.xlsx") in {
        SheetProblem.CORRUPT,
        SheetProblem.TOO_HEAVY,
    }


@pytest.mark.parametrize("cut", [30, 200, 1_000, 4_000])
def test_a_truncated_workbook_is_corrupted(cut: int) -> None:
    data = _xlsx(_book(*[[f"nom {line}", line] for line in range(50)]))
    assert _problem(data[:cut], "a.xlsx") is SheetProblem.CORRUPT


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "a.csv", SheetProblem.EMPTY),
        (b" \n;;\n", "a.csv", SheetProblem.EMPTY),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "photo.png", SheetProblem.UNKNOWN_KIND),
        (b"%PDF-1.7\n\x01\x02\x03\x04\x05\x06\x07", "a.pdf", SheetProblem.UNKNOWN_KIND),
        (b"n\xc3\xa9 en texte", "a.xlsx", SheetProblem.CORRUPT),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.xls", SheetProblem.OLD_KIND),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", SheetProblem.PROTECTED),
    ],
)
def test_what_is_no_table_says_so(data: bytes, name: str, problem: SheetProblem) -> None:
    assert _problem(data, name) is problem


def test_an_archive_that_is_no_workbook_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert _problem(out.getvalue(), "lettre.docx") is SheetProblem.UNKNOWN_KIND


def test_a_file_on_disk_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nom\nPetit\n")
    assert read_sheet(path, path.name).rows[1].cells == ("Petit",)


def test_ten_thousand_characters_in_a_cell_are_kept() -> None:
    assert _read(_xlsx(_book(["é" * 10_000])), "a.xlsx").rows[0].cells == ("é" * 10_000,)


def test_every_problem_has_its_french_words() -> None:
    assert set(SHEET_WORDS) == set(SheetProblem)


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (99, "CV"), (16_383, "XFD")])
def test_columns_are_named_as_spreadsheets_do(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".ods", ""]))
def test_any_bytes_are_rows_or_a_refusal(data: bytes, suffix: str) -> None:
    try:
        rows = parsing.parse(data, suffix)["rows"]
    except parsing.Unreadable:
        return
    assert all(cells and cells[-1] for _, cells in rows)
