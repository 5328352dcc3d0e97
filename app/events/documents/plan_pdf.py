"""How are sheets and the pack of the day laid on paper: one page each, however many rounds there are?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.events.queries.plan import Made, Round
from app.events.queries.sheets import Line, Sheet, blank_lines

BLANK_ROWS: Final = 14
"""Lines for those who arrive without a booking."""
BLANK_SHEETS: Final = 2


@dataclass(frozen=True, slots=True)
class Density:
    """How much of each meeting a page can hold. ``name`` is an attribute that print.css knows."""

    name: str
    most: int
    reasons: int
    """How many signs of the reasons; 0: none."""
    words: int
    """How many signs of what the other side seeks."""


DENSITIES: Final = (
    Density("roomy", 9, 230, 150),
    Density("close", 12, 130, 80),
    Density("dense", 22, 0, 60),
    Density("packed", 1_000, 0, 0),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line on paper: texts already cut to what fits."""

    line: Line
    why: str
    seeks: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet with its lines cut to one page."""

    sheet: Sheet
    density: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The offline pack of the organiser: rounds, all sheets, blank lines and blank sheets."""

    rounds: Sequence[Round]
    sheets: Sequence[Drawn]
    blank: Drawn
    blanks: int = BLANK_SHEETS
    rows: int = BLANK_ROWS


def density_of(lines: int) -> Density:
    """The roomiest that holds so many lines."""
    return next(one for one in DENSITIES if lines <= one.most)


def drawn(sheet: Sheet) -> Drawn:
    """One sheet for its page."""
    how = density_of(len(sheet.lines))
    return Drawn(sheet, how.name, tuple(_row(one, how) for one in sheet.lines))


def pack_of(made: Made, sheets: Sequence[Sheet]) -> Pack:
    """Everything on paper, should the network fail."""
    lines = blank_lines(made)
    how = density_of(len(lines))
    nobody = Sheet(made.plan.id, "", "", sheets[0].side if sheets else made.parts[0].booking.side, lines)
    blank = Drawn(nobody, how.name, tuple(Row(one, "", "") for one in lines))
    return Pack(made.rounds, [drawn(one) for one in sheets], blank)


def _row(line: Line, how: Density) -> Row:
    if line.says is None:
        return Row(line, "", "")
    seeks = ", ".join(line.says.trades)
    if line.says.posts and seeks:
        seeks = f"{seeks} ({line.says.posts})"
    if line.says.words and how.reasons:
        seeks = f"{seeks}. {line.says.words}" if seeks else line.says.words
    return Row(line, _sentences(line.reasons, how.reasons), cut(" ".join(seeks.split()), how.words))


def _sentences(reasons: Sequence[str], room: int) -> str:
    """Whole sentences while they fit; the first one cut when even that is too long."""
    found = ""
    for one in reasons:
        longer = f"{found} {one}".strip()
        if len(longer) > room:
            break
        found = longer
    return found or (cut(reasons[0], room) if reasons else "")


def cut(text: str, room: int) -> str:
    """As many whole words as fit, then « … »."""
    if len(text) <= room:
        return text
    kept = text[: max(0, room - 1)].rsplit(" ", 1)[0].rstrip(" ,.;:")
    return f"{kept}…" if kept else ""
