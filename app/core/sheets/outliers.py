"""Which cells of an XLSX lie so far away that a dense reading would fill the memory? They are taken out first."""

import io
import re
import zipfile
from typing import Final

from app.core.sheets.unsaid import with_visible_faults

_CELL: Final = re.compile(
    rb'<((?:\w+:)?)c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*?(?:/>|>(.*?)</\1c>)',
    re.DOTALL,
)


def _far_pattern(last_row: int, last_column: str) -> re.Pattern[bytes]:
    """References beyond the bounds, found in one pass: a row number above, or letters after the last column."""
    digits = str(last_row)
    rows = [f"[1-9]\\d{{{len(digits)},6}}"]
    for place, digit in enumerate(digits):
        if digit < "9":
            rest = len(digits) - place - 1
            rows.append(f"{digits[:place]}[{int(digit) + 1}-9]\\d{{{rest}}}")
    first, second = last_column[0], last_column[1]
    columns = ["[A-Z]{3}", f"[{chr(ord(first) + 1)}-Z][A-Z]", f"{first}[{chr(ord(second) + 1)}-Z]"]
    return re.compile(rf'\br="(?:[A-Z]{{1,3}}(?:{"|".join(rows)})|(?:{"|".join(columns)})\d{{1,7}})"'.encode())


def _two_letters(columns: int) -> str:
    """The name of the last column allowed, between 27 and 702: 100 → « CV »."""
    high, low = divmod(columns - 1, 26)
    return chr(64 + high) + chr(65 + low)


def without_outliers(data: bytes, last_row: int, columns: int) -> tuple[bytes, list[str], int]:
    """(the file without far cells, names of those that held something, how many far lines held something).

    Errors and formulas without a result become texts on the way (``unsaid``).
    """
    far = _far_pattern(last_row, _two_letters(columns))
    outside: list[str] = []
    rows: set[bytes] = set()

    def judge(found: re.Match[bytes]) -> bytes:
        if not far.search(found[0][: found[0].index(b">") + 1]):
            return found[0]
        if found[4] and found[4].strip():
            outside.append(f"{found[2].decode()}{found[3].decode()}")
            if int(found[3]) > last_row:
                rows.add(found[3])
        return b""

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = {
            part.filename: archive.read(part)
            for part in archive.infolist()
            if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml")
        }
        changed = {}
        for name, text in sheets.items():
            near = _CELL.sub(judge, text) if far.search(text) else text
            shown = with_visible_faults(near)
            if shown is not text:
                changed[name] = shown
        if not changed:
            return data, [], 0
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for part in archive.infolist():
                copy.writestr(part.filename, changed.get(part.filename) or archive.read(part))
    return out.getvalue(), outside[:20], len(rows)
