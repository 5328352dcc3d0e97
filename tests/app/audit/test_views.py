"""« Journal », for the département and the administrators."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.audit import service
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_the_journal_says_who_did_what(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, role: Role
) -> None:
    referent, candidate = somebody(Role.REFERENT), somebody(Role.CANDIDATE)
    assert candidate.candidate is not None
    service.opened(referent.actor, candidate.candidate.id)
    service.note(referent.actor, "application.agree", "application", uuid4(), on_behalf_of=candidate.candidate.id)
    session.commit()
    page = _text(sign_in(somebody(role)).get("/journal"))
    for words in (referent.user.full_name, referent.actor.organisation_name, "Fiche consultée", "Pour le compte"):
        assert words in page
    assert candidate.candidate.last_name not in page
    linked = f'href="/candidats/{candidate.candidate.id}"' in page
    assert linked is (role is Role.DEPARTMENT)  # administrators open no file


def test_the_others_do_not_read_it(client: FlaskClient, sign_in: SignIn) -> None:
    for role in (Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT, Role.CANDIDATE):
        assert sign_in(somebody(role)).get("/journal").status_code == 403


def test_one_object_s_history_is_a_link_and_pages_follow(
    client: FlaskClient, sign_in: SignIn, session: scoped_session
) -> None:
    agent, one = somebody(Role.DEPARTMENT), uuid4()
    for _ in range(60):
        service.note(agent.actor, "offer.confirm", "offer", one)
    service.note(agent.actor, "offer.confirm", "offer", uuid4())
    session.commit()
    sign_in(agent)
    page = _text(client.get(f"/journal?id={one}&objet=offer"))
    assert "1 à 50 sur 60" in page
    assert "Un seul objet" in page
    assert "51 à 60 sur 60" in _text(client.get(f"/journal?id={one}&objet=offer&page=2"))
    assert "Rien de noté" in _text(client.get(f"/journal?id={uuid4()}"))


@pytest.mark.parametrize(
    "query", ["du=31/02/2026", "objet=x&role=y&id=z", "du=2026-11-05&au=5 novembre 2026", "page=x"]
)
def test_nonsense_in_the_address_is_no_failure(client: FlaskClient, sign_in: SignIn, query: str) -> None:
    answer = sign_in(somebody(Role.DEPARTMENT)).get(f"/journal?{query}")
    assert answer.status_code == 200
    assert ("Cette date n’existe pas." in _text(answer)) is ("31/02" in query)


def test_the_journal_asks_the_database_as_often_whatever_the_rows(
    client: FlaskClient, sign_in: SignIn, session: scoped_session, statements: Statements
) -> None:
    agent = somebody(Role.DEPARTMENT)
    sign_in(agent)

    def count() -> int:
        statements.clear()
        assert client.get("/journal").status_code == 200
        return len(statements)

    few = count()
    for _ in range(40):
        service.note(agent.actor, "offer.confirm", "offer", uuid4())
    session.commit()
    assert count() == few <= 12
