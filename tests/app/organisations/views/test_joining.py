"""The form to join, and what the département answers: who asks learns nothing of who is here."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState
from tests.factories.accounts import ANOTHER, PASSWORD, with_password
from tests.factories.organisations import a_siret, join_form, letters
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _organisations(session: scoped_session) -> int:
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_an_organisation_asks_to_join_with_one_page(client: FlaskClient, session: scoped_session) -> None:
    assert "14 chiffres" in _text(client.get("/inscription"))
    answer = client.post("/inscription", data=join_form())
    assert (answer.status_code, answer.location) == (303, "/inscription/envoyee")
    assert "Vous recevez un e-mail" in _text(client.get(answer.location))


def test_the_form_sent_twice_asks_once(client: FlaskClient, session: scoped_session) -> None:
    form = join_form()
    answers = [client.post("/inscription", data=form) for _ in range(2)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/inscription/envoyee")}
    assert _organisations(session) == 1
    assert len(letters("join_asked")) == 1
    assert letters("join_with_account") == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("siret", "2691001230001", "Ce SIRET compte 13 chiffres. Il en faut 14."),
        ("siret", "26910012300019", "Ce SIRET n’existe pas"),
        ("siret", "abc", "Un SIRET ne contient que des chiffres."),
        ("siret", "", "Écrivez le SIRET."),
        ("kind", "plie", "Choisissez une réponse de la liste."),
        ("kind", "", "Choisissez le type d’organisation."),
        ("commune", "Lyon", "Nous ne trouvons pas cette commune en Essonne."),
        ("name", "é" * 10_000, "C’est trop long"),
        ("email", "odile@", "Cette adresse e-mail n’est pas complète."),
        ("phone", "12", "Ce numéro n’existe pas."),
        ("password", "court", "15 caractères au moins"),
        ("password", "atelieretampes2026", "Ce mot de passe contient surtout votre nom"),
        ("first_name", "", "Écrivez votre prénom."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    client: FlaskClient, session: scoped_session, field: str, typed: str, message: str
) -> None:
    form = join_form(**{field: typed})
    answer = client.post("/inscription", data=form)
    page = _text(answer)
    assert answer.status_code == 200
    assert message in page
    assert f'id="{field}-error"' in page
    assert "<title>Erreur" in page
    for kept in ("siret", "email", "last_name"):
        assert form[kept] in page
    assert form["row_id"] in page
    assert f'value="{form["password"]}"' not in page
    assert _organisations(session) == 0


def test_la_poste_s_exception_and_spaces_are_taken(client: FlaskClient, session: scoped_session) -> None:
    answer = client.post("/inscription", data=join_form(siret="356 000 000 00048"))
    assert answer.status_code == 303
    assert session.scalar(select(Organisation.siret)) == "35600000000048"


def test_names_with_an_apostrophe_or_in_arabic_are_kept_as_they_are(
    client: FlaskClient, session: scoped_session
) -> None:
    form = join_form(name="مطعم السلام", first_name="فاطمة", last_name="O'Neill <b>")
    assert client.post("/inscription", data=form).status_code == 303
    (letter,) = letters("join_asked", form["email"])
    assert letter.to_name == "فاطمة O'Neill <b>"
    assert "مطعم السلام" in letter.body


def test_who_asks_does_not_learn_what_is_known(client: FlaskClient, session: scoped_session) -> None:
    manager = with_password()
    siret = a_siret()
    assert manager.organisation is not None
    manager.organisation.siret = siret
    session.commit()
    forms = [join_form(), join_form(siret=siret), join_form(email=manager.user.email)]
    answers = [client.post("/inscription", data=form) for form in forms]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/inscription/envoyee")}
    assert len({answer.get_data() for answer in answers}) == 1
    assert manager.user.full_name not in _text(client.get("/inscription/envoyee"))


def test_somebody_signed_in_is_asked_for_the_organisation_only(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(somebody(Role.EMPLOYER))
    page = _text(client.get("/inscription"))
    assert "SIRET" in page
    assert 'name="password"' not in page
    form = {key: value for key, value in join_form().items() if key in {"row_id", "siret", "kind", "name", "commune"}}
    assert client.post("/inscription", data=form).status_code == 303


def test_the_departement_approves_from_the_list(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    form = join_form()
    client.post("/inscription", data=form)
    sign_in(somebody(Role.DEPARTMENT))
    listed = _text(client.get("/organisations?etat=pending"))
    assert "L’Atelier d’Étampes" in listed
    at = f"/organisations/{form['row_id']}"
    page = _text(client.get(at))
    assert "Cette organisation attend votre accord" in page
    assert form["email"] in page
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    assert client.post(f"{at}/accepter", data={"version": version}).location == at
    assert "est active" in _text(client.get(at))
    stale = client.post(f"{at}/fermer", data={"version": version})
    assert stale.status_code == 409
    assert client.get(f"{at}/refuser").status_code == 404


def test_the_departement_refuses_with_a_text(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    form = join_form()
    client.post("/inscription", data=form)
    sign_in(somebody(Role.DEPARTMENT))
    at = f"/organisations/{form['row_id']}"
    page = _text(client.get(f"{at}/refuser"))
    (version,) = re.findall(r'name="version" type="hidden" value="(\d+)"', page)
    empty = client.post(f"{at}/refuser", data={"version": version, "text": " "})
    assert "Écrivez pourquoi" in _text(empty)
    assert client.post(f"{at}/refuser", data={"version": version, "text": "SIRET d’une autre"}).status_code == 303
    assert "SIRET d’une autre" in _text(client.get(at))
    again = client.post(
        f"{at}/accepter", data={"version": int(version) + 1}, headers={"Referer": f"http://localhost{at}"}
    )
    assert again.location == at
    assert "la situation a changé" in _text(client.get(at))


def test_a_refused_organisation_cannot_sign_in(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    assert person.organisation is not None
    person.organisation.state = OrganisationState.REFUSED
    session.commit()
    right = client.post("/connexion", data={"email": person.user.email, "password": PASSWORD})
    assert "Vous n’êtes membre d’aucune organisation active." in _text(right)
    wrong = client.post("/connexion", data={"email": person.user.email, "password": ANOTHER})
    assert "aucune organisation active" not in _text(wrong)
