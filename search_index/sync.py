"""Keeping an index in step: what changed is loaded afresh and written at a version that only grows.

Why a version is taken from a sequence, and when. The order in which rows of an outbox are numbered is not the order in
which their transactions commit, so that number cannot say which state is newer. Instead each drain takes its own
number *after* it has seen the rows that ask for the work and *before* it loads the documents. Whatever is written with
a higher number was then loaded later; and a change is always seen by the drain that takes its outbox row. So once
every row is drained, what the highest number wrote holds every change, in whatever order the writes arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from search_index.documents import Document, Kind
from search_index.engine import Engine

Loader = Callable[[Sequence[UUID]], Sequence[Document]]  # ids to documents; an id that gives none is to be forgotten


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the outbox: this document may have changed, appeared or gone."""

    number: int
    kind: Kind
    id: UUID


class Outbox(Protocol):
    """Where changes wait; in the database of the rows themselves."""

    def take(self, limit: int) -> Sequence[Change]:
        """Changes that nobody else is treating, reserved for us until our transaction ends."""

    def next_version(self) -> int:
        """A number higher than all those taken before."""

    def done(self, changes: Sequence[Change]) -> None:
        """They need no more work."""


@dataclass(frozen=True, slots=True)
class Drained:
    """The figures of one drain."""

    changes: int = 0
    written: int = 0
    refused: int = 0
    deleted: int = 0

    def __add__(self, other: Drained) -> Drained:
        return Drained(
            self.changes + other.changes,
            self.written + other.written,
            self.refused + other.refused,
            self.deleted + other.deleted,
        )

    def __str__(self) -> str:
        return f"changes {self.changes} written {self.written} refused {self.refused} deleted {self.deleted}"


def drain(outbox: Outbox, loaders: dict[Kind, Loader], engine: Engine, limit: int) -> Drained:
    """Treat at most `limit` changes, in the caller's transaction. No changes taken: there is nothing to do."""
    changes = outbox.take(limit)
    if not changes:
        return Drained()
    version = outbox.next_version()
    total = Drained(changes=len(changes))
    for kind in Kind:
        ids = list(dict.fromkeys(change.id for change in changes if change.kind is kind))
        if ids:
            total += bring(engine, kind, ids, loaders[kind], version)
    outbox.done(changes)
    return total


def bring(engine: Engine, kind: Kind, ids: Sequence[UUID], loader: Loader, version: int) -> Drained:
    """Make the index hold of these ids what the loader says now."""
    documents = [replace(document, version=version) for document in loader(ids)]
    missing = _without(ids, documents)
    written = engine.write(kind, documents)
    deleted = engine.delete(kind, missing, version=version)
    return Drained(0, written.taken, written.refused, deleted)


def _without(ids: Iterable[UUID], documents: Sequence[Document]) -> list[UUID]:
    found = {document.id for document in documents}
    return [one for one in ids if one not in found]
