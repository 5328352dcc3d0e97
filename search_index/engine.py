"""What an engine does, whoever it is: PostgreSQL today, Elasticsearch later, a list in memory for tests.

An engine holds, for each kind, a *live* index that searches read and, while a rebuild lasts, a *building* one. Writes
without an index name go to both, which is how a rebuild misses nothing. A version is any number that grows with
the freshness of what is written: an older version never overwrites a newer one, nor brings back what was deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from search_index.documents import Document, Kind
from search_index.query import Correction, Place, Query


class EngineFailure(Exception):
    """The engine cannot answer: it is down, too slow, or holds no index of this kind."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many results would be left with this value, all other filters kept."""

    value: str
    count: int


Facets = Mapping[str, tuple[FacetCount, ...]]  # by field; most frequent first, then by value


@dataclass(frozen=True, slots=True)
class Hits:
    """What an engine answers: ids in order, never contents."""

    ids: tuple[UUID, ...] = ()
    total: int = 0
    facets: Facets = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results(Hits):
    """What a page receives: the hits, and how the words were read so that the page can say it and undo it."""

    query: Query = field(default_factory=Query)  # as understood, the detected place included
    corrections: tuple[Correction, ...] = ()
    place: Place | None = None  # the place read in the words, if any
    words_without_place: str = ""  # the same words once that place is taken out of them
    relaxed: bool = False  # nothing held all the words; these hold some of them


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a bulk write in the live index: taken, or refused because a newer version was there."""

    taken: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What the index holds of one document, enough to compare it with the source."""

    id: UUID
    version: int
    digest: str  # of the document's content: see `search_index.entry.digest_of`


@dataclass(frozen=True, slots=True)
class WordSense:
    """What the index knows of a typed word that it does not hold among its names and labels."""

    begins: bool = False  # some known word begins with it
    like: tuple[str, ...] = ()  # known words that resemble it, in no order


class Engine(Protocol):
    """Every method may raise EngineFailure."""

    def prepare(self) -> None:
        """Make what must exist once, and a live index for each kind that has none. Safe to call again."""

    def outdated(self) -> Sequence[Kind]:
        """The kinds whose live index was made by a code with other fields or another analysis: rebuild them."""

    def create(self, kind: Kind) -> str:
        """Start a new building index and return its name. A building index left by a dead rebuild is dropped."""

    def write(self, kind: Kind, documents: Sequence[Document], *, index: str | None = None) -> Written:
        """Write in bulk at each document's own version."""

    def delete(self, kind: Kind, ids: Sequence[UUID], *, version: int, index: str | None = None) -> int:
        """Forget these ids unless a newer version is held; the deletion itself is remembered at its version."""

    def search(self, kind: Kind, query: Query) -> Hits:
        """Answer from the live index."""

    def senses(self, kind: Kind, words: Sequence[str]) -> Mapping[str, WordSense]:
        """Only the words that the live index does not know, with what resembles them."""

    def count(self, kind: Kind, *, index: str | None = None) -> int:
        """How many documents the live (or the named) index holds."""

    def versions(
        self, kind: Kind, *, after: UUID | None = None, limit: int = 1000, index: str | None = None
    ) -> Sequence[Held]:
        """What is held, in order of id, from just after one id: the compare walks through it."""

    def held(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Held]:
        """What the live index holds of these ids, in order of id."""

    def publish(self, kind: Kind, index: str) -> str | None:
        """Make a building index the live one, at once for every reader; return the name of the former."""

    def drop(self, kind: Kind, index: str) -> None:
        """Remove an index that is not live."""
