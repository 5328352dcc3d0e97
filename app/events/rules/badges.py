"""What stands on a badge, a table card and the big screen, and in which size does it fit?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

T = TypeVar("T")
PER_PAGE: Final = 8
_NARROW: Final = frozenset("iljtfr.,;:!'’|()-1 ")
_WIDE: Final = frozenset("mwMW@%")


def short_name(name: str) -> str:
    """« Pierre Blanc » → « Pierre B. »: what others read of somebody who came as a person."""
    words = name.split()
    return f"{words[0]} {words[-1][0].upper()}." if len(words) > 1 else name.strip()


def width_of(text: str) -> float:
    """About how many times the size of its letters a bold text is wide: on the safe side."""
    return sum(0.34 if sign in _NARROW else 0.95 if sign in _WIDE else 0.72 if sign.isupper() else 0.6 for sign in text)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of a text, in the largest size that fits."""

    lines: tuple[str, ...]
    size: float


def fitted(text: str, width: float, sizes: Sequence[float], lines: int = 2) -> Fitted:
    """Break a text at its spaces in the largest size in which it fits; in the smallest, what is too long is cut."""
    words = text.split()
    for size in sizes:
        broken = _broken(words, width / size)
        if len(broken) <= lines and all(width_of(line) <= width / size for line in broken):
            return Fitted(tuple(broken), size)
    smallest = sizes[-1]
    broken = [_cut(line, width / smallest) for line in _broken(words, width / smallest)]
    if len(broken) > lines:
        broken = [*broken[: lines - 1], _cut(f"{broken[lines - 1]}…", width / smallest)]
    return Fitted(tuple(broken), smallest)


def _broken(words: Sequence[str], room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, room: float) -> str:
    if width_of(line) <= room:
        return line
    kept = line.rstrip("…")
    while kept and width_of(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def pages_of(items: Sequence[T], size: int = PER_PAGE) -> Iterator[Sequence[T]]:
    """Sheets of so many."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
