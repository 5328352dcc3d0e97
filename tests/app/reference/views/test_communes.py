"""Communes on the screen, for the département."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.reference import queries
from app.reference.models import Commune
from tests.conftest import Statements
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def browser(sign_in: SignIn, today: date) -> FlaskClient:
    return sign_in(somebody(Role.DEPARTMENT))


def _text(response: Any) -> str:
    text: str = response.get_data(as_text=True)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "address", ["/communes", "/communes/91377", "/territoires", "/mds/nouvelle", "/metiers", "/metiers-rome"]
)
@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT])
def test_only_the_departement_and_administrators_come_in(sign_in: SignIn, role: Role, address: str) -> None:
    assert sign_in(somebody(role)).get(address).status_code == 403


def test_the_list_shows_a_commune_with_its_territory_and_mds(browser: FlaskClient) -> None:
    page = _text(browser.get("/communes?mots=massy"))
    assert "1 commune" in page
    assert "Nord-Ouest" in page
    assert "MDS de Massy" in page
    assert "91300" in page


def test_the_list_says_what_to_do_when_it_is_empty(browser: FlaskClient) -> None:
    page = _text(browser.get("/communes?mots=zzz&territoire=nulle-part"))
    assert "Aucune commune ne répond à ces filtres" in page


def test_filters_sort_and_pages_stay_in_the_addresses(browser: FlaskClient) -> None:
    page = _text(browser.get("/communes?territoire=sud-essonne&tri=-population"))
    assert "1 à 20 sur 84" in page
    assert "territoire=sud-essonne&amp;tri=-population&amp;page=2" in page
    assert page.index("Étampes</a>") < page.index("Dourdan</a>")


def test_the_list_asks_few_queries_whatever_its_rows(browser: FlaskClient, statements: Statements) -> None:
    counts = []
    for address in ("/communes?mots=massy", "/communes"):
        statements.clear()
        assert browser.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_the_export_holds_the_whole_filtered_list(browser: FlaskClient) -> None:
    response = browser.get("/communes?territoire=nord-ouest&export=csv")
    lines = response.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert len(lines) == 43
    assert lines[0].startswith("INSEE;Commune")
    assert any(line.startswith("91377;Massy;91300;") and line.endswith(";Nord-Ouest;MDS de Massy") for line in lines)
    assert browser.get("/communes?export=xlsx").data.startswith(b"PK")
    assert browser.get("/communes?export=pdf").status_code == 404


def _form(session: scoped_session, **values: str) -> dict[str, str]:
    return {"version": str(session.get(Commune, "91377").version), **values}


def test_a_change_is_made_from_a_date(browser: FlaskClient, session: scoped_session) -> None:
    sent = _form(session, mds="91692", valid_from="1er janvier 2027")
    answer = browser.post("/communes/91377", data=sent, follow_redirects=True)
    page = _text(answer)
    assert answer.status_code == 200
    assert "Massy dépend de la MDS des Ulis à partir du 01/01/2027" in page
    assert "jusqu’au 31 décembre 2026" in page
    assert "Prévu" in page
    assert [one.mds_code for one in queries.history_of("91377")] == ["91692", "91377"]


def test_a_planned_change_is_given_up_from_the_page(browser: FlaskClient, session: scoped_session) -> None:
    browser.post("/communes/91377", data=_form(session, mds="91692", valid_from="01/01/2027"))
    page = _text(browser.post("/communes/91377/annuler", data=_form(session), follow_redirects=True))
    assert "Le changement prévu est annulé" in page
    assert len(queries.history_of("91377")) == 1


@pytest.mark.parametrize(
    ("mds", "day", "message"),
    [
        ("", "01/01/2027", "Choisissez une MDS."),
        ("inconnue", "01/01/2027", "Choisissez une réponse de la liste."),
        ("91692", "", "Donnez le premier jour du changement."),
        ("91692", "31/11/2026", "Cette date n’existe pas."),
        ("91692", "01/11/2026", "le passé ne change pas"),
        ("91377", "01/12/2026", "La commune a déjà ce territoire et cette MDS."),
        ("91692", "x" * 10_000, "Cette date n’existe pas."),
    ],
)
def test_a_wrong_answer_is_explained_and_kept(
    browser: FlaskClient, session: scoped_session, mds: str, day: str, message: str
) -> None:
    page = _text(browser.post("/communes/91377", data=_form(session, mds=mds, valid_from=day)))
    assert "<title>Erreur : Massy" in page
    assert message in page
    if day and len(day) < 100:
        assert f'value="{day}"' in page
    assert len(queries.history_of("91377")) == 1


def test_two_editors_see_both_versions(browser: FlaskClient, session: scoped_session) -> None:
    stale = _form(session, mds="91692", valid_from="01/01/2027")
    browser.post("/communes/91377", data={**stale, "mds": "91477"})
    answer = browser.post("/communes/91377", data=stale)
    page = _text(answer)
    assert answer.status_code == 409
    assert "MDS des Ulis" in page
    assert "MDS de Palaiseau" in page


def test_an_unknown_commune_is_a_404(browser: FlaskClient) -> None:
    assert browser.get("/communes/99999").status_code == 404
    assert browser.post("/communes/99999/annuler", data={"version": "1"}).status_code == 404
