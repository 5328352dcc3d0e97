"""Territories and MDS on the screen."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.reference.models import Mds, Territory
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.reference import MdsFactory


@pytest.fixture
def browser(sign_in: Callable[[Any], FlaskClient], today: date) -> FlaskClient:
    return sign_in(somebody(Role.ADMINISTRATOR))


def _text(response: Any) -> str:
    text: str = response.get_data(as_text=True)
    return text.replace("\u00a0", " ")


def test_each_territory_shows_its_mds_and_what_they_serve(browser: FlaskClient, statements: Statements) -> None:
    statements.clear()
    page = _text(browser.get("/territoires"))
    assert len(statements) <= 12
    assert "84 communes" in page
    assert "MDS de Sainte-Geneviève-des-Bois" in page


def test_the_table_leaves_as_a_file(browser: FlaskClient) -> None:
    lines = browser.get("/territoires?export=csv").get_data(as_text=True).splitlines()
    assert len(lines) == 22


def test_a_territory_is_renamed(browser: FlaskClient, session: scoped_session) -> None:
    version = session.get(Territory, "nord-est").version
    page = _text(
        browser.post("/territoires/nord-est", data={"version": version, "name": "Val d’Yerres"}, follow_redirects=True)
    )
    assert "Le nom du territoire est corrigé" in page
    assert "Val d’Yerres" in page
    assert browser.post("/territoires/nord-est", data={"version": version, "name": "Autre"}).status_code == 409


def test_an_mds_is_renamed_but_never_without_a_name(browser: FlaskClient, session: scoped_session) -> None:
    version = session.get(Mds, "91377").version
    assert "Donnez un nom." in _text(browser.post("/mds/91377", data={"version": version, "name": "  "}))
    assert browser.post("/mds/91377", data={"version": version, "name": "MDS Massy-Opéra"}).status_code == 303
    session.expire_all()
    assert session.get(Mds, "91377").name == "MDS Massy-Opéra"


def test_an_mds_is_added_once_even_sent_twice(browser: FlaskClient, session: scoped_session) -> None:
    sent = {"row_id": str(uuid4()), "name": "MDS de Lisses", "territory": "grand-paris-sud", "opened_on": "01/02/2027"}
    for _ in range(2):
        page = _text(browser.post("/mds/nouvelle", data=sent, follow_redirects=True))
        assert "MDS de Lisses est ajoutée" in page
    assert "Ouvre le 01/02/2027" in page
    assert len(session.scalars(select(Mds).where(Mds.name == "MDS de Lisses")).all()) == 1


def test_an_mds_that_serves_cannot_close(browser: FlaskClient, session: scoped_session) -> None:
    sent = {"version": session.get(Mds, "91377").version, "closed_on": "01/01/2027"}
    assert "Des communes dépendent encore de cette MDS" in _text(browser.post("/mds/91377/fermer", data=sent))


def test_an_empty_mds_closes(browser: FlaskClient, session: scoped_session) -> None:
    mds = MdsFactory()
    page = _text(
        browser.post(
            f"/mds/{mds.code}/fermer", data={"version": mds.version, "closed_on": "01/01/2027"}, follow_redirects=True
        )
    )
    assert "Ferme le 01/01/2027" in page


@pytest.mark.parametrize("address", ["/territoires/x", "/mds/x", "/mds/x/fermer"])
def test_what_does_not_exist_is_a_404(browser: FlaskClient, address: str) -> None:
    assert browser.get(address).status_code == 404
