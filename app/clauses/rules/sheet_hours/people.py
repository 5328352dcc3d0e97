"""Who is meant by the names of a sheet, whatever their spelling, and who is near?"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
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

    « Diara » is « Diarra »; « Kone » is not « Kane », nor « Salarié 12 » « Salarié 13 ».
    """
    short, long = sorted((word, other), key=len)
    if not (4 <= len(short) <= len(long) <= min(30, len(short) + 1) and (short + long).isalpha()):
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


class _Spellings(Generic[Key]):
    """Names found by what any other spelling of theirs must share, so that nobody is compared with everybody.

    Another spelling has the same letters without spaces, or all the words of the other, or the same words but for one
    that is the same once a letter is left out of each.
    """

    def __init__(self) -> None:
        self.glued: defaultdict[str, list[tuple[str, Key]]] = defaultdict(list)
        self.whole: defaultdict[str, list[tuple[str, Key]]] = defaultdict(list)
        self.parts: defaultdict[str, list[tuple[str, Key]]] = defaultdict(list)
        self.slips: defaultdict[tuple[str, str], list[tuple[str, Key]]] = defaultdict(list)

    def add(self, name: str, value: Key) -> None:
        words = name.split()
        self.glued[name.replace(" ", "")].append((name, value))
        self.whole[name].append((name, value))
        for part in _parts(words):
            self.parts[part].append((name, value))
        for slip in _slips(words):
            self.slips[slip].append((name, value))

    def find(self, name: str) -> list[Key]:
        """What was added under another spelling of the name, in the order of adding within each way of being alike."""
        words = name.split()
        found = [*self.glued.get(name.replace(" ", ""), ()), *self.parts.get(name, ())]
        for part in _parts(words):
            found += self.whole.get(part, ())
        for slip in _slips(words):
            found += self.slips.get(slip, ())
        return [value for other, value in dict.fromkeys(found) if same_key(name, other)]


def _parts(words: Sequence[str]) -> set[str]:
    """Some of the words, at least two; long names only lose one or two."""
    sizes = range(2, len(words)) if len(words) <= 6 else range(len(words) - 2, len(words))
    return {" ".join(part) for size in sizes if len(words) <= 12 for part in combinations(words, size)}


def _slips(words: Sequence[str]) -> set[tuple[str, str]]:
    """(the other words, a word with at most one letter left out)."""
    found = set()
    for place, word in enumerate(words[:12]):
        rest = " ".join((*words[:place], *words[place + 1 :]))
        if rest and word.isalpha() and 4 <= len(word) <= 30:
            found.add((rest, word))
            found.update((rest, word[:at] + word[at + 1 :]) for at in range(len(word)))
    return found


class _Names(Generic[Key]):
    """The people by name, by spelling and by trigram, so that ten thousand lines need not meet everybody."""

    def __init__(self, people: Iterable[tuple[Key, str, str]]) -> None:
        self.keys: list[tuple[Key, int]] = []
        self.exact: defaultdict[str, list[Key]] = defaultdict(list)
        self.spellings: _Spellings[Key] = _Spellings()
        self.parts: defaultdict[str, list[int]] = defaultdict(list)
        for rank, (person, first, last) in enumerate(people):
            name = name_key(first, last)
            parts = trigrams(name)
            self.keys.append((person, len(parts)))
            self.exact[name].append(person)
            self.spellings.add(name, person)
            for part in parts:
                self.parts[part].append(rank)

    def match(self, name: str) -> PersonMatch[Key]:
        if found := self.exact.get(name):
            return PersonMatch(found[0]) if len(found) == 1 else PersonMatch(candidates=tuple(found))
        alike = tuple(self.spellings.find(name))
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
            (count / (len(parts) + self.keys[rank][1] - count), -rank)
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
    known: _Spellings[str] = _Spellings()
    first: dict[str, str] = {}
    for name in dict.fromkeys(line.name_key for line in lines if line.name_key):
        first[name] = next(iter(known.find(name)), name)
        known.add(name, first[name])
    return first
