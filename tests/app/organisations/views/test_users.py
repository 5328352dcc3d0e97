"""The accounts of professionals, for the administrators."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from app.core.roles import Role
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True).replace("\u00a0", " "))


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
