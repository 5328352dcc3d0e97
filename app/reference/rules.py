"""How far apart are two places, and what did the person mean by the words typed? Pure answers."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from re import compile as pattern
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088
FIRST_DAY: Final = date(2000, 1, 1)
"""The shipped assignments hold since this day, older than any date the portal handles."""
OTHER_FAMILY: Final = "autres-metiers"
"""Family of the official names that resemble none of ours; two trades in it have nothing in common."""

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SEPARATORS: Final = pattern(r"[^a-z0-9]+")
_SAINTS: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SMALL: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "sur", "un", "une")
)


class TradeSource(StrEnum):
    """Who wrote this trade: the portal's own table, or the official list."""

    PORTAL = "portal"
    ROME = "rome"


class ReferenceRefusal(StrEnum):
    """Why the département's edit is not taken."""

    MDS_OUTSIDE_TERRITORY = "mds_outside_territory"
    UNKNOWN_MDS = "unknown_mds"
    UNKNOWN_TERRITORY = "unknown_territory"
    MDS_CLOSED = "mds_closed"
    NOTHING_CHANGES = "nothing_changes"
    IN_THE_PAST = "in_the_past"
    NOT_PLANNED = "not_planned"
    BEFORE_LAST_ASSIGNMENT = "before_last_assignment"
    NO_WORDS = "no_words"
    TOO_MANY_WORDS = "too_many_words"
    WORD_TOO_LONG = "word_too_long"
    MDS_EXISTS = "mds_exists"
    MDS_STILL_SERVES = "mds_still_serves"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    NAME_MISSING = "name_missing"


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great circle between two points in degrees, by the haversine formula, in kilometres."""
    half_lat = sin(radians(lat_b - lat_a) / 2)
    half_lon = sin(radians(lon_b - lon_a) / 2)
    chord = half_lat**2 + cos(radians(lat_a)) * cos(radians(lat_b)) * half_lon**2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


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


def majority(values: Sequence[str], default: str) -> str:
    """The most frequent value; the first in alphabetical order when several are; ``default`` for none."""
    return min(set(values), key=lambda value: (-values.count(value), value), default=default)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A territory and an MDS from a day to another, the last excluded."""

    territory_code: str
    mds_code: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Is this the assignment of that day?"""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    @property
    def last_day(self) -> date | None:
        """The last day included, as screens show it."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None


def assignment_refusals(
    history: Sequence[Assigned],
    wanted: Assigned,
    *,
    today: date,
    mds_territory: str | None,
    mds_closed_on: date | None,
) -> tuple[ReferenceRefusal, ...]:
    """Why a commune may not pass to this territory and MDS on that day; empty when it may.

    The past is never rewritten: the new assignment starts today or later, and after every other one; on the very
    day of the last, it replaces that one. ``mds_territory`` is None for an MDS that does not exist.
    """
    reasons = []
    if wanted.valid_from < today:
        reasons.append(ReferenceRefusal.IN_THE_PAST)
    if mds_territory is None:
        reasons.append(ReferenceRefusal.UNKNOWN_MDS)
    elif mds_territory != wanted.territory_code:
        reasons.append(ReferenceRefusal.MDS_OUTSIDE_TERRITORY)
    if mds_closed_on is not None and mds_closed_on <= wanted.valid_from:
        reasons.append(ReferenceRefusal.MDS_CLOSED)
    last = max(history, key=lambda one: one.valid_from, default=None)
    if last is not None:
        if wanted.valid_from < last.valid_from:
            reasons.append(ReferenceRefusal.BEFORE_LAST_ASSIGNMENT)
        elif (last.territory_code, last.mds_code) == (wanted.territory_code, wanted.mds_code):
            reasons.append(ReferenceRefusal.NOTHING_CHANGES)
    return tuple(reasons)


WORDS_MOST: Final = 30
WORD_LENGTH: Final = 60


def tidy_words(typed: str) -> list[str]:
    """Everyday words, one a line or parted by commas: trimmed, never twice whatever the accents."""
    words = (" ".join(word.split()) for line in typed.splitlines() for word in line.split(","))
    return list({normalise(word): word for word in reversed(list(words)) if normalise(word)}.values())[::-1]


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
