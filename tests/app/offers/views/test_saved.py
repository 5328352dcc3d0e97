"""« Me prévenir »: a search is kept from the list, told of once a day, stopped in one touch."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock, postgres
from app.core.db import db
from app.core.roles import Role
from app.messages.models import Message
from app.offers import jobs, service
from app.offers.models import Offer, SavedSearch
from app.offers.queries import saved
from app.offers.queries import search as searching
from app.offers.rules.saved import SAVED_MOST
from app.reference.models import Commune, Trade
from app.search import service as index
from search_index.documents import Kind
from search_index.engine import EngineFailure
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, somebody


def _offer(title: str) -> Offer:
    return OfferFactory(
        published=True, title=title, trade=db.session.get(Trade, "macon"), commune=db.session.get(Commune, "91377")
    )


@pytest.fixture
def person(session: scoped_session) -> Somebody:
    """A candidate who may be reached by SMS."""
    who = somebody(Role.CANDIDATE)
    who.user.phone = "+33639980555"
    session.commit()
    return who


def _told() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "saved_search").order_by(Message.created_at)))


def _keep(who: Somebody, query: str = "mots=macon&page=2") -> SavedSearch:
    return service.save_search(query, "maçon", by=who.actor)


def test_a_person_keeps_a_search_from_the_list(sign_in: Any, person: Somebody, today: date) -> None:
    browser = sign_in(person)
    assert "Me prévenir des nouvelles offres" in browser.get("/offres?mots=macon&lieu=Massy").text

    sent = {"recherche": "mots=macon&lieu=Massy&page=4"}
    page = browser.post("/mes-recherches", data=sent, follow_redirects=True).text
    browser.post("/mes-recherches", data=sent)

    assert "macon, Massy à 15\u00a0km" in page
    kept = db.session.scalars(select(SavedSearch)).one()
    assert (kept.query, kept.user_id) == ("mots=macon&lieu=Massy", person.user.id)


def test_nothing_sought_is_nothing_to_keep(sign_in: Any, person: Somebody) -> None:
    page = sign_in(person).post("/mes-recherches", data={"recherche": "page=2"}, follow_redirects=True).text

    assert "Dites d’abord ce que vous cherchez" in page
    assert db.session.scalar(select(SavedSearch)) is None


def test_an_address_of_a_thousand_fields_is_refused_in_words(sign_in: Any, person: Somebody) -> None:
    page = sign_in(person).post("/mes-recherches", data={"recherche": "x=1&" * 500}, follow_redirects=True)

    assert page.status_code == 200
    assert "Dites d’abord ce que vous cherchez" in page.text


def test_of_two_clicks_at_once_one_keeps_the_search(own_app: Flask) -> None:
    with own_app.app_context():
        who = somebody(Role.CANDIDATE)
        db.session.commit()
        by, user_id = who.actor, who.user.id
    address = postgres.libpq_url(own_app.config["SQLALCHEMY_DATABASE_URI"])
    values = [uuid4(), user_id]

    def click() -> str:
        with own_app.app_context():
            return service.save_search("mots=macon", "maçon", by=by).query

    with ThreadPoolExecutor(1) as pool, psycopg.connect(address) as first:
        first.execute(
            "INSERT INTO saved_searches (id, user_id, name, query, told_until, created_at, updated_at)"
            " VALUES (%s, %s, 'maçon', 'mots=macon', now(), now(), now())",
            values,
        )
        second = pool.submit(click)
        with pytest.raises(TimeoutError):
            second.result(timeout=1)
        first.commit()
        assert second.result(timeout=60) == "mots=macon"


def test_twenty_searches_are_the_most(sign_in: Any, person: Somebody) -> None:
    for number in range(SAVED_MOST):
        _keep(person, f"mots=macon{number}")

    page = sign_in(person).post("/mes-recherches", data={"recherche": "mots=plus"}, follow_redirects=True).text

    assert "Effacez-en une d’abord" in page


def test_somebody_without_an_account_is_led_to_the_sign_in_and_back(client: Any, session: scoped_session) -> None:
    page = client.get("/offres?mots=macon").text

    assert "/connexion?suite=/offres?mots%3Dmacon" in page or "/connexion?suite=%2Foffres%3Fmots%3Dmacon" in page
    assert client.post("/mes-recherches", data={"recherche": "mots=macon"}).status_code == 401


def test_new_offers_are_told_once(person: Somebody, today: date) -> None:
    _offer("Maçonne d’hier")
    with clock.frozen(today + timedelta(days=1)):
        _keep(person)
        index.rebuild(Kind.OFFERS)
        assert jobs.tell_saved_searches(today + timedelta(days=1)) == 0

    with clock.frozen(today + timedelta(days=2)):
        _offer("Maçonne à Massy")
        index.drain_all()
        with clock.frozen(today + timedelta(days=2, hours=1)):
            assert jobs.tell_saved_searches(today + timedelta(days=2)) == 1
            assert jobs.tell_saved_searches(today + timedelta(days=2)) == 0

    (message,) = _told()
    assert "Maçonne à Massy" in message.body
    assert "hier" not in message.body
    assert message.to_address == "+33639980555"
    assert "/offres?mots=macon&tri=date" in message.body


def test_a_stopped_search_is_not_told_and_a_resumed_one_starts_afresh(
    sign_in: Any, person: Somebody, today: date
) -> None:
    kept = _keep(person)
    browser = sign_in(person)
    browser.post(f"/mes-recherches/{kept.id}", data={"acte": "arreter"})
    with clock.frozen(today + timedelta(days=2)):
        _offer("Maçonne à Massy")
        index.rebuild(Kind.OFFERS)
        assert jobs.tell_saved_searches(today) == 0
    with clock.frozen(today + timedelta(days=3)):
        service.resume_search(kept.id, by=person.actor)
        assert jobs.tell_saved_searches(today) == 0
    assert _told() == []

    browser.post(f"/mes-recherches/{kept.id}", data={"acte": "effacer"})
    assert db.session.scalar(select(SavedSearch)) is None


def test_a_dead_index_says_nothing_and_forgets_nothing(
    person: Somebody, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _keep(person)
    before = kept.told_until

    def dead(*_: Any, **__: Any) -> None:
        raise EngineFailure("down")

    with clock.frozen(today + timedelta(days=2)):
        _offer("Maçonne à Massy")
        index.rebuild(Kind.OFFERS)
        with monkeypatch.context() as patch:
            patch.setattr(searching.index, "find", dead)
            assert jobs.tell_saved_searches(today) == 0
        assert kept.told_until == before
    with clock.frozen(today + timedelta(days=3)):
        assert jobs.tell_saved_searches(today) == 1


def test_a_search_that_fails_does_not_hold_the_others(
    person: Somebody, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("macon", "macon+massy", "macon+paris"):
        _keep(person, f"mots={words}")
    find, asked = saved.new_lines, []

    def sometimes(*args: Any) -> Any:
        asked.append(args)
        if len(asked) == 1:
            raise LookupError("nonsense")
        return find(*args)

    with clock.frozen(today + timedelta(days=2)):
        _offer("Maçonne à Massy")
        index.rebuild(Kind.OFFERS)
        monkeypatch.setattr(saved, "new_lines", sometimes)
        with pytest.raises(RuntimeError, match="searches not told: 1"):
            jobs.tell_saved_searches(today)
    assert len(asked) == 3


def test_a_search_forgotten_while_offers_are_read_tells_nothing(person: Somebody, today: date) -> None:
    kept = _keep(person)
    service.forget_search(kept.id, by=person.actor)
    assert service.tell_saved(kept.id, []) is False


def test_a_search_of_somebody_else_is_not_found(sign_in: Any, person: Somebody) -> None:
    kept = _keep(person)
    db.session.commit()
    stranger = somebody(Role.CANDIDATE)

    assert sign_in(stranger).post(f"/mes-recherches/{kept.id}", data={"acte": "effacer"}).status_code == 404
    assert db.session.get(SavedSearch, kept.id) is not None
