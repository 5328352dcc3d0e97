"""How does a list leave the portal? CSV that a French Excel opens at once, and XLSX; no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response, abort

from app.core.clock import PARIS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    """One sheet, bold header, frozen first line; dates and numbers keep their type."""
    from openpyxl import Workbook  # 5 MB that a worker takes only when somebody exports
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    heads = []
    for text in header:
        cell = WriteOnlyCell(sheet, value=text)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        sheet.append([_xlsx_value(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
