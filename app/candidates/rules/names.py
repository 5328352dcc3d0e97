"""Are these the names of one person, and do two files look like one person's?"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.candidates.rules.vocabulary import Likeness
from app.reference.rules import similarity

_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
ALIKE_FROM: Final = 0.55
"""Share of common trigrams from which two names look alike: « ben said aicha » and « bensaid aicha » pass."""


def name_key(first_name: str, last_name: str) -> str:
    """The words of a name without case, accents, marks or order: « aicha ben said » whatever the typing.

    Letters of every script count, so that a name written in Arabic has a key of its own.
    """
    flat = unicodedata.normalize("NFKD", f"{first_name} {last_name}".casefold().translate(_LETTERS))
    bare = "".join(char for char in flat if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return " ".join(sorted("".join(char if char.isalnum() else " " for char in bare).split()))


def names_alike(key: str, other: str) -> bool:
    """Do two keys look like one name: the same, one inside the other, or nearly the same letters?"""
    if not key or not other:
        return False
    words, others = set(key.split()), set(other.split())
    shorter = min(len(words), len(others))
    inside = shorter >= 2 and (words <= others or others <= words)
    glued = key.replace(" ", "") == other.replace(" ", "")
    return key == other or inside or glued or similarity(key, other) >= ALIKE_FROM


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a person from another; ``key`` is the name's."""

    key: str
    birth_date: date | None = None
    phone: str | None = None


def likenesses(one: Known, other: Known) -> tuple[Likeness, ...]:
    """Why two files look like one person's; empty when they do not.

    A shared phone alone is a likeness (a family may share one). The same name alone is one only while a birth
    date is missing: two persons may bear one name, and two different birth dates say that they do.
    """
    found = []
    alike = names_alike(one.key, other.key)
    if one.phone and one.phone == other.phone:
        found.append(Likeness.PHONE)
    if one.birth_date and one.birth_date == other.birth_date and alike:
        found.append(Likeness.BIRTH_AND_NAME)
    if one.key and one.key == other.key and not (one.birth_date and other.birth_date):
        found.append(Likeness.NAME)
    return tuple(found)


def same_person(one: Known, other: Known) -> bool:
    """Sure enough to add nothing when a sheet is imported: a phone shared with a stranger's name is not."""
    found = set(likenesses(one, other))
    return bool(found - {Likeness.PHONE}) or (Likeness.PHONE in found and names_alike(one.key, other.key))


def ordered_pair(one: str, other: str) -> tuple[str, str]:
    """Two identifiers, the smaller first, as a pair is kept."""
    return (one, other) if one < other else (other, one)


def pairs_left(pairs: Collection[tuple[str, str]], told_apart: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs that nobody has yet said to be two persons, in order."""
    apart = {ordered_pair(*pair) for pair in told_apart}
    return [pair for pair in pairs if ordered_pair(*pair) not in apart]
