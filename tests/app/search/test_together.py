"""Several processes at once, on a database where commits are real."""

import threading
import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.core.db import db
from app.search import service
from app.search.models import SearchOutbox
from app.search.service.upkeep import Outbox
from search_index.documents import Kind
from search_index.query import Query
from tests.app.search.things import Thing


def save(*rows: object) -> None:
    db.session.add_all(rows)
    db.session.commit()


def found(words: str = "") -> set[UUID]:
    return set(service.find(Kind.OFFERS, Query(words=words, size=200)).ids)


def within(seconds: float, true: object) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        db.session.rollback()
        time.sleep(0.02)
    return False


def test_two_drains_share_the_work_without_waiting(real_things: Flask) -> None:
    save(Thing(title="a"), Thing(title="b"))
    taken = Outbox().take(1)
    others: list[int] = []

    def other() -> None:
        with real_things.app_context():
            others.append(service.drain(10).changes)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join(10)
    assert (len(taken), others) == (1, [1])
    db.session.rollback()
    assert service.drain_all().changes == 1
    assert len(found()) == 2


def test_whoever_follows_hears_of_a_change_at_once(real_things: Flask) -> None:
    ended = threading.Event()

    def keep() -> None:
        with real_things.app_context():
            service.drain_forever(ended.is_set)

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        for title in ("grue", "pelle"):
            save(Thing(title=title))
            assert within(10, lambda title=title: found(title))
    finally:
        ended.set()
        save(Thing(title="last word"))
        thread.join(10)
    assert not thread.is_alive()


def test_a_rebuild_under_load_has_no_gap(real_things: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_index.rebuild.BATCH", 40)
    for number in range(300):
        db.session.add(Thing(title=f"grue n{number}"))
    db.session.commit()
    service.rebuild(Kind.OFFERS)
    ended = threading.Event()
    failures: list[BaseException] = []
    saved: list[UUID] = []

    def guarded(act: object) -> threading.Thread:
        def run() -> None:
            with real_things.app_context():
                try:
                    while not ended.is_set():
                        act()  # type: ignore[operator]
                        db.session.remove()
                        time.sleep(0.005)
                except BaseException as failure:  # noqa: BLE001
                    failures.append(failure)

        return threading.Thread(target=run)

    def write() -> None:
        thing = Thing(title="pelle")
        save(thing)
        saved.append(thing.id)
        if len(saved) % 3 == 0:
            db.session.delete(db.session.get(Thing, saved.pop(0)))
            db.session.commit()

    def read() -> None:
        assert service.find(Kind.OFFERS, Query(words="grue")).total == 300

    threads = [guarded(write), guarded(read), guarded(service.drain)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        service.rebuild(Kind.OFFERS)
    ended.set()
    for thread in threads:
        thread.join(20)
    assert failures == []
    service.drain_all()
    assert len(service.compare(Kind.OFFERS).drift) == 0
    db.session.rollback()
    assert service.find(Kind.OFFERS, Query(words="pelle")).total == len(saved) > 0
    assert db.session.scalars(select(SearchOutbox.id)).all() == []


def test_a_drain_killed_in_the_middle_loses_nothing(real_things: Flask) -> None:
    thing = Thing(title="grue")
    save(thing)
    one = thing.id
    outbox = Outbox()
    outbox.done(outbox.take(10))
    process = db.session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
    with pytest.raises(OperationalError):
        db.session.execute(text("SELECT 1"))
    db.session.remove()
    assert service.drain_all().written == 1
    assert found("grue") == {one}
