"""The pages that give a follow-up away and that stop it."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import FollowUp
from app.follow_up.rules.states import FollowUpState
from app.messages.models import Message
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up()
    session.commit()
    return made


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def given_to(who: Somebody) -> str:
    assert who.organisation is not None
    return f"{who.user.id}:{who.organisation.id}"


def test_it_is_given_to_a_colleague_with_a_reason(
    session: scoped_session, followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    colleague, page = a_colleague(followed), f"/suivis/{followed.follow_up.id}/referent"
    session.commit()
    client = sign_in(followed.referent)
    statements.clear()
    shown = text(client.get(page))
    assert len(statements) <= 12
    assert colleague.user.full_name in shown
    data = {"to": given_to(colleague), "version": str(followed.follow_up.version)}
    assert "Dites pourquoi le suivi change de mains." in text(client.post(page, data=data))
    answer = client.post(page, data={**data, "reason": "Départ"})
    assert answer.headers["Location"].endswith(f"/suivis/{followed.follow_up.id}")
    session.expire_all()
    assert session.get_one(FollowUp, followed.follow_up.id).referent_id == colleague.user.id
    assert "Départ" in text(sign_in(colleague).get(page))


def test_given_to_another_organisation_it_leaves_the_giver_on_the_list(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    elsewhere = somebody(Role.REFERENT)
    assert followed.person.candidate is not None
    followed.person.candidate.referent_id = followed.person.candidate.referent_organisation_id = None
    session.commit()
    data = {"to": given_to(elsewhere), "reason": "Déménagement", "version": str(followed.follow_up.version)}
    answer = sign_in(followed.referent).post(f"/suivis/{followed.follow_up.id}/referent", data=data)
    assert answer.headers["Location"].endswith("/suivis")
    assert text(sign_in(elsewhere).get(f"/suivis/{followed.follow_up.id}")).count("66e jour") == 1


def test_an_employer_is_not_offered_and_cannot_be_sent(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    data = {"to": given_to(followed.employer), "reason": "Erreur", "version": str(followed.follow_up.version)}
    answer = sign_in(followed.referent).post(f"/suivis/{followed.follow_up.id}/referent", data=data)
    assert "Choisissez une réponse de la liste." in text(answer)


def test_stopping_says_first_what_stops_and_asks_a_tick(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client, page = sign_in(followed.referent), f"/suivis/{followed.follow_up.id}/arreter"
    assert "Personne n’est prévenu." in text(client.get(page))
    data = {"reason": "death", "version": str(followed.follow_up.version)}
    assert "Cochez la case pour continuer." in text(client.post(page, data=data))
    for _ in range(2):
        answer = client.post(page, data={**data, "sure": "y"})
        assert answer.headers["Location"].endswith("/suivis")
    session.expire_all()
    assert session.get_one(FollowUp, followed.follow_up.id).state is FollowUpState.STOPPED
    assert session.scalars(select(Message)).all() == []


def test_who_only_reads_neither_gives_nor_stops(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    for who in (a_colleague(followed), somebody(Role.FACILITATOR)):
        session.commit()
        client = sign_in(who)
        for page in ("referent", "arreter"):
            assert client.get(f"/suivis/{followed.follow_up.id}/{page}").status_code == 404
            assert client.post(f"/suivis/{followed.follow_up.id}/{page}", data={}).status_code == 404
