"""How does somebody get their own spreadsheet back, with a column that says what is wrong in each row?"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.errors import Refused
from app.core.sheets import MAX_BYTES, SheetProblem

TITLE: Final = "Erreurs"
TIMEOUT_SECONDS: Final = 90
_ROOT: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The file and its suffix. A CSV stays one, a workbook too; an ODS comes back as an XLSX of its values."""

    content: bytes
    suffix: str


def annotated(data: bytes, filename: str, header_row: int, notes: Mapping[int, str]) -> Annotated:
    """The same file with a column « Erreurs » at the end; numbers are those of the rows as the sheet shows them.

    A former column « Erreurs » is replaced. Raises Refused with a SheetProblem, as reading does.
    """
    if len(data) > MAX_BYTES:
        raise Refused(SheetProblem.TOO_BIG)
    asked = {"suffix": Path(filename).suffix.lower(), "header": header_row, "title": TITLE, "notes": dict(notes)}
    try:
        child = subprocess.run(
            [sys.executable, "-m", "app.core.sheets.marking"],
            input=json.dumps(asked).encode() + b"\n" + data,
            capture_output=True,
            cwd=_ROOT,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(SheetProblem.TOO_HEAVY) from error
    if child.returncode != 0:
        raise Refused(SheetProblem.TOO_HEAVY if child.returncode < 0 else SheetProblem.CORRUPT)
    first, _, content = child.stdout.partition(b"\n")
    answer = json.loads(first)
    if "problem" in answer:
        raise Refused(SheetProblem(answer["problem"]))
    return Annotated(content, answer["suffix"])
