"""What a person sees of organisations: the form to join, the list, a page, and the letters' links."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts import service as accounts
from app.core.roles import Role
from app.organisations.models import JoinRequest, Organisation
from app.organisations.rules import OrganisationKind, OrganisationState
from tests.conftest import Statements
from tests.factories.accounts import ANOTHER, PASSWORD, with_password
from tests.factories.organisations import a_siret, join_form, letters, link_in
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _page(person: Somebody, after: str = "") -> str:
    assert person.organisation is not None
    return f"/organisations/{person.organisation.id}{after}"


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


def test_an_invitation_is_accepted_once(client: FlaskClient, sign_in: SignIn) -> None:
    me = somebody(Role.EMPLOYER)
    sign_in(me)
    form = {"row_id": str(uuid4()), "email": "Nour@Atelier.example", "as_manager": "y"}
    for _ in range(2):
        assert client.post(_page(me, "/inviter"), data=form).status_code == 303
    assert "nour@atelier.example" in _text(client.get(_page(me)))
    (letter,) = letters("invitation")
    client.post("/deconnexion")
    link = link_in(letter)
    page = _text(client.get(link))
    assert "nour@atelier.example" in page
    who = {"first_name": "Nour", "last_name": "D’Arc", "password": PASSWORD}
    weak = client.post(link, data={**who, "password": "nournournour d’arc"})
    assert weak.status_code == 200
    assert client.post(link, data=who).location == "/accueil"
    assert "Responsable" in _text(client.get(_page(me)))
    assert client.get(link).status_code == 410
    assert client.post(link, data=who).status_code == 410
    assert client.get("/invitation/nonsense").status_code == 410


def test_an_account_that_is_invited_signs_in_first(client: FlaskClient, sign_in: SignIn) -> None:
    host, guest = somebody(Role.EMPLOYER), with_password()
    sign_in(host)
    client.post(_page(host, "/inviter"), data={"row_id": str(uuid4()), "email": guest.user.email})
    link = link_in(letters("invitation")[0])
    assert "connecté avec un autre compte" in _text(client.get(link))
    client.post("/deconnexion")
    assert f"suite={link}" in _text(client.get(link)).replace("%2F", "/")
    client.post("/connexion", data={"email": guest.user.email, "password": PASSWORD})
    assert "Accepter l’invitation" in _text(client.get(link))
    assert client.post(link).location == "/accueil"
    assert guest.user.full_name in _text(client.get(_page(host)))
    assert client.post(link).status_code == 410


def test_a_manager_changes_and_removes_a_member(client: FlaskClient, sign_in: SignIn) -> None:
    manager = somebody(Role.EMPLOYER)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    sign_in(manager)
    at = _page(manager, f"/membres/{member.membership.id}")  # type: ignore[union-attr]
    assert 'name="territory"' not in _text(client.get(at))
    assert client.post(at, data={"is_manager": "y"}).status_code == 303
    assert client.post(at, data={"sent": "1"}).status_code == 303
    mine = _page(manager, f"/membres/{manager.membership.id}")  # type: ignore[union-attr]
    refused = client.post(mine, data={"sent": "1"})
    assert "C’est le dernier responsable" in _text(refused)
    assert "Ses sessions se ferment tout de suite" in _text(client.get(f"{at}/retirer"))
    assert client.post(f"{at}/retirer").status_code == 303
    assert client.get(f"{at}/retirer").status_code == 404
    client.get(_page(manager))  # says once that they left
    assert member.user.full_name not in _text(client.get(_page(manager)))


def test_the_last_manager_leaves_by_naming_another(client: FlaskClient, sign_in: SignIn) -> None:
    manager = somebody(Role.EMPLOYER)
    member = somebody(Role.EMPLOYER, manager.organisation, manager=False)
    sign_in(manager)
    at = _page(manager, "/quitter")
    assert member.user.full_name in _text(client.get(at))
    assert "Nommez d’abord un autre responsable" in _text(client.post(at, data={}))
    forged = client.post(at, data={"successor": str(uuid4())})
    assert "Choisissez une réponse de la liste." in _text(forged)
    done = client.post(at, data={"successor": str(member.membership.id)})  # type: ignore[union-attr]
    assert done.location == "/connexion"
    assert client.get("/accueil").status_code == 302


def test_a_manager_answers_a_request_on_the_page(client: FlaskClient, sign_in: SignIn, session: scoped_session) -> None:
    manager, asker = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    request = JoinRequest(organisation_id=manager.organisation.id, user_id=asker.user.id)  # type: ignore[union-attr]
    session.add(request)
    session.commit()
    page = _text(sign_in(manager).get(_page(manager)))
    assert asker.user.full_name in page
    at = _page(manager, f"/demandes/{request.id}")
    assert client.post(f"{at}/effacer").status_code == 404
    assert client.post(f"{at}/accepter").status_code == 303
    page = _text(client.get(_page(manager)))
    assert "Demandes de rattachement" not in page
    assert asker.user.full_name in page


def test_the_list_is_exported_as_it_is_filtered(client: FlaskClient, sign_in: SignIn) -> None:
    an_organisation(OrganisationKind.ACI, name="=Les Jardins", siret="26910012300018")
    an_organisation(OrganisationKind.FIRM, name="Une firme")
    sign_in(somebody(Role.DEPARTMENT))
    csv = client.get("/organisations?sorte=siae&export=csv").get_data(as_text=True)
    assert "'=Les Jardins;ACI;26910012300018;Massy" in csv
    assert "Une firme" not in csv
    book = load_workbook(io.BytesIO(client.get("/organisations?sorte=siae&export=xlsx").data))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert [row[1] for row in rows] == ["Type", "ACI"]
    assert client.get("/organisations?export=pdf").status_code == 404


def test_the_pages_ask_the_database_as_often_whatever_the_rows(
    client: FlaskClient, sign_in: SignIn, statements: Statements
) -> None:
    firm = an_organisation()
    colleague = somebody(Role.EMPLOYER, firm)
    sign_in(somebody(Role.ADMINISTRATOR))
    addresses = [
        "/organisations",
        _page(colleague),
        "/utilisateurs",
        "/organisations?mots=a&sorte=siae&territoire=nord-ouest",
    ]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            statements.clear()
            assert client.get(address).status_code == 200
            found.append(len(statements))
        return found

    few = counts()
    for _ in range(25):
        somebody(Role.EMPLOYER)
        somebody(Role.EMPLOYER, firm)
    assert counts() == few
    assert max(few) <= 12


def test_pages_of_the_list_follow_one_another_without_a_gap(client: FlaskClient, sign_in: SignIn) -> None:
    for number in range(45):
        an_organisation(OrganisationKind.GEIQ, name=f"Groupement {number % 3}")
    sign_in(somebody(Role.DEPARTMENT))
    seen: list[str] = []
    for number in (1, 2, 3):
        page = client.get(f"/organisations?sorte=geiq&page={number}").get_data(as_text=True)
        seen += re.findall(r'<th scope="row"><a href="/organisations/([\w-]+)"', page)
    assert len(seen) == len(set(seen)) == 45
    for nonsense in ("0", "-1", "x", "99999999999999999999", "4"):
        assert client.get(f"/organisations?sorte=geiq&page={nonsense}").status_code == 200


@pytest.mark.parametrize("query", ["mots=" + "é" * 3000, "sorte=x&etat=y&territoire=z&tri=w", "mots=%00a", "tri=%27"])
def test_nonsense_in_the_address_of_the_list_is_no_failure(client: FlaskClient, sign_in: SignIn, query: str) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    assert client.get(f"/organisations?{query}").status_code == 200


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


def test_an_administrator_looks_after_accounts(client: FlaskClient, sign_in: SignIn) -> None:
    administrator = somebody(Role.ADMINISTRATOR)
    agent = somebody(Role.DEPARTMENT, administrator.organisation)
    sign_in(administrator)
    listed = _text(client.get("/utilisateurs?role=department&etat=actif"))
    assert agent.user.full_name in listed
    assert agent.user.full_name not in _text(client.get("/utilisateurs?etat=ferme"))
    at = f"/utilisateurs/{agent.user.id}"
    assert "Nommer administrateur" in _text(client.get(at))
    client.post(f"{at}/nommer")
    assert "Nommer administrateur" not in _text(client.get(at))
    client.post(f"{at}/fermer")
    assert "Rouvrir le compte" in _text(client.get(at))
    client.post(f"{at}/rouvrir")
    assert "Fermer le compte" in _text(client.get(at))
    mine = f"/utilisateurs/{administrator.user.id}"
    client.post(f"{mine}/fermer")
    assert "pour votre propre compte" in _text(client.get(mine))
    assert client.get(f"/utilisateurs/{uuid4()}").status_code == 404
    assert client.get(f"/utilisateurs/{somebody(Role.CANDIDATE).user.id}").status_code == 404


def test_a_refused_organisation_cannot_sign_in(client: FlaskClient, session: scoped_session) -> None:
    person = with_password()
    assert person.organisation is not None
    person.organisation.state = OrganisationState.REFUSED
    session.commit()
    right = client.post("/connexion", data={"email": person.user.email, "password": PASSWORD})
    assert "Vous n’êtes membre d’aucune organisation active." in _text(right)
    wrong = client.post("/connexion", data={"email": person.user.email, "password": ANOTHER})
    assert "aucune organisation active" not in _text(wrong)
