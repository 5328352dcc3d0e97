"""Trades on the screen, their words, and the state of the official list."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.reference.models import Trade
from app.reference.service import import_rome
from tests.conftest import Statements
from tests.factories.people import somebody

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def browser(sign_in: Callable[[Any], FlaskClient], today: date) -> FlaskClient:
    return sign_in(somebody(Role.DEPARTMENT))


def _text(response: Any) -> str:
    text: str = response.get_data(as_text=True)
    return text.replace("\u00a0", " ")


def test_the_list_finds_a_trade_by_an_everyday_word(browser: FlaskClient) -> None:
    page = _text(browser.get("/metiers?mots=nounou"))
    assert "2 métiers" in page
    assert "Assistant maternel" in page
    assert "Agent d’entretien" not in page


def test_the_list_is_filtered_by_family_and_list(browser: FlaskClient) -> None:
    assert "7 métiers" in _text(browser.get("/metiers?famille=proprete"))
    assert "Aucun métier ne répond à ces filtres" in _text(browser.get("/metiers?source=rome"))
    assert browser.get("/metiers?famille=x&source=y&tri=z&page=nonsense").status_code == 200


def test_the_list_asks_few_queries_whatever_its_rows(browser: FlaskClient, statements: Statements) -> None:
    counts = []
    for address in ("/metiers?mots=nounou", "/metiers"):
        statements.clear()
        assert browser.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_the_export_holds_every_trade(browser: FlaskClient) -> None:
    lines = browser.get("/metiers?export=csv").get_data(as_text=True).splitlines()
    assert len(lines) > 140
    assert any("Cariste" in line and "CACES 3" in line and line.endswith(";Portail") for line in lines)


def test_a_trade_shows_its_words_its_near_trades_and_what_the_law_asks(
    browser: FlaskClient, statements: Statements
) -> None:
    statements.clear()
    page = _text(browser.get("/metiers/agent-securite"))
    assert len(statements) <= 12
    assert "vigile" in page
    assert "Carte professionnelle de sécurité privée" in page
    assert "Agent de sécurité événementielle" in page


def test_words_are_edited_one_a_line(browser: FlaskClient, session: scoped_session) -> None:
    version = session.get(Trade, "plongeur").version
    sent = {"version": version, "words": "plonge\r\n  laver la   vaisselle\r\n\r\nPlonge"}
    page = _text(browser.post("/metiers/plongeur", data=sent, follow_redirects=True))
    assert "Les mots sont enregistrés" in page
    session.expire_all()
    assert session.get(Trade, "plongeur").words == ["plonge", "laver la vaisselle"]
    assert "Plongeur en restauration" in _text(browser.get("/metiers?mots=laver+vaisselle"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Gardez au moins un mot"),
        ("\n ,, \n", "Gardez au moins un mot"),
        ("\n".join(f"mot {number}" for number in range(31)), "Gardez 30 mots au plus."),
        ("x" * 61, "60 caractères au plus"),
        ("y" * 10_000, "C’est trop long"),
    ],
)
def test_wrong_words_are_explained_and_kept(
    browser: FlaskClient, session: scoped_session, words: str, message: str
) -> None:
    version = session.get(Trade, "plongeur").version
    page = _text(browser.post("/metiers/plongeur", data={"version": version, "words": words}))
    assert message in page
    assert words.strip() in page
    session.expire_all()
    assert "plonge" in session.get(Trade, "plongeur").words


def test_two_editors_of_words_see_both_versions(browser: FlaskClient) -> None:
    answer = browser.post("/metiers/plongeur", data={"version": "0", "words": "assiettes"})
    assert answer.status_code == 409
    assert "assiettes" in _text(answer)
    assert "vaisselle" in _text(answer)


def test_words_are_text_and_never_markup(browser: FlaskClient, session: scoped_session) -> None:
    version = session.get(Trade, "plongeur").version
    browser.post("/metiers/plongeur", data={"version": version, "words": "<b>plonge</b>"})
    assert "&lt;b&gt;plonge&lt;/b&gt;" in _text(browser.get("/metiers?mots=plongeur"))


def test_the_page_of_the_official_list_says_that_it_is_not_there_then_what_came(browser: FlaskClient) -> None:
    assert "La liste officielle n’est pas importée" in _text(browser.get("/metiers-rome"))
    summary = import_rome(SAMPLES / "codes.csv", SAMPLES / "appellations.csv")
    page = _text(browser.get("/metiers-rome"))
    assert f"{summary.added} noms de métier" in page
    assert "Le portail" in page


def test_an_unknown_trade_is_a_404(browser: FlaskClient) -> None:
    assert browser.get("/metiers/inconnu").status_code == 404
    assert browser.post("/metiers/inconnu", data={"version": "1", "words": "x"}).status_code == 404
