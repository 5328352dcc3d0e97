"""A whole new index, built while the old one answers; and the comparison of an index with its source.

While a rebuild lasts, drains write to both indexes, so nothing that changes meanwhile is missed: a document loaded
early and changed since is refused at its older version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from search_index.documents import Document, Kind
from search_index.engine import Engine, Held
from search_index.entry import digest_of
from search_index.sync import bring

BATCH = 500


class Source(Protocol):
    """The rows that an index is made from."""

    def ids(self, kind: Kind, after: UUID | None, limit: int) -> Sequence[UUID]:
        """Ids in order, from just after one; of every row, whether it gives a document or not."""

    def load(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Document]:
        """Their documents, as the rows are now."""

    def waiting(self, kind: Kind) -> frozenset[UUID]:
        """What changed and was not yet drained."""

    def next_version(self) -> int:
        """A number higher than all those taken before; taken before loading."""


def fill(engine: Engine, source: Source, kind: Kind, index: str, after: UUID | None) -> tuple[UUID | None, int]:
    """Bring one batch into the index; return where to go on from (None at the end) and how many documents it had."""
    version = source.next_version()
    ids = source.ids(kind, after, BATCH)
    if not ids:
        return None, 0
    documents = [replace(document, version=version) for document in source.load(kind, ids)]
    engine.write(kind, documents, index=index)
    return ids[-1], len(documents)


@dataclass(frozen=True, slots=True)
class Drift:
    """Where an index and its source disagree."""

    missing: tuple[UUID, ...] = ()  # the source has a document that the index does not hold
    stale: tuple[UUID, ...] = ()  # held with other content
    extra: tuple[UUID, ...] = ()  # held, but the source has none
    compared: int = 0

    @property
    def ids(self) -> tuple[UUID, ...]:
        return (*self.missing, *self.stale, *self.extra)

    def __len__(self) -> int:
        return len(self.missing) + len(self.stale) + len(self.extra)

    def __add__(self, other: Drift) -> Drift:
        return Drift(
            self.missing + other.missing,
            self.stale + other.stale,
            self.extra + other.extra,
            self.compared + other.compared,
        )


def compare(engine: Engine, source: Source, kind: Kind) -> Drift:
    """Walk both in the order of ids, one batch at a time, then look again at what seemed to differ.

    A document that changed between our two readings is no drift: the second look finds it in step, or `source`
    says that it waits for a drain.
    """
    drift = Drift()
    after: UUID | None = None
    while ids := source.ids(kind, after, BATCH):
        held = _held_between(engine, kind, after, ids[-1])
        drift += _difference(source.load(kind, ids), held)
        after = ids[-1]
    while held_beyond := engine.versions(kind, after=after, limit=BATCH):
        drift += Drift(extra=tuple(one.id for one in held_beyond))
        after = held_beyond[-1].id
    again = Drift(compared=drift.compared)
    waiting = source.waiting(kind) if len(drift) else frozenset()
    suspects = [one for one in drift.ids if one not in waiting]
    for start in range(0, len(suspects), BATCH):
        batch = suspects[start : start + BATCH]
        seen = _difference(source.load(kind, batch), engine.held(kind, batch))
        again += replace(seen, compared=0)
    return again


def _held_between(engine: Engine, kind: Kind, after: UUID | None, last: UUID) -> list[Held]:
    held: list[Held] = []
    while batch := engine.versions(kind, after=after, limit=BATCH):
        held += [one for one in batch if one.id <= last]
        after = batch[-1].id
        if after >= last:
            break
    return held


def _difference(documents: Sequence[Document], held: Sequence[Held]) -> Drift:
    ours = {document.id: digest_of(document) for document in documents}
    theirs = {one.id: one.digest for one in held}
    return Drift(
        missing=tuple(sorted(ours.keys() - theirs.keys())),
        stale=tuple(sorted(one for one in ours.keys() & theirs.keys() if ours[one] != theirs[one])),
        extra=tuple(sorted(theirs.keys() - ours.keys())),
        compared=len(ours),
    )


def repair(engine: Engine, source: Source, kind: Kind, drift: Drift) -> None:
    """Write what is missing or stale, forget what is extra, as the rows are now."""
    for start in range(0, len(drift), BATCH):
        version = source.next_version()
        ids = drift.ids[start : start + BATCH]
        bring(engine, kind, ids, lambda ids: source.load(kind, ids), version)
