"""How are the bytes of a spreadsheet turned into rows of text? Runs in the child process only."""

import csv
import io
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import python_calamine as calamine

from app.core.sheets import MAX_COLUMNS, MAX_LINES, SheetProblem
from app.core.sheets.outliers import without_outliers
from app.core.sheets.unsaid import with_visible_ods_faults

MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_CELL: Final = 32_767
_LAST_ROW: Final = MAX_LINES + 1
_DELIMITERS: Final = (";", "\t", ",", "|")
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError)
_DURATION: Final = re.compile(r"PT(\d{1,5})H(\d{1,2})M[\d.,]+S", re.ASCII)
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """The file is refused, and why."""

    def __init__(self, problem: SheetProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def parse(data: bytes, suffix: str) -> dict[str, Any]:
    """``name``, ``rows`` as (number, cells) and ``outside``. The content decides of the kind, not the name."""
    outside: list[str] = []
    if data.startswith(_OLE):
        raise Unreadable(SheetProblem.PROTECTED if _ENCRYPTED in data else SheetProblem.OLD_KIND)
    if data.startswith(b"PK"):
        kind = _kind_of_archive(data)
        if kind == "xlsx":
            data, outside = _checked_xlsx(data)
        else:
            data = _checked_ods(data)
        name, grid = _workbook(data, kind)
    elif suffix in {".xlsx", ".xlsm", ".ods"}:
        raise Unreadable(SheetProblem.CORRUPT)
    else:
        name, grid = "", _text_rows(data)
    rows = list(_bounded(grid))
    if not rows:
        raise Unreadable(SheetProblem.EMPTY)
    return {"name": name, "rows": rows, "outside": outside}


# --- archives ---------------------------------------------------------------------------------------------


def _kind_of_archive(data: bytes) -> str:
    """« xlsx » or « ods »; refuses bombs before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable(SheetProblem.BOMB)
            names = {part.filename.lower() for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise Unreadable(SheetProblem.PROTECTED)
    except zipfile.BadZipFile as error:
        raise Unreadable(SheetProblem.CORRUPT) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise Unreadable(SheetProblem.UNKNOWN_KIND)


def _checked_xlsx(data: bytes) -> tuple[bytes, list[str]]:
    """The file without its few far cells; a file with many far lines is too long."""
    try:
        kept, outside, far_rows = without_outliers(data, _LAST_ROW, MAX_COLUMNS)
    except _BROKEN as error:
        raise Unreadable(SheetProblem.CORRUPT) from error
    if far_rows > 20:
        raise Unreadable(SheetProblem.TOO_MANY_LINES)
    return kept, outside


def _checked_ods(data: bytes) -> bytes:
    """The file whose errors are texts; itself when it has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("content.xml")
            shown = with_visible_ods_faults(content)
            if shown is content:
                return data
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
                for part in archive.infolist():
                    copy.writestr(part.filename, shown if part.filename == "content.xml" else archive.read(part))
    except _BROKEN as error:
        raise Unreadable(SheetProblem.CORRUPT) from error
    return out.getvalue()


def _workbook(data: bytes, kind: str) -> tuple[str, list[list[Any]]]:
    """The first visible sheet that holds something. A file with the right end is read without guessing its kind."""
    try:
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(data)
            file.flush()
            return _first_sheet(calamine.CalamineWorkbook.from_path(file.name))
    except calamine.PasswordError as error:
        raise Unreadable(SheetProblem.PROTECTED) from error
    except calamine.CalamineError as error:
        far = "limit exceeded" in str(error).lower()
        raise Unreadable(SheetProblem.TOO_FAR if far else SheetProblem.CORRUPT) from error


def _first_sheet(book: calamine.CalamineWorkbook) -> tuple[str, list[list[Any]]]:
    for meta in book.sheets_metadata:
        if meta.visible is not calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.start is not None:
            _check_extent(sheet)
            return meta.name, _with_merged_values(sheet)
    raise Unreadable(SheetProblem.EMPTY)


def _check_extent(sheet: calamine.CalamineSheet) -> None:
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= _LAST_ROW:
        raise Unreadable(SheetProblem.TOO_MANY_LINES)
    if last_column >= MAX_COLUMNS:
        raise Unreadable(SheetProblem.TOO_MANY_COLUMNS)


def _with_merged_values(sheet: calamine.CalamineSheet) -> list[list[Any]]:
    """Every cell of a merged area says what its first cell says."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
    return rows


# --- text -------------------------------------------------------------------------------------------------


def decoded(data: bytes) -> tuple[str, str]:
    """(text, encoding): UTF-8, UTF-16 with its mark, or what an older French Excel writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Unreadable(SheetProblem.UNKNOWN_KIND)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(char < " " and char not in "\t\r\n\f" for char in text[:10_000]) > 5:
            break
        marked = encoding != "utf-8-sig" or data.startswith(b"\xef\xbb\xbf")
        return text, encoding if marked else "utf-8"
    raise Unreadable(SheetProblem.UNKNOWN_KIND)


def _delimiter(sample: str) -> str:
    """The separator under which the first lines have the most columns, as often as not the same number."""
    best, score = _DELIMITERS[0], 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
        found = (width - 1) * times
        if found > score:
            best, score = delimiter, found
    return best


def csv_text(text: str) -> tuple[str, str]:
    """(separator, text to read): a first line « sep=; » is believed, and becomes an empty one."""
    csv.field_size_limit(1_000_000)
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == 5:
        return first.strip()[4], f"\n{rest}"
    return _delimiter("\n".join(text.splitlines()[:30])), text


def _text_rows(data: bytes) -> list[list[Any]]:
    text, _ = decoded(data)
    delimiter, text = csv_text(text)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > _LAST_ROW and any(map(str.strip, row)):
                raise Unreadable(SheetProblem.TOO_MANY_LINES)
    except csv.Error as error:
        raise Unreadable(SheetProblem.CORRUPT) from error
    return rows


# --- cells ------------------------------------------------------------------------------------------------


def _bounded(grid: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with their numbers; trailing empty cells are dropped."""
    for number, row in enumerate(grid, 1):
        cells = [cell_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(SheetProblem.TOO_MANY_COLUMNS)
        if cells:
            yield number, cells


def cell_text(value: Any) -> str:
    """A value as a person would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.12g}"
        case datetime():
            midnight = value.time() == time()
            return f"{value:%d/%m/%Y}" if midnight else f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02}"
    if duration := _DURATION.fullmatch(str(value)):
        return f"{int(duration[1])}:{int(duration[2]):02}"
    text = "".join(char if char >= " " or char == "\n" else " " for char in str(value))
    return text.strip()[:MAX_CELL]
