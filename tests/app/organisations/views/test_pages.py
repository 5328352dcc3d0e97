"""One organisation's page: what each reads of it, who corrects it, who closes it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.core.roles import Role
from tests.factories.accounts import with_password
from tests.factories.organisations import a_siret, letters
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _page(person: Somebody, after: str = "") -> str:
    assert person.organisation is not None
    return f"/organisations/{person.organisation.id}{after}"


def test_closing_says_what_follows_first(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    person = with_password()
    token = accounts.enter(person.user.id, person.membership.id)  # type: ignore[union-attr]
    sign_in(somebody(Role.DEPARTMENT))
    page = _text(client.get(_page(person, "/fermer")))
    assert "1 membre ne pourra plus agir" in page
    (version,) = re.findall(r'name="version" type="hidden" value="(\d+)"', page)
    assert client.post(_page(person, "/fermer"), data={"version": version}).status_code == 303
    assert accounts.signed_in_by(token) is None
    page = _text(client.get(_page(person)))
    assert "Rouvrir l’organisation" in page
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    assert client.post(_page(person, "/rouvrir"), data={"version": version}).status_code == 303
    assert "est rouverte" in _text(client.get(_page(person)))


def test_an_employer_reads_a_plie_without_its_people_and_no_rival(client: FlaskClient, sign_in: SignIn) -> None:
    facilitator, rival, me = somebody(Role.FACILITATOR), somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    assert facilitator.organisation is not None
    facilitator.organisation.phone = "+33199001234"
    sign_in(me)
    page = _text(client.get(_page(facilitator)))
    assert "01 99 00 12 34" in page
    for hidden in (facilitator.user.full_name, facilitator.user.email, "SIRET", "Membres"):
        assert hidden not in page
    assert client.get(_page(rival)).status_code == 404
    assert client.get(f"/organisations/{uuid4()}").status_code == 404
    for act in ("/modifier", "/inviter", "/quitter"):
        assert client.get(_page(facilitator, act)).status_code == 404


def test_a_candidate_reads_an_employer_in_the_plain_layout(client: FlaskClient, sign_in: SignIn) -> None:
    firm = somebody(Role.EMPLOYER)
    sign_in(somebody(Role.CANDIDATE))
    page = client.get(_page(firm)).get_data(as_text=True)
    assert 'class="plain' in page
    assert firm.user.full_name not in page


def _edited(page: str, **changes: str) -> dict[str, str]:
    (version,) = re.findall(r'name="version" type="hidden" value="(\d+)"', page)
    typed = {"name": "Étampes Propreté", "commune": "91150", "presentation": "Nous nettoyons.", "version": version}
    return {**typed, **changes}


def test_two_managers_who_edit_see_both_versions(client: FlaskClient, sign_in: SignIn) -> None:
    manager = sign_in(me := somebody(Role.EMPLOYER)).get(_page(me, "/modifier"))
    first = _edited(_text(manager), commune="Étampes", website="www.exemple.fr")
    assert client.post(_page(me, "/modifier"), data=first).status_code == 303
    page = _text(client.get(_page(me)))
    assert "https://www.exemple.fr" in page
    assert "Nous nettoyons." in page
    answer = client.post(_page(me, "/modifier"), data={**first, "name": "L’autre nom"})
    assert answer.status_code == 409
    assert "L’autre nom" in _text(answer)
    assert "Étampes Propreté" in _text(answer)
    again = {key: value for key, value in first.items() if key != "version"}
    (version,) = re.findall(r'name="version" value="(\d+)"', _text(answer))
    retried = client.post(_page(me, "/modifier"), data={**again, "name": "L’autre nom", "version": version})
    assert retried.status_code == 303


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://exemple.fr", "http://[", "exemple", "a b.fr"])
def test_a_site_is_an_address_of_the_web(client: FlaskClient, sign_in: SignIn, website: str) -> None:
    me = somebody(Role.EMPLOYER)
    form = _edited(_text(sign_in(me).get(_page(me, "/modifier"))), commune="Étampes", website=website)
    answer = client.post(_page(me, "/modifier"), data=form)
    assert answer.status_code == 200
    assert "Cette adresse de site n’est pas complète." in _text(answer)


def test_the_departement_makes_an_mds(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    form = {
        "row_id": str(uuid4()), "name": "MDS d’Étampes", "kind": "mds", "commune": "Étampes",
        "territory": "sud-essonne", "manager_email": "chef@mds.example",
    }  # fmt: skip
    assert "premier responsable" in _text(client.get("/organisations/nouvelle"))
    for _ in range(2):
        answer = client.post("/organisations/nouvelle", data=form)
        assert answer.location == f"/organisations/{form['row_id']}"
    assert len(letters("invitation", "chef@mds.example")) == 1
    siret = a_siret()
    an_organisation(siret=siret)
    session.commit()
    taken = client.post("/organisations/nouvelle", data={**form, "row_id": str(uuid4()), "siret": siret})
    assert "Une organisation a déjà ce SIRET." in _text(taken)
