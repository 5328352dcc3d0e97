"""« Acheteurs »: a list, a form, no SIRET twice."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from flask.testing import FlaskClient

from app.core.roles import Role
from tests.factories.clauses import a_buyer, a_site
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]
LIST = "/clauses/acheteurs"


def test_buyers_are_listed_with_the_contracts_that_the_reader_may_open(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    site = a_site()
    a_buyer(name="Office public de l’habitat", siret="55210055400013")
    sign_in(site.facilitator)

    page = client.get(LIST).text

    assert "Office public" in page
    assert f"acheteur={site.contract.buyer_id}" in page
    assert f"acheteur={site.contract.buyer_id}" not in client.get(f"{LIST}?mots=552100554").text
    assert "Office public" in client.get(f"{LIST}?export=csv").text


def test_a_buyer_is_added_once_corrected_and_keeps_its_siret_alone(
    client: FlaskClient, sign_in: SignIn, today: date
) -> None:
    sign_in(somebody(Role.DEPARTMENT))
    typed = {"row_id": str(uuid4()), "name": "Ville de Massy", "kind": "commune", "siret": "55210055400013"}
    assert [client.post(f"{LIST}/nouveau", data=typed).status_code for _ in range(2)] == [303, 303]
    assert client.get(LIST).text.count(">Ville de Massy<") == 1
    assert "Un acheteur a déjà ce SIRET" in client.post(f"{LIST}/nouveau", data=typed | {"row_id": str(uuid4())}).text

    path = f"{LIST}/{typed['row_id']}/modifier"
    assert client.post(path, data=typed | {"name": "Commune de Massy", "version": "1"}).status_code == 303
    assert client.post(path, data=typed | {"name": "Autre", "version": "1"}).status_code == 409
    assert "Commune de Massy" in client.get(LIST).text
