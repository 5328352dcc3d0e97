"""Drains, rebuilds and comparisons, with rows and an outbox in memory, on each engine."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import pytest
from sqlalchemy import Connection

from search_index.documents import Document, Kind, OfferDocument
from search_index.engine import Engine
from search_index.engines.postgres import PostgresEngine
from search_index.query import Query
from search_index.rebuild import compare, fill, repair
from search_index.sync import Change, drain
from tests.search_index.brute_force import BruteForceEngine
from tests.search_index.samples import offer, uuid

OFFERS = Kind.OFFERS


class Rows:
    """Offers by id, the outbox of their changes, and numbers that grow."""

    def __init__(self) -> None:
        self.offers: dict[UUID, OfferDocument] = {}
        self.changes: list[Change] = []
        self.number = 0

    def save(self, document: OfferDocument) -> None:
        self.offers[document.id] = document
        self.note(document.id)

    def remove(self, one: UUID) -> None:
        del self.offers[one]
        self.note(one)

    def note(self, one: UUID) -> None:
        self.changes.append(Change(self.next_version(), OFFERS, one))

    def next_version(self) -> int:
        self.number += 1
        return self.number

    def take(self, limit: int) -> Sequence[Change]:
        return self.changes[:limit]

    def done(self, changes: Sequence[Change]) -> None:
        self.changes = [change for change in self.changes if change not in changes]

    def ids(self, kind: Kind, after: UUID | None, limit: int) -> Sequence[UUID]:
        return sorted(one for one in self.offers if after is None or one > after)[:limit] if kind is OFFERS else []

    def load(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Document]:
        return [self.offers[one] for one in ids if one in self.offers]

    def waiting(self, kind: Kind) -> frozenset[UUID]:
        return frozenset(change.id for change in self.changes)

    def drain(self, engine: Engine, limit: int = 100) -> None:
        drain(self, {OFFERS: lambda ids: self.load(OFFERS, ids)}, engine, limit)


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture(params=["brute force", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "postgres":
        connection: Connection = request.getfixturevalue("connection")
        yield PostgresEngine(connection)
        return
    made = BruteForceEngine()
    made.prepare()
    yield made


def found(engine: Engine, words: str = "") -> set[UUID]:
    return set(engine.search(OFFERS, Query(words=words)).ids)


def test_a_drain_writes_what_is_there_and_forgets_what_is_not(rows: Rows, engine: Engine) -> None:
    rows.save(offer("a"))
    rows.save(offer("b"))
    rows.drain(engine)
    rows.save(offer("a", "macon"))
    rows.remove(uuid("b"))
    rows.save(offer("c"))
    rows.drain(engine)
    assert found(engine) == {uuid("a"), uuid("c")}
    assert found(engine, "maçon") == {uuid("a")}
    assert rows.changes == []


def test_a_drain_of_nothing_writes_nothing(rows: Rows, engine: Engine) -> None:
    before = rows.number
    assert drain(rows, {}, engine, 10).changes == 0
    assert rows.number == before


def test_the_same_change_noted_many_times_is_treated_once(rows: Rows, engine: Engine) -> None:
    for _ in range(5):
        rows.save(offer("a"))
    done = drain(rows, {OFFERS: lambda ids: rows.load(OFFERS, ids)}, engine, 100)
    assert (done.changes, done.written, done.deleted) == (5, 1, 0)


def test_a_slow_drain_does_not_bring_back_the_past(rows: Rows, engine: Engine) -> None:
    """Two drains at once: the first loads, the second treats a newer change, then the first writes."""
    rows.save(offer("a", "macon"))

    def slow(ids: Sequence[UUID]) -> Sequence[Document]:
        loaded = rows.load(OFFERS, ids)
        rows.changes.clear()  # reserved by the slow one
        rows.save(offer("a", "vendeur"))
        rows.drain(engine)
        return loaded

    done = drain(rows, {OFFERS: slow}, engine, 100)
    assert done.refused == 1
    assert found(engine, "vendeur") == {uuid("a")}
    assert found(engine, "maçon") == set()


def rebuild(rows: Rows, engine: Engine) -> Iterator[None]:
    """Stops after each batch, so that a test changes rows meanwhile."""
    index = engine.create(OFFERS)
    after: UUID | None = None
    while True:
        after, _ = fill(engine, rows, OFFERS, index, after)
        if after is None:
            break
        yield
    former = engine.publish(OFFERS, index)
    assert former is not None
    engine.drop(OFFERS, former)


def test_a_rebuild_misses_nothing_that_changes_meanwhile(
    rows: Rows, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_index.rebuild.BATCH", 2)
    for name in "abcdefgh":
        rows.save(offer(name))
    rows.drain(engine)
    ids = sorted(rows.offers)
    for step, _ in enumerate(rebuild(rows, engine)):
        if step == 1:
            rows.remove(ids[0])  # already copied
            rows.remove(ids[-1])  # not yet copied
            rows.save(offer("new"))
            rows.save(rows.offers[ids[1]].__class__(id=ids[1], title="Brocante", trade="macon"))
            rows.drain(engine)
    assert found(engine) == set(rows.offers)
    assert found(engine, "brocante") == {ids[1]}
    assert len(compare(engine, rows, OFFERS)) == 0


def test_compare_says_each_difference_and_repair_ends_them(
    rows: Rows, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_index.rebuild.BATCH", 3)
    for name in "abcdefg":
        rows.save(offer(name))
    rows.drain(engine)
    rows.save(offer("missing"))
    rows.save(offer("a", "macon"))
    del rows.offers[uuid("b")]
    rows.changes.clear()  # as if the outbox had been lost
    engine.write(OFFERS, [offer("x"), offer("y"), offer("z"), offer("w")])
    drift = compare(engine, rows, OFFERS)
    assert drift.missing == (uuid("missing"),)
    assert drift.stale == (uuid("a"),)
    assert set(drift.extra) == {uuid(name) for name in "bxyzw"}
    assert (len(drift), drift.compared) == (7, 7)
    repair(engine, rows, OFFERS, drift)
    assert len(compare(engine, rows, OFFERS)) == 0
    assert found(engine) == set(rows.offers)


def test_what_waits_for_a_drain_is_no_drift(rows: Rows, engine: Engine) -> None:
    rows.save(offer("a"))
    assert len(compare(engine, rows, OFFERS)) == 0
    rows.changes.clear()
    assert compare(engine, rows, OFFERS).missing == (uuid("a"),)


def test_what_changes_during_the_walk_is_no_drift(rows: Rows, engine: Engine) -> None:
    rows.save(offer("a", "vendeur"))
    rows.drain(engine)
    load = rows.load

    def changing(kind: Kind, ids: Sequence[UUID]) -> Sequence[Document]:
        loaded = load(kind, ids)
        rows.load = load  # type: ignore[method-assign]
        rows.save(offer("a", "macon"))
        rows.drain(engine)
        return loaded

    rows.load = changing  # type: ignore[method-assign]
    held_before = engine.versions(OFFERS)
    assert len(compare(engine, rows, OFFERS)) == 0
    assert engine.versions(OFFERS) != held_before
