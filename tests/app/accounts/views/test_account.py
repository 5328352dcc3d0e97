"""« Mon compte », the forgotten password, and the switch between organisations."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.accounts import service
from app.core.db import db
from app.core.roles import Role
from tests.factories.accounts import ANOTHER, PASSWORD, a_candidate, with_password
from tests.factories.organisations import letters, link_in
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _profile(person: Somebody, **changes: str) -> dict[str, Any]:
    return {"first_name": "Inès", "last_name": "O’Neill", "phone": "", "version": person.user.version, **changes}


def test_the_account_shows_ones_places_and_sessions(client: FlaskClient, sign_in: SignIn) -> None:
    person = somebody(Role.FACILITATOR)
    service.enter(person.user.id, person.membership.id, user_agent="Mozilla/5.0 (iPhone) Safari/604.1")  # type: ignore[union-attr]
    page = _text(sign_in(person).get("/mon-compte"))
    assert person.organisation is not None
    for words in (person.user.full_name, person.organisation.name, "Safari sur iPhone", "Cet appareil", "Facilitateur"):
        assert words in page


def test_a_candidate_has_an_account_page_too(client: FlaskClient, session: scoped_session) -> None:
    user = a_candidate(email="aicha@exemple.fr")
    token = service.enter(user.id, None)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    page = _text(client.get("/mon-compte"))
    assert user.full_name in page
    assert "Mot de passe" not in page
    assert client.get("/mon-compte/mot-de-passe").status_code == 403


def test_ones_name_may_be_corrected_in_any_script(client: FlaskClient, sign_in: SignIn) -> None:
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    answer = client.post("/mon-compte/modifier", data=_profile(person, last_name="بن علي", phone="01 99 00 12 34"))
    assert answer.status_code == 303
    page = _text(client.get("/mon-compte"))
    assert "Inès بن علي" in page
    assert "01 99 00 12 34" in page


def test_ten_thousand_characters_are_too_many_and_are_kept(client: FlaskClient, sign_in: SignIn) -> None:
    person = somebody(Role.EMPLOYER)
    answer = sign_in(person).post("/mon-compte/modifier", data=_profile(person, first_name="é" * 10_000))
    assert answer.status_code == 200
    assert "C’est trop long : 10 000 caractères" in _text(answer)
    assert "é" * 10_000 in _text(answer)


def test_two_editors_of_one_account_see_both_versions(client: FlaskClient, sign_in: SignIn) -> None:
    person = somebody(Role.EMPLOYER)
    sign_in(person)
    before = _profile(person, first_name="Ève")
    assert client.post("/mon-compte/modifier", data=_profile(person)).status_code == 303
    answer = client.post("/mon-compte/modifier", data=before)
    assert answer.status_code == 409
    page = _text(answer)
    assert "Ève" in page
    assert "Inès" in page
    db.session.refresh(person.user)
    assert person.user.first_name == "Inès"


def test_a_session_elsewhere_is_ended_from_the_page(client: FlaskClient, sign_in: SignIn) -> None:
    person, stranger = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    elsewhere = service.enter(person.user.id, person.membership.id)  # type: ignore[union-attr]
    theirs = service.enter(stranger.user.id, stranger.membership.id)  # type: ignore[union-attr]
    known, other = service.signed_in_by(elsewhere), service.signed_in_by(theirs)
    assert known is not None
    assert other is not None
    sign_in(person)
    assert client.post(f"/mon-compte/sessions/{other.session_id}/fermer").status_code == 404
    assert client.post(f"/mon-compte/sessions/{known.session_id}/fermer").status_code == 303
    assert service.signed_in_by(elsewhere) is None
    service.enter(person.user.id, person.membership.id)  # type: ignore[union-attr]
    assert client.post("/mon-compte/sessions/fermer-les-autres").status_code == 303
    assert "Cet appareil" in _text(client.get("/mon-compte"))


def test_the_password_is_changed_and_one_stays_in(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    client.post("/connexion", data={"email": person.user.email, "password": PASSWORD})
    wrong = client.post("/mon-compte/mot-de-passe", data={"current": ANOTHER, "password": ANOTHER})
    assert "Ce n’est pas votre mot de passe actuel." in _text(wrong)
    weak = client.post("/mon-compte/mot-de-passe", data={"current": PASSWORD, "password": "azertyuiop12345"})
    assert "Ce mot de passe se répète ou suit le clavier." in _text(weak)
    done = client.post("/mon-compte/mot-de-passe", data={"current": PASSWORD, "password": ANOTHER})
    assert done.status_code == 303
    assert "Votre mot de passe est changé" in _text(client.get("/mon-compte"))


def test_a_forgotten_password_is_chosen_by_the_link(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    email = person.user.email or ""
    client.post("/mot-de-passe-oublie", data={"email": email})
    link = link_in(letters("password_reset", email)[0])
    assert "Choisir un mot de passe" in _text(client.get(link))
    weak = client.post(link, data={"password": "court"})
    assert "15 caractères au moins" in _text(weak)
    assert "court" not in re.findall(r'value="([^"]*)"', _text(weak))
    assert client.post(link, data={"password": ANOTHER}).location == "/connexion"
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": PASSWORD}).status_code == 410
    assert client.post("/connexion", data={"email": email, "password": ANOTHER}).status_code == 303


def test_the_answer_to_a_forgotten_password_does_not_tell_who_is_known(
    client: FlaskClient, session: scoped_session
) -> None:
    email = with_password().user.email or ""
    pages = [
        client.post("/mot-de-passe-oublie", data={"email": typed}).get_data(as_text=True).replace(typed, "X")
        for typed in (email, "personne@exemple.fr")
    ]
    assert pages[0] == pages[1]
    assert "un lien vient de partir" in pages[0]
    assert len(letters("password_reset")) == 1


def test_one_switches_to_another_of_ones_organisations(client: FlaskClient, sign_in: SignIn) -> None:
    person, stranger = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    other = an_organisation(name="Les Jardins de Dourdan")
    place = service.add_member(person.user.id, other.id, Role.EMPLOYER, by=person.actor)
    sign_in(person)
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
    assert "Les Jardins de Dourdan" in _text(client.get("/mon-compte"))
    assert client.post("/organisation/choisir", data={"membership_id": stranger.membership.id}).status_code == 404  # type: ignore[union-attr]
    for nonsense in ("", "x" * 10_000, str(uuid4())):
        assert client.post("/organisation/choisir", data={"membership_id": nonsense}).status_code == 404
    assert client.post("/organisation/choisir", data={"membership_id": place.id}).location == "/accueil"
    assert service.signed_in_by(before) is None
    with client.session_transaction() as cookie:
        known = service.signed_in_by(cookie["_user_id"])
    assert known is not None
    assert known.actor.organisation_id == other.id


def test_a_database_away_is_a_page_not_a_loop(app: Flask, session: scoped_session, monkeypatch: Any) -> None:
    from sqlalchemy.exc import OperationalError

    asked = []

    def away(token: str) -> None:
        asked.append(token)
        raise OperationalError("SELECT 1", {}, Exception("away"))

    monkeypatch.setattr(service, "signed_in_by", away)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "a token"
    answer = client.get("/mon-compte")
    assert answer.status_code == 503
    assert answer.headers["Content-Security-Policy"]
    assert asked == ["a token"]
