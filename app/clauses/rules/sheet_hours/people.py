"""Who is meant by the names of a sheet, whatever their spelling, and who is near?"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from app.candidates.rules.names import name_key
from app.clauses.rules.sheet_hours.lines import ReadLine
from app.reference.rules import trigrams

Key = TypeVar("Key", bound=Hashable)
NEAR_FROM: Final = 0.3
"""Share of common trigrams from which a name is worth proposing."""
MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class PersonMatch(Generic[Key]):
    """``key`` when one person is meant, ``spelled_otherwise`` when the letters differ (to be confirmed on screen);
    ``candidates`` when several may be; ``near`` names for somebody unknown, the nearest first."""

    key: Key | None = None
    spelled_otherwise: bool = False
    candidates: tuple[Key, ...] = ()
    near: tuple[Key, ...] = ()


def _one_slip(word: str, other: str) -> bool:
    """One letter doubled, forgotten or swapped with its neighbour; one letter for another in long words only.

    « Diara » is « Diarra »; « Kone » is not « Kane ».
    """
    short, long = sorted((word, other), key=len)
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[:start] + short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    return swapped == long or (len(short) >= 7 and short[start + 1 :] == long[start + 1 :])


def same_key(key: str, other: str) -> bool:
    """``same_name`` of two name keys."""
    if not key or not other:
        return False
    if key == other or key.replace(" ", "") == other.replace(" ", ""):
        return True
    ours, theirs = Counter(key.split()), Counter(other.split())
    more, less = list((ours - theirs).elements()), list((theirs - ours).elements())
    common = sum((ours & theirs).values())
    if not more or not less:
        return common >= 2
    return common >= 1 and len(more) == len(less) == 1 and _one_slip(more[0], less[0])


def same_name(name: str, other: str) -> bool:
    """« DIARRA Mamadou », « Mamadou Diarra », « Diara Mamadou » are one; « Diallo Mamadou » is another.

    Stricter than the portal's likeness of two files: hours must not go to a stranger with a similar name.
    """
    return same_key(name_key("", name), name_key("", other))


class _Names(Generic[Key]):
    """The people by name, by word and by trigram, so that ten thousand lines need not meet everybody."""

    def __init__(self, people: Iterable[tuple[Key, str, str]]) -> None:
        self.keys: list[tuple[Key, str, int]] = []
        self.exact: defaultdict[str, list[Key]] = defaultdict(list)
        self.words: defaultdict[str, set[int]] = defaultdict(set)
        self.parts: defaultdict[str, list[int]] = defaultdict(list)
        for rank, (person, first, last) in enumerate(people):
            name = name_key(first, last)
            parts = trigrams(name)
            self.keys.append((person, name, len(parts)))
            self.exact[name].append(person)
            for word in (*name.split(), name.replace(" ", "")):
                self.words[word].add(rank)
            for part in parts:
                self.parts[part].append(rank)

    def match(self, name: str) -> PersonMatch[Key]:
        if found := (self.exact.get(name) if name else None):
            return PersonMatch(found[0]) if len(found) == 1 else PersonMatch(candidates=tuple(found))
        ranks = set().union(*(self.words.get(word, set()) for word in (*name.split(), name.replace(" ", ""))))
        alike = tuple(self.keys[rank][0] for rank in sorted(ranks) if same_key(name, self.keys[rank][1]))
        if len(alike) == 1:
            return PersonMatch(alike[0], spelled_otherwise=True)
        return PersonMatch(candidates=alike) if alike else PersonMatch(near=self.near(name))

    def near(self, name: str) -> tuple[Key, ...]:
        parts = trigrams(name)
        shared: Counter[int] = Counter()
        for part in parts:
            shared.update(self.parts.get(part, ()))
        enough = len(parts) * NEAR_FROM
        scored = [
            (count / (len(parts) + self.keys[rank][2] - count), -rank)
            for rank, count in shared.items()
            if count >= enough
        ]
        best = sorted((item for item in scored if item[0] >= NEAR_FROM), reverse=True)[:MOST_NEAR]
        return tuple(self.keys[-rank][0] for _, rank in best)


def match_people(lines: Sequence[ReadLine], people: Iterable[tuple[Key, str, str]]) -> dict[str, PersonMatch[Key]]:
    """For each ``line.name_key``, who is meant among (key, first name, last name)."""
    names = _Names(people)
    return {name: names.match(name) for name in dict.fromkeys(line.name_key for line in lines) if name}


def spellings(lines: Iterable[ReadLine]) -> dict[str, str]:
    """Each name key of the sheet to the one under which the same person came first."""
    by_word: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for name in dict.fromkeys(line.name_key for line in lines if line.name_key):
        words = (*name.split(), name.replace(" ", ""))
        known = dict.fromkeys(other for word in words for other in by_word[word])
        first[name] = next((first[other] for other in known if same_key(name, other)), name)
        for word in words:
            by_word[word].append(name)
    return first
