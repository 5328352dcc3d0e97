"""Members on the page of their organisation, and the links of invitations."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.organisations.models import JoinRequest
from tests.factories.accounts import PASSWORD, with_password
from tests.factories.organisations import letters, link_in
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


def _page(person: Somebody, after: str = "") -> str:
    assert person.organisation is not None
    return f"/organisations/{person.organisation.id}{after}"


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
