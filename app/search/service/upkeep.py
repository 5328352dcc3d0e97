"""Keeping the index true: drain what changed, build it anew, compare it with the rows. Each step is a transaction."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import db
from app.core.transaction import transaction
from app.search.queries import Outbox, Rows, next_version
from app.search.service import registry
from search_index import rebuild as building
from search_index import sync
from search_index.documents import Document, Kind
from search_index.engines.postgres import PostgresEngine
from search_index.rebuild import Drift
from search_index.sync import Drained, Loader

BATCH = 500
_LOCK = 7_310_205  # advisory: a drain shares it; who changes which index is live has it alone


class RebuildFailed(Exception):
    """The new index does not hold what it should: the old one stays."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The figures of a rebuild."""

    kind: Kind
    index: str
    documents: int
    seconds: float

    def __str__(self) -> str:
        return f"search.{self.kind} rebuilt {self.index} documents {self.documents} seconds {self.seconds:.1f}"


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of a comparison: what differs, and whether it was mended."""

    kind: Kind
    drift: Drift
    repaired: bool

    def __str__(self) -> str:
        one = self.drift
        parts = f"missing {len(one.missing)} stale {len(one.stale)} extra {len(one.extra)}"
        end = " repaired" if self.repaired else ""
        return f"search.{self.kind} compared {one.compared} drift {len(one)} {parts}{end}"


def _engine() -> PostgresEngine:
    return PostgresEngine(db.session.connection())


def _fresh(loader: Loader) -> Loader:
    """A session may still hold rows as it read them long ago; documents are made of what the rows say now."""

    def load(ids: Sequence[UUID]) -> Sequence[Document]:
        db.session.flush()
        db.session.expire_all()
        return loader(ids)

    return load


def _loaders() -> dict[Kind, Loader]:
    return {kind: _fresh(loader) for kind, loader in registry.loaders.items()}


def _rows() -> Rows:
    return Rows(registry.roots, _loaders())


def _share_indexes() -> None:
    db.session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK)))


def _change_indexes() -> None:
    """Waits for the drains under way, so that none writes to indexes it knew before."""
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


@transaction
def prepare() -> None:
    """Make the engine's tables where there are none; quick when there are."""
    _change_indexes()
    _engine().prepare()


@transaction
def drain(limit: int = BATCH) -> Drained:
    """Treat at most ``limit`` changes; several processes may do it at once. No change: nothing waits."""
    _share_indexes()
    return sync.drain(Outbox(), _loaders(), _engine(), limit)


def drain_all(limit: int = BATCH) -> Drained:
    """Until nothing waits that is not treated elsewhere."""
    total = Drained()
    while (done := drain(limit)).changes:
        total += done
    return total


@transaction
def _begin(kind: Kind) -> tuple[str, int]:
    _change_indexes()
    return _engine().create(kind), next_version()


@transaction
def _fill(kind: Kind, index: str, after: UUID | None) -> tuple[UUID | None, int]:
    _share_indexes()
    return building.fill(_engine(), _rows(), kind, index, after)


@transaction
def _publish(kind: Kind, index: str, loaded: int, began: int) -> int:
    """Check the count, allowing for as many differences as there were changes meanwhile, then swap."""
    _change_indexes()
    count = _engine().count(kind, index=index)
    if abs(count - loaded) > next_version() - began:
        raise RebuildFailed(f"{index} holds {count} documents where {loaded} were loaded")
    former = _engine().publish(kind, index)
    if former:
        _engine().drop(kind, former)
    return count


@transaction
def _abandon(kind: Kind, index: str) -> None:
    _change_indexes()
    _engine().drop(kind, index)


def rebuild(kind: Kind) -> Rebuilt:
    """A new index beside the old, which answers until the swap. Writes go on meanwhile, to both."""
    started = time.monotonic()
    prepare()
    index, began = _begin(kind)
    try:
        loaded = 0
        after, count = _fill(kind, index, None)
        while after is not None:
            loaded += count
            after, count = _fill(kind, index, after)
        drain_all()
        held = _publish(kind, index, loaded, began)
    except BaseException:
        _abandon(kind, index)
        raise
    return Rebuilt(kind, index, held, time.monotonic() - started)


def _kinds(names: Sequence[str]) -> list[Kind]:
    return [Kind(name) for name in names] or list(registry.loaders)


def rebuild_all(names: Sequence[str] = ()) -> list[Rebuilt]:
    """These kinds, or all."""
    return [rebuild(kind) for kind in _kinds(names)]


@transaction
def _wanting() -> list[Kind]:
    """The kinds whose index is of another code, or empty though there are rows."""
    _change_indexes()
    engine = _engine()
    engine.prepare()
    outdated = engine.outdated()
    rows = _rows()
    return [
        kind for kind in registry.loaders if kind in outdated or (engine.count(kind) == 0 and rows.ids(kind, None, 1))
    ]


def rebuild_missing() -> list[Rebuilt]:
    """At start-up: only what is needed, then what changed while nobody drained."""
    rebuilt = [rebuild(kind) for kind in _wanting()]
    drain_all()
    return rebuilt


@transaction
def compare(kind: Kind, *, repair: bool = False) -> Compared:
    """Every document against the index. Drift is a defect of somebody: it is counted before it is mended."""
    _share_indexes()
    engine, rows = _engine(), _rows()
    drift = building.compare(engine, rows, kind)
    mended = repair and len(drift) > 0
    if mended:
        building.repair(engine, rows, kind, drift)
    return Compared(kind, drift, mended)


def compare_all(*, repair: bool = False) -> list[Compared]:
    """Every kind."""
    return [compare(kind, repair=repair) for kind in registry.loaders]
