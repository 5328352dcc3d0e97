"""Which known word was meant? Decided here, in Python, so that every engine corrects alike.

Engines only say which of their words resemble a typed one (by trigrams); the choice is made on sound first (people
write as they hear: « palaiso », « menaje »), then on the number of slips of the finger.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

SHORTEST = 4  # letters; below, everything resembles everything
RESEMBLANCE = 0.3  # share of common trigrams, as pg_trgm counts them by default
ENOUGH = 0.7  # closeness from which a word is taken for another

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"qu|ck|c(?=[aorlut]|$)|q", "k"),
        (r"ch|sh|sch", "C"),
        (r"c(?=[eiy])|sc(?=[eiy])", "s"),
        (r"ge(?=[ao])", "j"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"eau|au", "o"),
        (r"ain|ein|aim|im(?=[bp])|in(?![aeiouyn])", "I"),
        (r"[ae]m(?=[bp])|[ae]n(?![aeiouyn])", "A"),
        (r"om(?=[bp])|on(?![aeiouyn])", "O"),
        (r"ai|ei|er$|ez$|et$", "e"),
        (r"oeu|eu", "e"),
        (r"y", "i"),
        (r"(?<=[aeiouAIO])s(?=[aeiou])", "z"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(?<=...)[estdxpz]+$", ""),
    )
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a folded word is heard, roughly: « palaiso » and « palaiseau » give one key."""
    for pattern, key in _SOUNDS:
        word = pattern.sub(key, word)
    return word


def slips(typed: str, known: str, most: int) -> int:
    """Insertions, deletions, replacements and exchanges of neighbours; `most + 1` as soon as it is more."""
    if abs(len(typed) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, left in enumerate(typed, 1):
        previous, row = row, [i]
        for j, right in enumerate(known, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (left != right))
            if i > 1 and j > 1 and left == known[j - 2] and typed[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
        if min(row) > most:
            return most + 1
    return row[-1]


def closeness(typed: str, known: str) -> float:
    """1 is the same word; 0 when nobody would have meant it."""
    if typed == known:
        return 1.0
    if min(len(typed), len(known)) < SHORTEST:
        return 0.0
    longest = max(len(typed), len(known))
    most = 1 if longest < 7 else 2 if longest < 12 else 3
    heard, other = sound(typed), sound(known)
    if heard == other:
        return 0.95 - 0.01 * slips(typed, known, 4)
    if typed[0] != known[0] and heard[:1] != other[:1]:
        return 0.0
    found = slips(typed, known, most)
    return 1.0 - found / longest if found <= most else 0.0


def nearest(typed: str, candidates: Iterable[str], uses: Mapping[str, int] | None = None) -> tuple[float, str]:
    """The closest candidate, the most used among equals, and how close it is; (0, "") when none is close enough."""
    used = uses or {}
    scored = ((closeness(typed, known), known) for known in candidates)
    good = [(score, known) for score, known in scored if score >= ENOUGH]
    if not good:
        return 0.0, ""
    return min(good, key=lambda pair: (-pair[0], -used.get(pair[1], 0), abs(len(pair[1]) - len(typed)), pair[1]))


def trigrams(word: str) -> frozenset[str]:
    """As pg_trgm: two blanks before, one after."""
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def resembles(left: str, right: str) -> bool:
    """As the operator % of pg_trgm."""
    ours, theirs = trigrams(left), trigrams(right)
    shared = len(ours & theirs)
    return shared >= RESEMBLANCE * (len(ours) + len(theirs) - shared)


class Shelf:
    """A fixed set of folded words from which the nearest is found without comparing with all."""

    def __init__(self, words: Iterable[str]) -> None:
        """A word given several times is preferred among equals."""
        self.nearest = lru_cache(maxsize=5_000)(self._nearest)  # the same mistakes are made again and again
        self._by_part: dict[str, list[str]] = defaultdict(list)
        self._words = Counter(words)
        for word in sorted(self._words):
            for part in {*trigrams(word), f"={sound(word)}"}:
                self._by_part[part].append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def _nearest(self, typed: str) -> tuple[float, str]:
        """The closest of the shelf, as `nearest`."""
        ours = trigrams(typed)
        shared: dict[str, int] = defaultdict(int)
        for part in ours:
            for word in self._by_part.get(part, ()):
                shared[word] += 1
        candidates = {word for word, count in shared.items() if count >= RESEMBLANCE * len(ours)}
        candidates.update(self._by_part.get(f"={sound(typed)}", ()))
        return nearest(typed, candidates, self._words)
