"""An engine that looks at every document, one after the other: slow, plain, and what the others are judged by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from search_index import analysis, geometry
from search_index.documents import Document, Kind
from search_index.engine import EngineFailure, FacetCount, Held, Hits, WordSense, Written
from search_index.entry import Entry, entry_of
from search_index.fields import Among, Between, Filter, Is, OneOf, Within, facets_of, filters_of
from search_index.query import Alternative, Clause, Group, Query, Sort, Term
from search_index.reading import plain_clauses
from search_index.spelling import resembles


@dataclass
class Index:
    entries: dict[UUID, Entry] = field(default_factory=dict)
    gone: dict[UUID, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def version_of(self, one: UUID) -> int:
        entry = self.entries.get(one)
        return entry.version if entry else self.gone.get(one, -1)


class BruteForceEngine:
    """Everything in dictionaries; nothing is shared with the other engines but the analysis and the filters."""

    def __init__(self) -> None:
        self.indexes: dict[str, Index] = {}
        self.live: dict[Kind, str] = {}
        self.building: dict[Kind, str] = {}
        self.made = 0

    def prepare(self) -> None:
        for kind in Kind:
            if kind not in self.live:
                self.publish(kind, self.create(kind))

    def outdated(self) -> Sequence[Kind]:
        return [kind for kind in Kind if kind not in self.live]

    def create(self, kind: Kind) -> str:
        self.made += 1
        name = f"{kind}-{self.made}"
        self.indexes.pop(self.building.get(kind, ""), None)
        self.indexes[name] = Index()
        self.building[kind] = name
        return name

    def publish(self, kind: Kind, index: str) -> str | None:
        if self.building.get(kind) != index:
            raise EngineFailure("not being built")
        former = self.live.get(kind)
        self.live[kind] = self.building.pop(kind)
        return former

    def drop(self, kind: Kind, index: str) -> None:
        if self.live.get(kind) == index:
            raise EngineFailure("live")
        self.indexes.pop(index, None)
        if self.building.get(kind) == index:
            del self.building[kind]

    def _targets(self, kind: Kind, index: str | None) -> list[Index]:
        if kind not in self.live:
            raise EngineFailure("nothing prepared")
        names = [index] if index else [self.live[kind], self.building.get(kind)]
        return [self.indexes[name] for name in names if name]

    def write(self, kind: Kind, documents: Sequence[Document], *, index: str | None = None) -> Written:
        newest = {document.id: document for document in sorted(documents, key=lambda one: one.version)}
        refused: list[int] = []
        for target in self._targets(kind, index):
            before = 0
            for document in newest.values():
                entry = entry_of(document)
                if target.version_of(entry.id) > entry.version:
                    before += 1
                    continue
                target.entries[entry.id] = entry
                target.gone.pop(entry.id, None)
            for document in newest.values():
                for plain, shown in entry_of(document).words.items():
                    target.words.setdefault(plain, shown)
            refused.append(before)
        return Written(len(newest) - refused[0], refused[0])

    def delete(self, kind: Kind, ids: Sequence[UUID], *, version: int, index: str | None = None) -> int:
        counts = []
        for target in self._targets(kind, index):
            forgotten = [one for one in dict.fromkeys(ids) if target.version_of(one) <= version]
            for one in forgotten:
                target.entries.pop(one, None)
                target.gone[one] = version
            counts.append(len(forgotten))
        return counts[0]

    def count(self, kind: Kind, *, index: str | None = None) -> int:
        return len(self._targets(kind, index)[0].entries)

    def versions(
        self, kind: Kind, *, after: UUID | None = None, limit: int = 1000, index: str | None = None
    ) -> Sequence[Held]:
        entries = sorted(self._targets(kind, index)[0].entries.values(), key=lambda entry: entry.id)
        return [Held(e.id, e.version, e.digest) for e in entries if after is None or e.id > after][:limit]

    def held(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Held]:
        return [one for one in self.versions(kind, limit=10**9) if one.id in set(ids)]

    def senses(self, kind: Kind, words: Sequence[str]) -> Mapping[str, WordSense]:
        known = self._targets(kind, None)[0].words
        stems = {analysis.stem(plain) for plain in known}
        return {
            word: WordSense(
                begins=any(plain.startswith(word) for plain in known),
                like=tuple(shown for plain, shown in known.items() if resembles(plain, word)),
            )
            for word in words
            if analysis.stem(word) not in stems
        }

    def search(self, kind: Kind, query: Query) -> Hits:
        clauses = plain_clauses(query.words) if query.clauses is None else query.clauses
        facets = [one.name for one in facets_of(kind, query)]
        filters = filters_of(kind, query)
        worded = [(e, s) for e in self._targets(kind, None)[0].entries.values() if (s := score(e, clauses)) is not None]
        found = [(entry, worth) for entry, worth in worded if all(passes(entry, one) for one in filters)]
        found.sort(key=lambda pair: order_key(query, *pair))
        ids = [entry.id for entry, _ in found[query.offset : query.offset + query.size]]
        counted = {}
        for name in facets:
            others = [one for one in filters if not (getattr(one, "own_facet", False) and one.field == name)]
            values = Counter(
                value
                for entry, _ in worded
                if all(passes(entry, one) for one in others)
                for value in said(entry.values[name])
            )
            counts = [FacetCount(value, count) for value, count in values.items()]
            counted[name] = tuple(sorted(counts, key=lambda one: (-one.count, one.value)))
        return Hits(tuple(ids), len(found), counted)


def said(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [] if value is None or value == "" else [str(value)]


def score(entry: Entry, clauses: Sequence[Clause]) -> int | None:
    total = 0
    for clause in clauses:
        worths = [worth_of_group(entry, group) for group in clause]
        if not any(worths):
            return None
        total += sum(worths)
    return total


def worth_of_group(entry: Entry, group: Group) -> int:
    return max(worth_of(entry, alternative) for alternative in group.alternatives)


def worth_of(entry: Entry, alternative: Alternative) -> int:
    return min(worth_of_term(entry, term) for term in alternative)


def worth_of_term(entry: Entry, term: Term) -> int:
    if not term.prefix:
        return int(entry.tokens.get(term.token, 0))
    return max((int(weight) for token, weight in entry.tokens.items() if token.startswith(term.token)), default=0)


def passes(entry: Entry, one: Filter) -> bool:
    match one:
        case OneOf(name, values):
            return bool(values & set(said(entry.values[name])))
        case Is(name, value):
            return entry.values[name] is value
        case Between(name, low, high, missing):
            value = entry.values[name]
            if value is None:
                return missing
            return (low is None or value >= low) and (high is None or value <= high)
        case Within(place):
            if entry.lat is None or entry.lon is None:
                return False
            here = geometry.vector(place.lat, place.lon)
            return geometry.chord2(geometry.vector(entry.lat, entry.lon), here) <= geometry.chord2_of(place.radius_km)
        case Among(ids):
            return entry.id in ids


def order_key(query: Query, entry: Entry, worth: int) -> tuple[object, ...]:
    far = 10**9
    if query.place and entry.lat is not None and entry.lon is not None:
        here = geometry.vector(query.place.lat, query.place.lon)
        far = geometry.metres(geometry.chord2(geometry.vector(entry.lat, entry.lon), here))
    age = -(entry.day or date.min).toordinal()
    by = {
        Sort.RELEVANCE: (-worth, far, age),
        Sort.DISTANCE: (far, -worth, age) if query.place else (-worth, age),
        Sort.DATE: (age, -worth, far),
        Sort.NAME: (entry.name, age),
    }
    return (*by[query.sort], entry.id)
