"""« À faire » of the clauses, and its lines on the home page."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.clauses.rules.states import ContractState, ReportState
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import Site, a_contract, a_line, a_report, a_site, an_employment
from tests.factories.people import somebody

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A report to validate and a contract delivered."""
    made = a_site()
    a_line(a_report(made.holder, date(2026, 10, 1), ReportState.DECLARED), an_employment(made.holder), 100)
    a_contract(made.facilitator, state=ContractState.DELIVERED, delivered_on=date(2026, 10, 31))
    session.commit()
    return made


def test_a_facilitator_reads_what_waits_on_the_home_page_and_on_their_own(
    client: FlaskClient, site: Site, sign_in: SignIn
) -> None:
    sign_in(site.facilitator)
    home = client.get("/accueil").text
    assert "1 déclaration d’heures à valider" in home.replace("\u00a0", " ")
    assert "1 marché à clore ou à prolonger" in home.replace("\u00a0", " ")
    page = client.get("/clauses/a-faire").text.replace("\u00a0", " ")
    assert "1 déclaration d’heures à valider" in page
    assert "1 marché livré à clore" in page


def test_another_plie_has_nothing_to_do_there(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert "Tout est à jour" in client.get("/clauses/a-faire").text
    assert "à valider" not in client.get("/accueil").text.split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("path", ["/accueil", "/clauses/a-faire"])
def test_the_pages_ask_few_questions_of_the_database(
    client: FlaskClient, site: Site, sign_in: SignIn, statements: Statements, path: str
) -> None:
    sign_in(site.facilitator)
    client.get(path)
    statements.clear()
    client.get(path)
    assert len(statements) <= 12
