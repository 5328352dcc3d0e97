"""Somebody gets their own file back, with a column that says what is wrong in each row."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from app.core.errors import Refused
from app.core.sheets import SheetProblem, read_sheet
from app.core.sheets.annotate import annotated
from tests.app.core.test_sheets import _ods, _ods_cell

NOTES = {2: "C2\u00a0: ce n’est pas un nombre d’heures.", 4: "Le nom manque."}


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book() -> Workbook:
    book = Workbook()
    sheet = book.active
    for row in (["Salarié", "Mois", "Heures"], ["A B", "10/2026", "x"], ["C D", "10/2026", "=1+1"], ["", "10/2026", 7]):
        sheet.append(row)
    return book


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(("delimiter", "ending"), [(";", "\r\n"), ("\t", "\n"), (",", "\n")])
def test_a_csv_keeps_its_separator_encoding_and_ends_of_lines(encoding: str, delimiter: str, ending: str) -> None:
    rows = ["Salarié,Heures", "Aïcha,x", "", "Léa,7"]
    data = ending.join(rows).replace(",", delimiter).encode(encoding)
    back = annotated(data, "heures.csv", 1, {2: "Écrivez un nombre.", 4: "Trop tôt."})
    assert back.suffix == ".csv"
    assert back.content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    expected = ["Salarié,Heures,Erreurs", "Aïcha,x,Écrivez un nombre.", "", "Léa,7,Trop tôt.", ""]
    assert back.content.decode(encoding) == ending.join(expected).replace(",", delimiter)


def test_a_csv_that_names_its_separator_keeps_that_line() -> None:
    back = annotated(b"sep=;\r\nNom;Heures\r\nA;x\r\n", "a.csv", 2, {3: "non"})
    assert back.content == b"sep=;\r\nNom;Heures;Erreurs\r\nA;x;non\r\n"


def test_a_row_wider_than_the_titles_does_not_hide_the_remark() -> None:
    back = annotated(b"Nom;Heures\nA;x;y\n", "a.csv", 1, {2: "non"})
    assert back.content == b"Nom;Heures;;Erreurs\nA;x;y;non\n"


def test_a_workbook_comes_back_with_its_formulas_and_remarks_in_their_rows() -> None:
    back = annotated(_bytes(_book()), "heures.xlsx", 1, NOTES)
    sheet = load_workbook(io.BytesIO(back.content)).active
    assert [cell.value for cell in sheet["D"]] == ["Erreurs", NOTES[2], None, NOTES[4]]
    assert sheet["C3"].value == "=1+1"
    assert sheet["D1"].font.bold


def test_a_former_column_of_remarks_is_replaced() -> None:
    once = annotated(_bytes(_book()), "heures.xlsx", 1, NOTES).content
    twice = annotated(once, "heures.xlsx", 1, {3: "autre"}).content
    sheet = load_workbook(io.BytesIO(twice)).active
    assert [cell.value for cell in sheet["D"]] == ["Erreurs", None, "autre", None]
    assert sheet.max_column == 4
    csv = annotated(b"Nom;Erreurs\nA;vieux\nB;\n", "a.csv", 1, {3: "neuf"}).content
    assert csv == b"Nom;Erreurs\nA;\nB;neuf\n"


def test_remarks_stand_beside_a_title_merged_further_than_the_table() -> None:
    book = Workbook()
    book.active["A1"] = "Relevé"
    book.active.merge_cells("A1:E1")
    book.active["A2"], book.active["B2"] = "Salarié", "Heures"
    book.active["A3"], book.active["B3"] = "A B", "x"
    sheet = load_workbook(io.BytesIO(annotated(_bytes(book), "a.xlsx", 2, {3: "non"}).content)).active
    assert (sheet["F2"].value, sheet["F3"].value) == ("Erreurs", "non")


def test_the_sheet_that_was_read_is_the_one_that_is_marked() -> None:
    book = _book()
    book.active.title = "Heures"
    secret = book.create_sheet("Secret", 0)
    secret["A1"], secret.sheet_state = "non", "hidden"
    back = load_workbook(io.BytesIO(annotated(_bytes(book), "a.xlsx", 1, NOTES).content))
    assert back["Heures"]["D1"].value == "Erreurs"
    assert back["Secret"]["D1"].value is None


def test_a_remark_is_never_a_formula() -> None:
    back = annotated(_bytes(_book()), "a.xlsx", 1, {2: "=1+1"})
    assert read_sheet(io.BytesIO(back.content), "a.xlsx").rows[1].cell(3) == "'=1+1"


def test_an_ods_comes_back_as_a_workbook_of_its_values() -> None:
    rows = [("Salarié", "Heures"), ("A B", "x")]
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    back = annotated(_ods(body), "heures.ods", 1, {2: "non"})
    assert back.suffix == ".xlsx"
    assert [row.cells for row in read_sheet(io.BytesIO(back.content), "a.xlsx").rows] == [
        ("Salarié", "Heures", "Erreurs"),
        ("A B", "x", "non"),
    ]


def test_a_bomb_is_refused_here_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(260):
                part.write(b"0" * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        annotated(out.getvalue(), "a.xlsx", 1, NOTES)
    assert refused.value.reasons == (SheetProblem.BOMB,)


def test_ten_thousand_rows_are_marked() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(10_000):
        sheet.append([f"Personne {number}", "10/2026", 7.5])
    back = annotated(_bytes(book), "a.xlsx", 1, dict.fromkeys(range(2, 10_001), "non"))
    assert read_sheet(io.BytesIO(back.content), "a.xlsx").rows[-1].cell(3) == "non"
