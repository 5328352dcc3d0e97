"""Which commune do words name? « etampe », « st michel », « corbeil », « 91300 »: all are read as people type them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search_index import analysis
from search_index.query import DEFAULT_RADIUS_KM, Place
from search_index.spelling import Shelf

_ARTICLES = frozenset(("le", "la", "les", "l"))
_LINKS = frozenset(("sur", "sous", "en", "les", "lez", "la", "le", "de", "des", "du", "aux", "au", "d", "l", "et"))
_TOO_COMMON = frozenset(("ville", "val", "bois", "vert", "mont", "pont", "port", "fort", "vieille", "saint", "gare"))
SMALLEST_SHORTENED = 2_000  # people; a smaller commune is only known by its whole name
LONGEST_NAME = 7  # words
_BEFORE = frozenset(("a", "au", "aux", "vers", "sur", "pres", "de", "autour", "proche", "cote", "secteur", "d", "en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A commune as the portal knows it."""

    insee: str
    name: str
    lat: float
    lon: float
    population: int = 0
    postcodes: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()  # of communes merged into it


@dataclass(frozen=True, slots=True)
class TownSpan:
    """A commune found in the typed words, by the positions of its first word and just after its last."""

    start: int
    end: int
    town: Town


def place_of(town: Town, radius_km: float = DEFAULT_RADIUS_KM) -> Place:
    return Place(insee=town.insee, name=town.name, lat=town.lat, lon=town.lon, radius_km=radius_km)


def _key(words: Iterable[analysis.Word]) -> tuple[str, ...]:
    """« St-Chéron » and « Sainte Geneviève » typed anyhow: saint for all, no article in front."""
    names = [_same_saint(word.plain) for word in words]
    while len(names) > 1 and names[0] in _ARTICLES:
        names.pop(0)
    return tuple(names)


def _stems(key: tuple[str, ...]) -> tuple[str, ...]:
    """« etampe » is Étampes as « femmes » is « femme »."""
    return tuple(analysis.stem(name) for name in key)


def _same_saint(plain: str) -> str:
    return "saint" if plain in ("st", "ste", "sainte") else plain


class Gazetteer:
    """Immutable once made; a name shared by several communes goes to the largest."""

    def __init__(self, towns: Iterable[Town] = ()) -> None:
        self._exact: dict[tuple[str, ...], Town] = {}
        self._short: dict[tuple[str, ...], Town] = {}
        self._joined: dict[str, Town] = {}
        largest_first = sorted(towns, key=lambda town: (-town.population, town.insee))
        for town in largest_first:
            for name in (town.name, *town.other_names):
                self._exact.setdefault(_key(analysis.words_of(name)), town)
            for postcode in town.postcodes:
                self._exact.setdefault((postcode,), town)
        self._shorten(largest_first)
        self._stems: dict[tuple[str, ...], Town] = {}
        for key, town in (*self._exact.items(), *self._short.items()):
            if not key[0].isdigit():
                self._joined.setdefault("".join(key), town)
                self._stems.setdefault(_stems(key), town)
        self._shelf = Shelf(list(self._joined))

    def _shorten(self, towns: Sequence[Town]) -> None:
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        heads = [(head, town) for town in towns for head in _heads(town.name)]
        for head, town in heads:
            owners[head].add(town.insee)
        for head, town in heads:
            known = town.population == 0 or town.population >= SMALLEST_SHORTENED
            if known and len(owners[head]) == 1 and head not in self._exact and head != ("saint",):
                self._short[head] = town

    def named(self, name: str) -> Town | None:
        """The commune that this text names, whole or shortened, without a mistake."""
        key = _key(analysis.words_of(name))
        return (self._exact.get(key) or self._short.get(key)) if key else None

    def spans(self, words: Sequence[analysis.Word]) -> list[TownSpan]:
        """Communes in the words, longest first, never overlapping, in their order."""
        found: list[TownSpan] = []
        start = 0
        while start < len(words):
            span = self._longest_at(words, start)
            if span is not None:
                found.append(span)
            start = span.end if span else start + 1
        return found

    def _longest_at(self, words: Sequence[analysis.Word], start: int) -> TownSpan | None:
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            if end - start == 1 and words[start].empty:
                return None
            key = _key(words[start:end])
            town = self._exact.get(key) or self._short.get(key) or self._stems.get(_stems(key))
            if town is not None:
                return TownSpan(start, end, town)
        return None

    def nearest(self, words: Sequence[analysis.Word]) -> tuple[float, Town | None]:
        """The commune that these words, taken together, may be a misspelling of, and how close they are."""
        score, joined = self._shelf.nearest("".join(_key(words)))
        return score, self._joined.get(joined)


def starts_a_place(word: analysis.Word) -> bool:
    """« à Massy », « près de Massy »: what precedes a place, and goes away with it."""
    return word.plain in _BEFORE


def _heads(name: str) -> Iterator[tuple[str, ...]]:
    """What people say of a long name: « Brétigny », « Corbeil », « Sainte-Geneviève », « Les Ulis »."""
    key = _key(analysis.words_of(name))
    for end in range(1, len(key)):
        linked = key[end] in _LINKS or (key[0] != "saint" or end > 1)
        head = key[:end]
        if linked and head[-1] not in _LINKS and len("".join(head)) >= 4 and head[0] not in _TOO_COMMON - {"saint"}:
            yield head
            if key[end] in _LINKS:
                return
