"""How is a column of remarks put into somebody's spreadsheet? Runs in a child process only: ``annotate`` asks it."""

import csv
import io
import json
import sys
from collections.abc import Mapping
from copy import copy
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from app.core.sheets import MAX_COLUMNS, SheetProblem
from app.core.sheets.limits import limit
from app.core.sheets.parsing import Unreadable, csv_text, decoded, parse

CPU_SECONDS: Final = 60
_WIDTH: Final = 60
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def marked(data: bytes, suffix: str, header: int, title: str, notes: Mapping[int, str]) -> tuple[bytes, str]:
    """(the file, its suffix). The column stands after the last one, or where a former one of that title stood."""
    read = parse(data, suffix)
    rows: list[tuple[int, list[str]]] = read["rows"]
    texts = {number: f"'{note}" if note.startswith(_ACTIVE) else note for number, note in notes.items()}
    titles = next((cells for number, cells in rows if number == header), [])
    index = titles.index(title) if title in titles else max(len(cells) for _, cells in rows)
    if not data.startswith(b"PK"):
        return _csv(data, index, header, title, texts), ".csv"
    if data.find(b"content.xml") < 0 or data.find(b"xl/workbook.xml") >= 0:
        try:
            return _xlsx(data, read["name"], index, header, title, texts), ".xlsx"
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
            pass  # a workbook that only its values can be taken from
    return _values(rows, index, header, title, texts), ".xlsx"


def _csv(data: bytes, index: int, header: int, title: str, notes: Mapping[int, str]) -> bytes:
    """Same separator, encoding and ends of lines."""
    text, encoding = decoded(data)
    delimiter, body = csv_text(text)
    first = text.partition("\n")[0]
    ending = "\r\n" if "\r\n" in text else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    for number, row in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter), 1):
        if number == 1 and body.startswith("\n"):
            out.write(first.rstrip("\r") + ending)
            continue
        said = title if number == header else notes.get(number, "")
        if said or len(row) > index:
            row = [*row, *[""] * (index + 1 - len(row))]
            row[index] = said
        writer.writerow(row)
    return out.getvalue().encode(encoding, "replace")


def _xlsx(data: bytes, name: str, index: int, header: int, title: str, notes: Mapping[int, str]) -> bytes:
    """The workbook as it was, its formulas too; their results come back when a spreadsheet program opens it."""
    book = load_workbook(io.BytesIO(data))
    sheet = book[name]
    merged = [area.max_col for area in sheet.merged_cells.ranges if area.max_col <= MAX_COLUMNS + 1]
    column = max([index + 1, *(last + 1 for last in merged if last > index)])
    for (row, at), cell in list(sheet._cells.items()):
        if at == column and row not in notes and cell.value is not None:
            cell.value = None
    _fill(sheet, column, header, title, notes)
    return _saved(book)


def _values(rows: list[tuple[int, list[str]]], index: int, header: int, title: str, notes: Mapping[int, str]) -> bytes:
    """A new workbook that holds the texts of the table, each in its row."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for number, cells in rows:
        for column, text in enumerate(cells, 1):
            if text and column != index + 1:
                cell = sheet.cell(number, column)
                cell.value = text
                cell.data_type = "s"
    _fill(sheet, index + 1, header, title, notes)
    return _saved(book)


def _fill(sheet: Worksheet, column: int, header: int, title: str, notes: Mapping[int, str]) -> None:
    for number, note in {**notes, header: title}.items():
        cell = sheet.cell(number, column)
        cell.value = note
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    bold = copy(sheet.cell(header, column).font)
    sheet.cell(header, column).font = Font(name=bold.name, size=bold.size, bold=True)
    sheet.column_dimensions[sheet.cell(header, column).column_letter].width = _WIDTH


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> int:
    """A line of JSON, then the file, on standard input; a line of JSON, then the file, on standard output."""
    limit(CPU_SECONDS)
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    notes = {int(number): note for number, note in asked["notes"].items()}
    content = b""
    try:
        content, suffix = marked(sys.stdin.buffer.read(), asked["suffix"], asked["header"], asked["title"], notes)
        answer = {"suffix": suffix}
    except Unreadable as refused:
        answer = {"problem": refused.problem.value}
    except MemoryError:
        answer = {"problem": SheetProblem.TOO_HEAVY.value}
    except BaseException:  # noqa: BLE001 - the edge of a process: a parser's panic is one too
        return 3
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
