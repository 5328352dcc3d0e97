"""How does a list leave the portal? CSV that a French Excel opens at once, and XLSX; no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final

from flask import Response, abort

from app.core.clock import PARIS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY_FORMAT: Final = "dd/mm/yyyy"
INSTANT_FORMAT: Final = "dd/mm/yyyy hh:mm"
_NARROW, _WIDE = 10, 48
_MEASURED = 200
"""Rows read to find how wide the columns are."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_cell(value: Any) -> str:
    """Decimal comma, day/month/year, oui/non."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case Decimal() | float():
            return str(value).replace(".", ",")
        case datetime():
            return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case int():
            return str(value)
    return neutral(str(value))


def _csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    for row in (header, *rows):
        writer.writerow([csv_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet, bold header, frozen first line; dates and numbers keep their type, columns fit their words."""
    from openpyxl import Workbook  # 5 MB that a worker takes only when somebody exports
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell_of(value: Any) -> Any:
        if not isinstance(value, date):
            return _xlsx_value(value)
        made = WriteOnlyCell(sheet, value=_xlsx_value(value))
        made.number_format = INSTANT_FORMAT if isinstance(value, datetime) else DAY_FORMAT
        return made

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    ahead = iter(rows)
    first = list(islice(ahead, _MEASURED))
    for rank, width in enumerate(_widths(header, first)):
        sheet.column_dimensions[get_column_letter(rank + 1)].width = width
    heads = []
    for text in header:
        cell = WriteOnlyCell(sheet, value=text)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in chain(first, ahead):
        sheet.append([cell_of(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """The longest words of each column, within reason."""
    columns = range(len(header))
    longest = (max(len(csv_cell(row[rank])) for row in (header, *rows) if rank < len(row)) for rank in columns)
    return [min(max(length + 2, _NARROW), _WIDE) for length in longest]


def _xlsx_value(value: Any) -> Any:
    match value:
        case None | int() | float() | Decimal():
            return ("oui" if value else "non") if isinstance(value, bool) else value
        case datetime():
            return value.astimezone(PARIS).replace(tzinfo=None)
        case date():
            return value
    return neutral("".join(char for char in str(value) if char >= " " or char in "\n\t"))


def export(kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The answer to « Exporter »: ``kind`` is « csv » or « xlsx », ``name`` the file name without its end."""
    if kind == "csv":
        response = Response(_csv_lines(header, list(rows)), mimetype="text/csv; charset=utf-8")
    elif kind == "xlsx":
        response = Response(xlsx_bytes(name, header, rows), mimetype=XLSX)
    else:
        abort(404)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
