"""What each process keeps of people and offers follows every act, whoever did it, at the next look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import scoped_session

from app.candidates import service as candidates
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.matches import service
from app.matches.models import MatchWeights
from app.matches.queries import snapshot
from app.matches.queries.pool import batched
from app.offers import service as offers
from tests.conftest import make_app
from tests.factories.applications import Market, a_market, a_ready_person
from tests.factories.matches import weights_from
from tests.factories.people import somebody


def _people(app: Flask, today: date) -> set[str]:
    with app.app_context():
        return set(snapshot(today).market.candidates.ids)


def _offers(app: Flask, today: date) -> set[str]:
    with app.app_context():
        return set(snapshot(today).market.offers.ids)


def _elsewhere(app: Flask, act: Callable[[], object]) -> None:
    """As another process does: another session, another connection, a real commit."""

    def run() -> None:
        with app.app_context():
            act()
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def _a_market(app: Flask) -> tuple[Market, str, str]:
    with app.app_context():
        market = a_market()
        db.session.commit()
        return market, str(market.person.candidate.id), str(market.offer.id)


def test_what_another_process_commits_is_seen_at_the_next_look(own_app: Flask) -> None:
    market, person, offer = _a_market(own_app)
    with own_app.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    other, today = make_app(address), clock.today()
    assert (_people(own_app, today), _offers(own_app, today)) == ({person}, {offer})
    with other.app_context():
        added = str(a_ready_person().candidate.id)
        db.session.commit()
    assert _people(own_app, today) == {person, added}
    with other.app_context():
        candidates.withdraw_consent(market.person.candidate.id, by=market.person.actor)
    assert _people(own_app, today) == {added}
    with other.app_context():
        offers.close(market.offer.id, by=market.employer.actor)
    assert _offers(own_app, today) == set()
    with other.app_context():
        db.engine.dispose()


def test_an_act_that_began_early_and_commits_late_is_seen_too(own_app: Flask) -> None:
    """Its rows are older than the newest ones already read."""
    _, person, _ = _a_market(own_app)
    today, early = clock.today(), clock.now()
    with own_app.app_context():
        newest = str(a_ready_person().candidate.id)
        db.session.commit()
    assert _people(own_app, today) == {person, newest}
    late: list[str] = []

    def arrive() -> None:
        one = a_ready_person().candidate
        one.updated_at = early - timedelta(minutes=2)
        late.append(str(one.id))

    _elsewhere(own_app, arrive)
    assert _people(own_app, today) == {person, newest, *late}


def test_a_row_dated_in_the_future_hides_nothing(own_app: Flask) -> None:
    _, person, _ = _a_market(own_app)
    today = clock.today()
    tomorrow = update(Candidate).values(updated_at=clock.now() + timedelta(days=1))
    _elsewhere(own_app, lambda: db.session.execute(tomorrow))
    assert _people(own_app, today) == {person}
    added: list[str] = []
    _elsewhere(own_app, lambda: added.append(str(a_ready_person().candidate.id)))
    assert _people(own_app, today) == {person, *added}


def test_nothing_changed_reads_nothing_and_keeps_the_same_market(
    session: scoped_session, today: date, statements: list[str]
) -> None:
    a_market()
    first = snapshot(today)
    statements.clear()
    assert snapshot(today) is first
    assert len(statements) == 2


def test_a_change_keeps_the_others_as_a_whole_reading_would(session: scoped_session, app: Flask, today: date) -> None:
    market = a_market()
    others = [a_ready_person(waiting_since=today - timedelta(days=number)) for number in range(5)]
    snapshot(today)
    with clock.frozen(datetime(2026, 11, 5, 13, tzinfo=clock.PARIS)):
        others[2].candidate.waiting_since = today - timedelta(days=40)
        others[3].candidate.ready_on = others[3].candidate.ready_by = None
        session.flush()
    session.flush()
    changed = snapshot(today).market
    app.extensions.pop("matches")
    whole = snapshot(today).market
    assert changed.candidates.ids == whole.candidates.ids
    assert changed.candidates.ids[0] == str(others[2].candidate.id)
    assert str(others[3].candidate.id) not in changed.candidates.ids
    for name, column in whole.candidates.arrays().items():
        assert (column == changed.candidates.arrays()[name]).all(), name
    assert changed.offers.ids == whole.offers.ids == (str(market.offer.id),)


def test_a_new_day_reads_again_what_a_day_ends(session: scoped_session, today: date) -> None:
    market = a_market(expires_on=today)
    assert snapshot(today).market.offers.ids == (str(market.offer.id),)
    with clock.frozen(today + timedelta(days=1)):
        assert snapshot(clock.today()).market.offers.ids == ()


def test_new_weights_make_a_new_market(session: scoped_session, today: date) -> None:
    a_market()
    assert snapshot(today).weights.french == 5
    agent = somebody(Role.DEPARTMENT)
    service.set_weights(weights_from(today, travel=20, french=10), by=agent.actor, today=today)
    assert session.scalar(select(MatchWeights.french)) == 10
    assert snapshot(today).weights.french == 10


def test_an_empty_portal_has_an_empty_market_that_fills(session: scoped_session, today: date) -> None:
    session.execute(text("TRUNCATE offers, candidates CASCADE"))
    assert len(snapshot(today).market.candidates) == len(snapshot(today).market.offers) == 0
    market = a_market()
    assert snapshot(today).market.candidates.ids == (str(market.person.candidate.id),)
    assert snapshot(today).market.offers.ids == (str(market.offer.id),)


def test_slices_lose_nobody() -> None:
    ids = [uuid4() for _ in range(7)]
    assert [list(part) for part in batched(ids, 3)] == [ids[:3], ids[3:6], ids[6:]]
