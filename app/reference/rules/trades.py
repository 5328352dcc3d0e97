"""Where does an official job name belong among our trades, and which trade leads to which?"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

OTHER_FAMILY: Final = "autres-metiers"
"""Family of the official names that resemble none of ours; two trades in it have nothing in common."""


class TradeSource(StrEnum):
    """Who wrote this trade: the portal's own table, or the official list."""

    PORTAL = "portal"
    ROME = "rome"


def gendered(long_name: str) -> tuple[str, str]:
    """« Agent / Agente d'entretien » → (« Agent d’entretien », « Agente d’entretien »).

    The official list gives the masculine words, a slash, the feminine ones and what both share. As many words
    as stand before the slash are the feminine ones.
    """
    name = " ".join(long_name.replace("'", "’").split())
    before, slash, after = name.partition(" / ")
    if not slash or " / " in after:
        return name, name
    count = len(before.split())
    words = after.split()
    rest = "".join(f" {word}" for word in words[count:])
    return before + rest, " ".join(words[:count]) + rest


def domain_of(rome_code: str) -> str:
    """The professional domain of a job code: its first three characters."""
    return rome_code[:3]


class FamilyGuess:
    """The family of an official name, by the majority of our trades: same code, else same wider code, else domain."""

    def __init__(self, ours: Iterable[tuple[str, str]], parents: Mapping[str, str]) -> None:
        """``ours`` are (ROME code, family) of our trades; ``parents`` gives the wider code of each code."""
        self.parents = parents
        self.seen: dict[str, Counter[str]] = {}
        for code, family in ours:
            for level in self._levels(code):
                self.seen.setdefault(level, Counter())[family] += 1

    def _levels(self, code: str) -> tuple[str, str, str]:
        return f"code {code}", f"parent {self.parents.get(code, code)}", f"domain {domain_of(code)}"

    def of(self, code: str) -> str:
        """The family's slug; the first in alphabetical order when several are as frequent."""
        for level in self._levels(code):
            if counts := self.seen.get(level):
                return min(counts, key=lambda family: (-counts[family], family))
        return OTHER_FAMILY


class NearMoves(Mapping[tuple[str, str], int]):
    """Points of the near moves; an official name moves as those of our trades that have its ROME code."""

    def __init__(self, written: Mapping[tuple[str, str], int], rome: Mapping[str, str], ours: Collection[str]) -> None:
        """``written`` are the moves between ``ours``; ``rome`` gives the code of every trade, ours or official."""
        self.written, self.rome, self.ours = written, rome, frozenset(ours)
        self.by_code: dict[tuple[str, str], int] = {}
        for (start, end), points in written.items():
            for first in (start, rome[start]):
                for last in (end, rome[end]):
                    pair = (first, last)
                    self.by_code[pair] = max(points, self.by_code.get(pair, 0))

    def __getitem__(self, pair: tuple[str, str]) -> int:
        if pair in self.written:
            return self.written[pair]
        start, end = (slug if slug in self.ours else self.rome.get(slug, "") for slug in pair)
        if pair[0] in self.ours and pair[1] in self.ours:
            raise KeyError(pair)
        return self.by_code[start, end]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)
