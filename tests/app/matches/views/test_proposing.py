"""Proposing an offer: read again, then sent, and each outcome is said. Nothing goes out by mistake or twice."""

import html
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.applications import service as applications
from app.applications.models import Application
from app.applications.rules import ApplicationState
from app.candidates import service as candidates
from app.core.db import db
from app.core.roles import Role
from app.messages.models import Message
from app.offers import service as offers
from tests.factories.applications import a_market, a_ready_person, proposed, sent
from tests.factories.matches import address, named, page_of, rows_of
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def _said(answer: Any) -> str:
    return html.unescape(answer.text).replace("\u00a0", " ")


def _propose(client: FlaskClient, market: Any, *people: Any, **more: str) -> str:
    ids = [str(one.candidate.id) for one in people]
    answer = client.post(address(market, "/proposer"), data={"personne": ids, **more}, follow_redirects=True)
    assert answer.status_code == 200
    return _said(answer)


def _all() -> list[Application]:
    return list(db.session.scalars(select(Application)))


def test_a_page_shows_what_each_will_read_and_changes_nothing(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(posts=2)
    named(market.person, "Aïcha", "Ndiaye")
    named(a_ready_person(), "Non", "Cochée")
    key = str(market.person.candidate.id)
    sign_in(market.facilitator)
    page = _said(client.post(address(market, "/relire"), data={"personne": [key, key, "n’importe quoi", ""]}))
    assert "1 personne va recevoir cette offre" in page
    assert page.count(f'name="personne" value="{key}"') == 1
    assert "C’est un métier que vous cherchez : agent d’entretien." in page
    assert "Non Cochée" not in page
    assert _all() == []


def test_those_reviewed_are_proposed_with_the_words_and_reasons_of_the_moment(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(posts=2)
    named(market.person, "Aïcha", "Ndiaye")
    named(other := a_ready_person(), "Luc", "Ferreira")
    sign_in(market.facilitator)
    page = _propose(client, market, market.person, other, note="Bonjour")
    assert "L’offre est proposée à Aïcha Ndiaye, Luc Ferreira." in page
    assert rows_of(page) == []
    assert len(rows_of(page, "Personnes déjà proposées ou candidates")) == 2
    for application in _all():
        assert application.state is ApplicationState.PROPOSED
        assert application.proposal_note == "Bonjour"
        assert application.proposed_by == market.facilitator.user.id
        assert 0 < (application.score or 0) <= 100
        assert 1 <= len(application.reasons["person"]) <= 3
        assert application.answer_due_on == today + timedelta(days=7)
    assert {row.kind for row in session.scalars(select(Message))} == {"application_proposed"}


def test_a_second_sending_proposes_nobody_again(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market()
    sign_in(market.facilitator)
    _propose(client, market, market.person)
    page = _propose(client, market, market.person)
    assert f"{market.person.candidate.full_name} : une candidature est déjà en cours" in page
    assert "L’offre est proposée" not in page
    assert len(_all()) == 1
    assert len(session.scalars(select(Message)).all()) == 1


def test_two_sendings_at_the_same_moment_propose_once(own_app: Flask) -> None:
    with own_app.app_context():
        market = a_market()
        db.session.commit()
        data = {"personne": str(market.person.candidate.id)}
        place, facilitator = address(market, "/proposer"), market.facilitator
        token = accounts.enter(facilitator.user.id, facilitator.membership.id)

    def press(_: int) -> str:
        client = own_app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return _said(client.post(place, data=data, follow_redirects=True))

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(press, range(2)))
    assert sorted("déjà en cours" in page for page in pages) == [False, True]
    with own_app.app_context():
        assert len(_all()) == 1


def test_nobody_ticked_says_so(client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date) -> None:
    market = a_market()
    sign_in(market.facilitator)
    for data in ({}, {"personne": ["", "1", "<script>"]}):
        for tail in ("/relire", "/proposer"):
            answer = client.post(address(market, tail), data=data, follow_redirects=True)
            assert tail == "/proposer" or "Cochez au moins une personne" in _said(answer)
    assert _all() == []


def test_somebody_elses_person_is_not_proposed_nor_named(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market()
    stranger = a_ready_person(commune_insee="91223")
    named(stranger, "Suivie", "Ailleurs")
    sign_in(market.facilitator)
    data = {"personne": [str(stranger.candidate.id), str(uuid4()), str(market.person.candidate.id)]}
    review = _said(client.post(address(market, "/relire"), data=data))
    assert "Une personne n’est plus dans votre liste" in review
    assert "Ailleurs" not in review
    page = _said(client.post(address(market, "/proposer"), data=data, follow_redirects=True))
    assert "Ailleurs" not in page
    assert [row.candidate_id for row in _all()] == [market.person.candidate.id]


def test_a_person_no_longer_ready_since_the_list_was_read_is_said_and_not_proposed(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(posts=2)
    named(market.person, "Retire", "Accord")
    named(other := a_ready_person(), "Reste", "Prête")
    sign_in(market.facilitator)
    assert len(rows_of(page_of(client, market))) == 2
    session.commit()
    candidates.withdraw_consent(market.person.candidate.id, by=market.person.actor)
    ids = [str(one.candidate.id) for one in (market.person, other)]
    review = _said(client.post(address(market, "/relire"), data={"personne": ids}))
    assert "Une personne cochée ne sera pas proposée" in review
    assert "Retire Accord : le dossier n’est plus prêt" in review
    assert "1 personne va recevoir" in review
    page = _propose(client, market, market.person, other)
    assert "L’offre est proposée à Reste Prête." in page
    assert "Retire Accord : le dossier n’est plus prêt" in page
    assert len(_all()) == 1


def test_a_person_whom_the_offer_no_longer_suits_is_never_proposed(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market()
    named(market.person, "Plus", "Libre", available_from=market.offer.start_on + timedelta(days=1))
    sign_in(market.facilitator)
    page = _propose(client, market, market.person)
    assert "Plus Libre : l’offre ne lui convient plus (Disponible le 17 novembre 2026" in page
    assert _all() == []


def test_whoever_said_no_is_not_asked_again(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market(posts=3)
    named(market.person, "Dit", "Non")
    applications.decline(proposed(market, today).id, by=market.person.actor, today=today)
    named(refused := a_ready_person(), "Reçoit", "Non")
    application = sent(market, today, refused)
    application.state, application.refusal_reason = ApplicationState.REFUSED, "other"
    session.flush()
    sign_in(market.facilitator)
    page = _propose(client, market, market.person, refused)
    assert "Dit Non : déjà dit non à cette offre" in page
    assert "Reçoit Non : l’employeur a déjà répondu non" in page
    assert len(_all()) == 2


def test_an_offer_closed_since_the_review_says_so(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market()
    session.commit()
    offers.close(market.offer.id, by=market.employer.actor)
    sign_in(market.facilitator)
    assert "Cette offre n’est plus ouverte. Rien n’est parti." in _propose(client, market, market.person)
    review = client.post(
        address(market, "/relire"), data={"personne": str(market.person.candidate.id)}, follow_redirects=True
    )
    assert "Offre fermée" in _said(review)
    assert _all() == []


def test_words_too_long_come_back_with_the_page(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date
) -> None:
    market = a_market()
    sign_in(market.facilitator)
    words = "Bonjour " * 1500
    page = _propose(client, market, market.person, note=words)
    assert "600" in page
    assert words.strip() in page
    assert str(market.person.candidate.id) in page
    assert _all() == []


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.CANDIDATE, Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_only_those_who_accompany_propose(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date, role: Role
) -> None:
    market = a_market()
    sign_in(somebody(role))
    data = {"personne": str(market.person.candidate.id)}
    assert client.post(address(market, "/relire"), data=data).status_code == 403
    assert client.post(address(market, "/proposer"), data=data).status_code == 403
