"""What did the person mean by the words typed? Accents, case, hyphens and plurals do not count."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from re import compile as pattern
from typing import Final

from app.reference.rules.refusals import ReferenceRefusal

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SEPARATORS: Final = pattern(r"[^a-z0-9]+")
_SAINTS: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SMALL: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "sur", "un", "une")
)


def normalise(text: str) -> str:
    """What is left of a name when accents, case, hyphens, apostrophes and « st » do not count."""
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return " ".join(_SAINTS.get(word, word) for word in _SEPARATORS.sub(" ", bare).split())


def essence(text: str) -> str:
    """``normalise`` without articles and prepositions, and without the mark of plural: « aide domicile »."""
    words = normalise(text).split()
    kept = [word for word in words if word not in _SMALL] or words
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in kept)


def search_text(name: str, feminine: str, words: Iterable[str]) -> str:
    """The phrases by which a trade is found, essence of each, between bars: ``|plonge|plongeur|``."""
    phrases = dict.fromkeys(essence(phrase) for phrase in (name, feminine, *words))
    return f"|{'|'.join(phrase for phrase in phrases if phrase)}|"


def trigrams(text: str) -> frozenset[str]:
    """As pg_trgm does: each word with two spaces before and one after."""
    padded = (f"  {word} " for word in text.split())
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def similarity(a: str, b: str) -> float:
    """Shared trigrams out of all, from 0 to 1."""
    ours, theirs = trigrams(a), trigrams(b)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


class Closeness(StrEnum):
    """How a phrase answers the words typed, the best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORDS = "words"
    CONTAINS = "contains"
    ALIKE = "alike"


ALIKE_FROM: Final = 0.4
_ORDER: Final = tuple(Closeness)


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Smaller is better: the closeness, then how much of the phrase was not typed."""

    closeness: int
    unlike: float

    @property
    def word(self) -> Closeness:
        """The closeness, by its name."""
        return _ORDER[self.closeness]


def closeness(typed: str, phrase: str) -> Closeness | None:
    """How ``phrase`` answers ``typed``, both already reduced to their essence; None when it does not."""
    if typed == phrase:
        return Closeness.EXACT
    if phrase.startswith(typed):
        return Closeness.PREFIX
    have = phrase.split()
    if all(any(word.startswith(wanted) for word in have) for wanted in typed.split()):
        return Closeness.WORDS
    if len(typed) > 3 and typed in phrase:
        return Closeness.CONTAINS
    return Closeness.ALIKE if similarity(typed, phrase) >= ALIKE_FROM else None


def rank(typed: str, phrases: Iterable[str]) -> Rank | None:
    """The best answer among the phrases of one entry; None when none answers."""
    ranks = [
        Rank(_ORDER.index(found), round(1 - similarity(typed, phrase), 4))
        for phrase in phrases
        if phrase and (found := closeness(typed, phrase)) is not None
    ]
    return min(ranks, default=None)


WORDS_MOST: Final = 30
WORD_LENGTH: Final = 60


def tidy_words(typed: str) -> list[str]:
    """Everyday words, one a line or parted by commas: trimmed, never twice whatever the accents."""
    kept: dict[str, str] = {}
    for line in typed.splitlines():
        for word in line.split(","):
            if key := normalise(word):
                kept.setdefault(key, " ".join(word.split()))
    return list(kept.values())


def word_refusals(words: Sequence[str]) -> tuple[ReferenceRefusal, ...]:
    """Why these everyday words are not taken."""
    reasons = []
    if not words:
        reasons.append(ReferenceRefusal.NO_WORDS)
    if len(words) > WORDS_MOST:
        reasons.append(ReferenceRefusal.TOO_MANY_WORDS)
    if any(len(word) > WORD_LENGTH for word in words):
        reasons.append(ReferenceRefusal.WORD_TOO_LONG)
    return tuple(reasons)
