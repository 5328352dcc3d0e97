"""« Boîte d'envoi »: in the demonstration, and nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.messages import service
from app.messages.rules import Channel, Recipient
from tests.conftest import Statements
from tests.factories.accounts import a_candidate


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


@pytest.fixture
def real(app: Flask) -> Iterator[None]:
    """The portal as it is when it is not a demonstration."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, demonstration=False)
    yield
    app.extensions["settings"] = settings


def test_a_visitor_reads_the_code_they_asked_for(client: FlaskClient, session: scoped_session) -> None:
    a_candidate(phone="+33639980101")
    client.post("/connexion/recevoir-un-code", data={"contact": "06 39 98 01 01"})
    page = _text(client.get("/boite-d-envoi"))
    assert "Elle n’existe pas sur le vrai portail." in page
    codes = set(re.findall(r"Votre code : (\d{6})", page))
    assert len(codes) == 1
    assert client.post("/connexion/code", data={"code": codes.pop()}).status_code == 303


def test_the_newest_message_comes_first_and_one_address_may_be_asked_for(
    client: FlaskClient, session: scoped_session
) -> None:
    for number in range(25):
        service.queue(
            "sign_in_code", Recipient(f"Personne {number}", email=f"p{number}@exemple.fr"), code=f"{number:06}"
        )
        session.commit()
    page = _text(client.get("/boite-d-envoi"))
    assert page.index("Personne 24,") < page.index("Personne 23,")
    assert "Personne 0," not in page
    assert "Personne 0," in _text(client.get("/boite-d-envoi?page=2"))
    one = _text(client.get("/boite-d-envoi?a=p7@exemple.fr"))
    assert "Personne 7," in one
    assert "Personne 8," not in one
    assert "Aucun message" in _text(client.get("/boite-d-envoi?a=" + "x" * 3000))


def test_a_link_of_the_portal_can_be_followed_and_markup_is_text(client: FlaskClient, session: scoped_session) -> None:
    link = service.link_to("accounts.choose_password", token="abc")
    service.queue("password_reset", Recipient("<b>Odile</b>", email="o@exemple.fr"), url=link)
    service.queue("password_reset", Recipient("Odile", email="o@exemple.fr"), url="https://evil.example/")
    session.commit()
    page = client.get("/boite-d-envoi").get_data(as_text=True)
    assert '<a href="/mot-de-passe/abc">' in page
    assert 'href="https://evil' not in page
    assert "<b>Odile" not in page


def test_an_sms_shows_the_phone_as_it_is_written(client: FlaskClient, session: scoped_session) -> None:
    service.queue("sign_in_code", Recipient("Aïcha", phone="+33639980101"), channel=Channel.SMS, code="123456")
    session.commit()
    assert "SMS à Aïcha, 06 39 98 01 01" in re.sub("<[^>]+>", "", _text(client.get("/boite-d-envoi")))


def test_the_real_portal_has_no_such_page(client: FlaskClient, session: scoped_session, real: None) -> None:
    a_candidate(phone="+33639980101")
    assert client.get("/boite-d-envoi").status_code == 404
    asked = client.post("/connexion/recevoir-un-code", data={"contact": "06 39 98 01 01"})
    assert "oîte d’envoi" not in _text(client.get(asked.location))


def test_the_page_asks_the_database_as_often_whatever_the_messages(
    client: FlaskClient, session: scoped_session, statements: Statements
) -> None:
    def count() -> int:
        statements.clear()
        assert client.get("/boite-d-envoi").status_code == 200
        return len(statements)

    few = count()
    for _ in range(15):
        service.queue("sign_in_code", Recipient("A", email="a@exemple.fr"), code="1")
    session.commit()
    assert count() - few in {0, 1}  # an empty list is not read, only counted
