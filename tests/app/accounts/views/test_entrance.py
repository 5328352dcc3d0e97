"""What a person sees at the door: two ways in, the same answer to everybody, and the page they wanted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.accounts import service
from app.core.roles import Role
from tests.factories.accounts import ANOTHER, PASSWORD, a_candidate, with_password
from tests.factories.organisations import letters
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]
PHONE = "06 39 98 01 01"


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _unnamed(answer: Any, *names: str) -> str:
    """The page, without what was typed and what changes from page to page."""
    body = answer.get_data(as_text=True)
    for name in names:
        body = body.replace(name, "X")
    return re.sub(r'name="csrf_token"[^>]*', "", body)


def _cookie(client: FlaskClient) -> dict[str, Any]:
    with client.session_transaction() as cookie:
        return dict(cookie)


def test_the_door_has_two_ways_in(client: FlaskClient) -> None:
    page = _text(client.get("/connexion"))
    for words in ("Je cherche un travail", "Recevoir mon code", "J’ai un code sur papier", "Je suis professionnel",
                  "Mot de passe oublié", "Inscrire mon organisation", "01 99 00 91 00"):  # fmt: skip
        assert words in page


def test_a_professional_comes_in_and_reads_the_page_they_wanted(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    answer = client.post(
        "/connexion",
        data={"email": f" {(person.user.email or '').upper()} ", "password": PASSWORD, "suite": "/mon-compte?a=1"},
    )
    assert (answer.status_code, answer.location) == (303, "/mon-compte?a=1")
    assert person.user.full_name in _text(client.get("/mon-compte"))


@pytest.mark.parametrize("suite", ["https://evil.example", "//evil.example/a", "/\\evil.example", ""])
def test_the_sign_in_never_leads_to_another_site(client: FlaskClient, session: scoped_session, suite: str) -> None:
    person = with_password()
    answer = client.post("/connexion", data={"email": person.user.email, "password": PASSWORD, "suite": suite})
    assert (answer.status_code, answer.location) == (303, "/accueil")


def test_a_page_that_asks_who_one_is_comes_back_after_the_door(client: FlaskClient, session: scoped_session) -> None:
    answer = client.get("/mon-compte")
    assert answer.status_code == 302
    door = client.get(answer.location)
    assert 'name="suite" value="/mon-compte"' in _text(door)


def test_somebody_already_in_goes_on(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(somebody(Role.EMPLOYER))
    assert client.get("/connexion?suite=/mon-compte").location == "/mon-compte"


def test_a_known_and_an_unknown_account_get_the_same_page(client: FlaskClient, session: scoped_session) -> None:
    email = with_password().user.email or ""
    known = client.post("/connexion", data={"email": email, "password": ANOTHER})
    unknown = client.post("/connexion", data={"email": "qui@exemple.fr", "password": ANOTHER})
    assert known.status_code == unknown.status_code == 200
    assert _unnamed(known, email) == _unnamed(unknown, "qui@exemple.fr")
    assert "L’adresse e-mail ou le mot de passe n’est pas le bon." in _text(known)
    assert ANOTHER not in _text(known)
    assert f'value="{email}"' in _text(known)


def test_the_cookie_holds_a_token_and_is_emptied_at_the_door(client: FlaskClient, session: scoped_session) -> None:
    with client.session_transaction() as cookie:
        cookie["planted"] = "before"
    person = with_password()
    client.post("/connexion", data={"email": person.user.email, "password": PASSWORD})
    cookie_now = _cookie(client)
    assert "planted" not in cookie_now
    known = service.signed_in_by(cookie_now["_user_id"])
    assert known is not None
    assert known.actor.user_id == person.user.id
    assert not cookie_now.get("_permanent")


def test_leaving_ends_the_session_on_the_server_too(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    client.post("/connexion", data={"email": person.user.email, "password": PASSWORD})
    token = _cookie(client)["_user_id"]
    answer = client.post("/deconnexion")
    assert answer.location == "/connexion"
    assert service.signed_in_by(token) is None
    assert client.get("/mon-compte").status_code == 302
    assert client.post("/deconnexion").status_code == 303


def test_too_many_tries_say_when_to_come_back(client: FlaskClient, session: scoped_session) -> None:
    for _ in range(10):
        client.post("/connexion", data={"email": "qui@exemple.fr", "password": ANOTHER})
    answer = client.post("/connexion", data={"email": "qui@exemple.fr", "password": ANOTHER})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "Réessayez dans" in _text(answer)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Écrivez votre téléphone ou votre e-mail."),
        ("abc", "Ce numéro n’existe pas."),
        ("camille@", "Cet e-mail n’est pas complet."),
        ("x" * 10_000, "C’est trop long"),
        ("مرحبا", "Ce numéro n’existe pas."),
    ],
)
def test_what_is_neither_a_phone_nor_an_e_mail_is_said(client: FlaskClient, typed: str, message: str) -> None:
    answer = client.post("/connexion/recevoir-un-code", data={"contact": typed})
    assert answer.status_code == 200
    assert message in _text(answer)
    assert "<title>Erreur" in answer.get_data(as_text=True)


def test_a_candidate_comes_in_with_the_code_received(client: FlaskClient, session: scoped_session) -> None:
    user = a_candidate(phone="+33639980101")
    asked = client.post("/connexion/recevoir-un-code", data={"contact": PHONE, "suite": "/mon-compte"})
    assert asked.status_code == 303
    page = client.get(asked.location)
    assert PHONE in _text(page)
    assert "boîte d’envoi" in _text(page)
    (code,) = re.findall(r"\d{6}", letters("sign_in_code")[0].body)
    answer = client.post(asked.location, data={"code": f"{code[:3]} {code[3:]}"})
    assert (answer.status_code, answer.location) == (303, "/mon-compte")
    cookie = _cookie(client)
    assert cookie["_permanent"]
    assert "code_handle" not in cookie
    known = service.signed_in_by(cookie["_user_id"])
    assert known is not None
    assert known.actor.user_id == user.id


def test_a_known_and_an_unknown_candidate_get_the_same_pages(app: Flask, session: scoped_session) -> None:
    a_candidate(phone="+33639980101")
    pages = []
    for typed in (PHONE, "06 39 98 09 09"):
        client = app.test_client()
        asked = client.post("/connexion/recevoir-un-code", data={"contact": typed})
        waiting = client.get(asked.location)
        wrong = [client.post(asked.location, data={"code": "000000"}) for _ in range(5)]
        answers = [asked, waiting, *wrong]
        pages.append([(answer.status_code, _unnamed(answer, typed)) for answer in answers])
    assert letters("sign_in_code")[0].body.find("000000") == -1  # else the draw made this test meaningless
    assert pages[0] == pages[1]
    assert "Trop de codes faux" in pages[0][-1][1]


def test_the_page_of_the_code_is_for_the_browser_that_asked(client: FlaskClient, session: scoped_session) -> None:
    assert client.get("/connexion/code").location == "/connexion"
    assert client.post("/connexion/code", data={"code": "123456"}).location == "/connexion"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "é" * 10_000])
def test_a_code_of_another_length_is_no_try(client: FlaskClient, session: scoped_session, typed: str) -> None:
    a_candidate(phone="+33639980101")
    client.post("/connexion/recevoir-un-code", data={"contact": PHONE})
    for _ in range(6):
        answer = client.post("/connexion/code", data={"code": typed})
        assert answer.status_code == 200
    (code,) = re.findall(r"\d{6}", letters("sign_in_code")[0].body)
    assert client.post("/connexion/code", data={"code": code}).status_code == 303


def test_a_candidate_comes_in_with_a_paper_code(client: FlaskClient, session: scoped_session) -> None:
    user = a_candidate()
    code = service.give_paper_code(user.id, somebody(Role.FACILITATOR).actor)
    assert "8 lettres et chiffres" in _text(client.get("/connexion/code-papier"))
    wrong = client.post("/connexion/code-papier", data={"code": "AAAA-AAAA"})
    assert "Ce code n’est pas le bon" in _text(wrong)
    assert 'value="AAAA-AAAA"' in _text(wrong)
    answer = client.post("/connexion/code-papier", data={"code": code, "suite": "/mon-compte"})
    assert answer.location == "/mon-compte"
    assert user.full_name in _text(client.get("/mon-compte"))


def test_a_form_without_its_token_is_refused(app: Flask, session: scoped_session) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client = app.test_client()
        for path in (
            "/connexion",
            "/connexion/recevoir-un-code",
            "/connexion/code-papier",
            "/deconnexion",
            "/inscription",
        ):
            assert client.post(path, data={}).status_code == 400, path
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
