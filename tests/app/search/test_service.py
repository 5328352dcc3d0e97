"""What changes is noted, drained and found; what cannot be is said."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import current_app
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import scoped_session

from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.search import service
from app.search.models import SearchOutbox
from app.search.queries import MOST_ATTEMPTS
from app.search.service import registry
from app.search.service.watch import follow
from search_index.documents import Kind
from search_index.gazetteer import Gazetteer
from search_index.lexicon import Lexicon, TradeWords
from search_index.query import Query
from tests.app.search.things import Label, Thing
from tests.conftest import Statements


def save(session: scoped_session, *rows: object) -> None:
    session.add_all(rows)
    session.commit()


def waiting(session: scoped_session) -> list[UUID]:
    return list(session.scalars(select(SearchOutbox.object_id).order_by(SearchOutbox.id)))


def found(words: str = "") -> set[UUID]:
    return set(service.find(Kind.OFFERS, Query(words=words)).ids)


def test_a_new_row_is_noted_drained_and_found(things: scoped_session) -> None:
    thing = Thing(title="Brocante")
    save(things, thing)
    assert waiting(things) == [thing.id]
    assert found("brocante") == set()
    done = service.drain_all()
    assert (done.changes, done.written) == (1, 1)
    assert waiting(things) == []
    assert found("brocante") == {thing.id}


def test_a_changed_row_is_noted_and_an_unchanged_one_is_not(things: scoped_session) -> None:
    thing, other = Thing(title="Brocante"), Thing(title="Brocante")
    save(things, thing, other)
    service.drain_all()
    thing.title = "Menuiserie"
    other.title = "Brocante"
    things.commit()
    assert waiting(things) == [thing.id]
    service.drain_all()
    assert found("menuiserie") == {thing.id}
    assert found("brocante") == {other.id}


def test_a_deleted_or_hidden_row_leaves_the_index(things: scoped_session) -> None:
    gone, hidden, kept = Thing(title="a"), Thing(title="b"), Thing(title="c")
    save(things, gone, hidden, kept)
    service.drain_all()
    things.delete(gone)
    hidden.shown = False
    things.commit()
    assert service.drain_all().deleted == 2
    assert found() == {kept.id}


def test_a_change_of_another_table_changes_the_document(things: scoped_session) -> None:
    thing = Thing(title="Atelier", labels=[Label(word="tournesol")])
    save(things, thing)
    service.drain_all()
    assert found("tournesol") == {thing.id}
    thing.labels[0].word = "coquelicot"
    things.commit()
    service.drain_all()
    assert (found("tournesol"), found("coquelicot")) == (set(), {thing.id})
    thing.labels.clear()
    things.commit()
    service.drain_all()
    assert found("coquelicot") == set()


def test_a_row_that_many_documents_read_changes_them_all(things: scoped_session) -> None:
    service.register(Kind.OFFERS, Thing, ids_of=service.rows_with(Label.thing_id, gives=Label.thing_id))
    labelled = Thing(title="a", labels=[Label(word="x"), Label(word="y")])
    bare = Thing(title="b")
    save(things, labelled, bare)
    things.execute(delete(SearchOutbox))
    labelled.title, bare.title = "c", "d"
    things.commit()
    assert waiting(things) == [labelled.id]


def test_statements_on_many_rows_are_noted(things: scoped_session) -> None:
    a, b, c = Thing(title="a"), Thing(title="b"), Thing(title="c")
    save(things, a, b, c)
    service.drain_all()
    things.execute(update(Thing).where(Thing.title != "c").values(title="grue"))
    assert set(waiting(things)) == {a.id, b.id}
    service.drain_all()
    assert found("grue") == {a.id, b.id}
    things.execute(delete(Thing).where(Thing.id == a.id))
    service.drain_all()
    assert found("grue") == {b.id}
    things.execute(update(Thing), [{"id": c.id, "title": "grue"}])
    service.drain_all()
    assert found("grue") == {b.id, c.id}


def test_what_is_undone_is_not_noted(things: scoped_session) -> None:
    @transaction
    def act() -> None:
        things.add(Thing(title="a"))
        things.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert waiting(things) == []


def test_rows_changed_around_the_session_are_noted_by_hand(things: scoped_session) -> None:
    one = uuid4()
    things.execute(text("INSERT INTO test_things VALUES (:id, 'grue', true, false)"), {"id": one})
    assert waiting(things) == []
    service.note(Kind.OFFERS, [one, one])
    service.note(Kind.OFFERS, [])
    assert waiting(things) == [one]
    service.drain_all()
    assert found("grue") == {one}


def test_noting_costs_one_statement_however_many_rows(things: scoped_session, statements: Statements) -> None:
    things.add_all([Thing(title=str(number)) for number in range(30)])
    things.commit()
    assert len([line for line in statements if "search_outbox" in line]) == 1


def test_a_search_is_one_statement_and_two_for_a_word_of_no_trade(
    things: scoped_session, statements: Statements
) -> None:
    save(things, Thing(title="Brocante"))
    service.drain_all()
    asked = Query(facets=("trade", "schedule"), trades=frozenset({"thing"}))
    service.find(Kind.OFFERS, asked)  # this process learns what the counted values mean
    statements.clear()
    assert service.find(Kind.OFFERS, asked).total == 1
    assert len(statements) == 1
    statements.clear()
    assert service.find(Kind.OFFERS, replace(asked, words="brocante")).total == 1
    assert len(statements) == 2


def test_an_engine_that_fails_says_so_and_the_page_goes_on(things: scoped_session) -> None:
    thing = Thing(title="a")
    save(things, thing)
    things.execute(text("DROP VIEW search_index_offers"))
    with pytest.raises(service.SearchUnavailable):
        found()
    assert things.scalar(select(func.count()).select_from(Thing)) == 1


def test_a_failing_engine_never_stops_a_write(things: scoped_session) -> None:
    things.execute(text("DROP VIEW search_index_offers"))
    things.execute(text("DROP TABLE search_index_alias"))
    thing = Thing(title="a")
    save(things, thing)
    assert waiting(things) == [thing.id]


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.CANDIDATE])
def test_people_are_closed_to_those_who_do_not_accompany_them(things: scoped_session, role: Role) -> None:
    with pytest.raises(PermissionError):
        service.find(Kind.CANDIDATES, Query(), by=Actor(role=role, name="x"))
    with pytest.raises(PermissionError):
        service.find(Kind.CANDIDATES, Query())
    assert service.find(Kind.CANDIDATES, Query(), by=Actor(role=Role.FACILITATOR, name="x")).total == 0


def test_a_rebuild_takes_the_rows_as_they_are(things: scoped_session) -> None:
    a, hidden = Thing(title="grue"), Thing(title="grue", shown=False)
    save(things, a, hidden)
    report = service.rebuild(Kind.OFFERS)
    assert report.documents == 1
    assert "documents 1" in str(report)
    assert found("grue") == {a.id}
    left = things.scalars(text("SELECT tablename FROM pg_tables WHERE tablename LIKE 'search\\_index\\_offers\\_v%'"))
    assert set(left) == {report.index, f"{report.index}_words", f"{report.index}_codes"}


def test_a_rebuild_that_fails_leaves_the_old_index(things: scoped_session) -> None:
    thing = Thing(title="grue")
    save(things, thing)
    service.drain_all()
    save(things, Thing(title="pelle", broken=True))
    with pytest.raises(RuntimeError):
        service.rebuild(Kind.OFFERS)
    assert found("grue") == {thing.id}
    assert things.scalar(text("SELECT building FROM search_index_alias WHERE kind = 'offers'")) is None


def test_only_what_is_missing_is_rebuilt(things: scoped_session) -> None:
    assert service.rebuild_missing() == []
    thing = Thing(title="grue")
    save(things, thing)
    things.execute(delete(SearchOutbox))
    assert [report.documents for report in service.rebuild_missing()] == [1]
    assert service.rebuild_missing() == []
    things.execute(text("UPDATE search_index_alias SET shape = 'of an older code' WHERE kind = 'offers'"))
    assert [report.kind for report in service.rebuild_missing()] == [Kind.OFFERS]


def test_compare_counts_drift_and_mends_it(things: scoped_session) -> None:
    a, b, c = Thing(title="a"), Thing(title="b"), Thing(title="c")
    save(things, a, b, c)
    changed, gone = a.id, b.id
    service.drain_all()
    things.execute(text("UPDATE test_things SET title = 'grue' WHERE title = 'a'"))
    things.execute(text("DELETE FROM test_things WHERE title = 'b'"))
    compared = service.compare(Kind.OFFERS)
    assert (compared.drift.stale, compared.drift.extra, compared.drift.missing) == ((changed,), (gone,), ())
    assert str(compared) == "search.offers compared 2 drift 2 missing 0 stale 1 extra 1"
    assert [str(one) for one in service.compare_all(repair=True)] == [f"{compared} repaired"]
    assert len(service.compare(Kind.OFFERS).drift) == 0
    assert found("grue") == {changed}


def test_a_document_that_cannot_be_made_does_not_hold_the_others(things: scoped_session) -> None:
    good = [Thing(title="grue") for _ in range(3)]
    broken = Thing(title="x", broken=True)
    save(things, good[0])
    save(things, broken)
    save(things, *good[1:])
    good_ids, broken_id = {thing.id for thing in good}, broken.id
    follow(500)
    assert found("grue") == good_ids
    assert waiting(things) == [broken_id]
    assert things.scalar(select(SearchOutbox.attempts)) == MOST_ATTEMPTS
    assert (service.lag().waiting, service.lag().given_up) == (1, 1)


def test_lag_is_nothing_when_nothing_waits(things: scoped_session) -> None:
    assert service.lag() == service.Lag(0, 0, 0.0)
    save(things, Thing(title="a"))
    assert service.lag().waiting == 1


def test_the_words_of_the_trades_are_read_again_when_they_change(
    things: scoped_session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "LOOK_AGAIN", timedelta(0))
    monkeypatch.setattr(registry, "_stamp", None)
    monkeypatch.setitem(current_app.extensions, "search_words", registry._Words())
    trades = [TradeWords(slug="thing", phrases=("bidule",))]
    stamps = [1]
    service.register_vocabulary(lambda: (Lexicon(list(trades)), Gazetteer()), lambda: stamps[0])
    thing = Thing(title="Atelier")
    save(things, thing)
    service.drain_all()
    assert found("bidule") == {thing.id}
    assert found("machin") == set()
    trades.append(TradeWords(slug="thing", phrases=("machin",)))
    assert found("machin") == set()
    stamps[0] = 2
    assert found("machin") == {thing.id}
