"""How are sheets and the pack of the day laid on paper: one page each, however many rounds there are?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from app.core.quantities import NBSP
from app.events.labels.plan import ON_PAPER
from app.events.queries.plan import Made, Round
from app.events.queries.sheets import Line, Sheet, blank_lines
from app.events.rules.kinds import Side

T = TypeVar("T")
BOXES: Final = "  ".join(f"□ {words}".replace(" ", NBSP) for words in ON_PAPER.values())
"""What is ticked after each meeting. One text, for a page of boxes is drawn slowly; every font of print.css has it."""
ROWS_A_FILE: Final = 500
"""So many lines are drawn in some eight seconds; the child that draws has twenty."""
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
    Density("roomy", 8, 150, 95),
    Density("close", 12, 100, 50),
    Density("dense", 22, 0, 50),
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
    """The offline pack of the organiser, or a part of it: rounds, blank lines, then the sheets."""

    number: int
    rounds: tuple[Round, ...] = ()
    sheets: tuple[Drawn, ...] = ()
    blank: Drawn | None = None
    """Blank lines and sheets for who arrives without a booking are in this part."""
    rows: int = BLANK_ROWS
    blanks: int = BLANK_SHEETS


def density_of(lines: int) -> Density:
    """The roomiest that holds so many lines."""
    return next(one for one in DENSITIES if lines <= one.most)


def drawn(sheet: Sheet) -> Drawn:
    """One sheet for its page."""
    how = density_of(len(sheet.lines))
    return Drawn(sheet, how.name, tuple(_row(one, how) for one in sheet.lines))


def whole(sheet: Sheet) -> Drawn:
    """The same on a screen: nothing is cut there."""
    everything = Density(density_of(len(sheet.lines)).name, len(sheet.lines), 10_000, 10_000)
    return Drawn(sheet, everything.name, tuple(_row(one, everything) for one in sheet.lines))


def packs_of(made: Made, sheets: Sequence[Sheet]) -> list[Pack]:
    """Everything on paper, should the network fail; in as many files as it takes to draw each one quickly."""
    lines = blank_lines(made)
    nobody = Sheet(made.plan.id, "", "", Side.MOVING, lines)
    blank = Drawn(nobody, density_of(len(lines)).name, tuple(Row(one, "", "") for one in lines))
    rounds = in_files(made.rounds, lambda one: len(one.places))
    files = in_files(sheets, lambda one: len(one.lines))
    parts: list[Pack] = []
    if len(rounds) == len(files) == 1 and _cost(rounds[0], files[0], lines) <= ROWS_A_FILE:
        return [Pack(1, rounds[0], tuple(drawn(one) for one in files[0]), blank)]
    for group in rounds:
        parts.append(Pack(len(parts) + 1, group, blank=blank if group is rounds[-1] else None))
    for file in files:
        parts.append(Pack(len(parts) + 1, sheets=tuple(drawn(one) for one in file)))
    return parts


def _cost(rounds: Sequence[Round], sheets: Sequence[Sheet], lines: Sequence[Line]) -> int:
    meetings = sum(len(one.places) for one in rounds)
    return meetings + sum(len(one.lines) for one in sheets) + BLANK_SHEETS * len(lines)


def in_files(items: Sequence[T], rows_of: Callable[[T], int]) -> list[tuple[T, ...]]:
    """In order, as many as fit in one file; at least one each."""
    files: list[list[T]] = []
    rows = 0
    for one in items:
        if not files or rows + rows_of(one) > ROWS_A_FILE:
            files.append([])
            rows = 0
        files[-1].append(one)
        rows += rows_of(one)
    return [tuple(file) for file in files]


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
