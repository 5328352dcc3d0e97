"""The list: filters, pages, exports, and how often the database is asked."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app.core.roles import Role
from app.organisations.rules import OrganisationKind
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]


def _page(person: Somebody, after: str = "") -> str:
    assert person.organisation is not None
    return f"/organisations/{person.organisation.id}{after}"


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
