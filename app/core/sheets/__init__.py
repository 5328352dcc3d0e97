"""What does this spreadsheet say? CSV, XLSX and ODS as rows of text, read in a child process that may die alone.

A sheet sent by somebody is never parsed in the portal's own process: a bomb, a corrupted file or one that asks for
too much ends the child, and the person reads why.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.core.errors import Refused

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_LINES: Final = 20_000
"""Lines under the header."""
MAX_COLUMNS: Final = 100
TIMEOUT_SECONDS: Final = 40
_ROOT: Final = Path(__file__).resolve().parents[3]


class SheetProblem(StrEnum):
    """Why a file could not be read."""

    TOO_BIG = "too_big"
    UNKNOWN_KIND = "unknown_kind"
    OLD_KIND = "old_kind"
    PROTECTED = "protected"
    BOMB = "bomb"
    CORRUPT = "corrupt"
    TOO_HEAVY = "too_heavy"
    TOO_FAR = "too_far"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"


SHEET_WORDS: Final[Mapping[Enum, str]] = {
    SheetProblem.TOO_BIG: "Ce fichier est trop lourd\u00a0: 10\u00a0Mo au plus. Coupez-le en plusieurs fichiers.",
    SheetProblem.UNKNOWN_KIND: "Ce fichier n’est pas un tableau. Envoyez un fichier CSV, XLSX ou ODS.",
    SheetProblem.OLD_KIND: "Ce format est trop ancien. Ouvrez le fichier, puis enregistrez-le au format XLSX.",
    SheetProblem.PROTECTED: "Ce fichier est protégé par un mot de passe. Enlevez la protection, puis recommencez.",
    SheetProblem.BOMB: "Ce fichier est refusé\u00a0: une fois ouvert, il serait démesuré.",
    SheetProblem.CORRUPT: "Ce fichier est abîmé. Ouvrez-le dans votre tableur, enregistrez-le, puis recommencez.",
    SheetProblem.TOO_HEAVY: "Ce fichier demande trop de calcul. Gardez une seule feuille, sans image ni formule.",
    SheetProblem.TOO_FAR: (
        "Une cellule est remplie très loin du tableau. Effacez ce qui dépasse, puis recommencez\u00a0: "
        "20\u00a0000\u00a0lignes et 100\u00a0colonnes au plus."
    ),
    SheetProblem.TOO_MANY_LINES: "Ce tableau est trop long\u00a0: 20\u00a0000\u00a0lignes au plus. Coupez-le en deux.",
    SheetProblem.TOO_MANY_COLUMNS: "Ce tableau est trop large\u00a0: 100\u00a0colonnes au plus.",
    SheetProblem.EMPTY: "Ce tableau est vide.",
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line that holds something; ``number`` is the one that the spreadsheet shows at its left."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """The text of a column, empty beyond the last one."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet that holds something. Dates read « 16/11/2026 », numbers « 151.67 ».

    ``outside`` names cells that were left out because they lie far from the table.
    """

    name: str
    rows: tuple[SheetRow, ...]
    outside: tuple[str, ...] = ()


def column_letters(index: int) -> str:
    """0 → « A », 26 → « AA », as spreadsheets name columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(source: BinaryIO | Path, filename: str = "") -> Sheet:
    """Read a stream or a file. Raises Refused with a SheetProblem, whose words are in SHEET_WORDS."""
    data = _bytes_of(source)
    if len(data) > MAX_BYTES:
        raise Refused(SheetProblem.TOO_BIG)
    if not data.strip():
        raise Refused(SheetProblem.EMPTY)
    answer = _ask_child(data, filename)
    if "problem" in answer:
        raise Refused(SheetProblem(answer["problem"]))
    rows = tuple(SheetRow(number, tuple(cells)) for number, cells in answer["rows"])
    return Sheet(answer["name"], rows, tuple(answer["outside"]))


def _bytes_of(source: BinaryIO | Path) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    return source.read(MAX_BYTES + 1)


def _ask_child(data: bytes, filename: str) -> dict[str, Any]:
    """What the child answers; when it dies, what its death means."""
    try:
        child = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "app.core.sheets", Path(filename).suffix.lower()],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"problem": SheetProblem.TOO_HEAVY}
    if child.returncode != 0:
        return {"problem": SheetProblem.TOO_HEAVY if child.returncode < 0 else SheetProblem.CORRUPT}
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer
