"""« Heures à valider », the page of a report, corrections, the hours of a contract: as those who steer see them."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourLine, HourReport
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from tests.factories.clauses import Site, a_holder, a_line, a_lot, a_report, a_site, an_employment
from tests.factories.people import somebody

OCTOBER = date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site()


@pytest.fixture
def report(site: Site) -> HourReport:
    sent = a_report(site.holder, OCTOBER, ReportState.DECLARED, declared_by=site.employer.user.id)
    for hours in (100, 50):
        a_line(sent, an_employment(site.holder), hours)
    return sent


@pytest.fixture
def desk(site: Site, sign_in: Callable[[Any], FlaskClient]) -> FlaskClient:
    return sign_in(site.facilitator)


def _text(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def _settle(client: FlaskClient, report: HourReport, action: str, **values: Any) -> Any:
    url = f"/clauses/heures/{report.id}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', _text(client.get(url)))
    assert version
    return client.post(url, data={"version": version[1], "action": action, **values})


def test_what_waits_is_listed_with_its_hours(site: Site, report: HourReport, desk: FlaskClient) -> None:
    page = _text(desk.get("/clauses/heures"))
    assert "1 déclaration attend votre décision" in page
    assert site.holder.name in page
    assert "150 h" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("etat=declared", True), ("etat=locked", False), ("etat=tous", True), ("lot=1", True), ("lot=9", False),
     ("retard=oui", False), ("acheteur=nonsense", True), ("tri=-date", True), ("tri=nonsense&page=99", True)],
)  # fmt: skip
def test_filters_are_in_the_address(site: Site, report: HourReport, desk: FlaskClient, query: str, found: bool) -> None:
    assert (site.holder.name in _text(desk.get(f"/clauses/heures?{query}"))) is found


def test_both_controls_are_shown_for_each_line(site: Site, report: HourReport, desk: FlaskClient) -> None:
    late = an_employment(site.holder, counts_until=date(2026, 9, 30))
    a_line(report, late, 20)
    page = _text(desk.get(f"/clauses/heures/{report.id}"))
    assert "Éligible, embauche du 16/03/2026, compte jusqu’au 15/03/2028" in page
    assert "En poste tout le mois, dans les dates du marché" in page
    assert "Aucune pièce jointe" in page
    assert "Cette personne ne compte pas pour la clause ce mois-là" in page


def test_all_is_validated_in_one_click(report: HourReport, desk: FlaskClient, session: scoped_session) -> None:
    assert _settle(desk, report, "all").status_code == 303
    session.expire_all()
    assert session.get_one(HourReport, report.id).state is ReportState.VALIDATED
    assert "Clore la période" in _text(desk.get(f"/clauses/heures/{report.id}"))
    assert _settle(desk, report, "lock").status_code == 303
    session.expire_all()
    assert session.get_one(HourReport, report.id).state is ReportState.LOCKED


def test_a_line_goes_back_with_the_reason_beside_it(
    report: HourReport, desk: FlaskClient, session: scoped_session
) -> None:
    line = session.scalars(select(HourLine).where(HourLine.hours == 50)).one()
    values = {"ligne": line.id, f"motif-{line.id}": "Joindre la paie."}
    assert _settle(desk, report, "return", **values).status_code == 303
    session.refresh(line)
    assert (line.state, line.return_text) == (ReportState.RETURNED, "Joindre la paie.")


def test_a_return_without_a_reason_says_so_and_keeps_what_is_ticked(
    report: HourReport, desk: FlaskClient, session: scoped_session
) -> None:
    session.commit()
    line = session.scalars(select(HourLine).where(HourLine.hours == 50)).one()
    page = _text(_settle(desk, report, "return", ligne=line.id))
    assert "Dites ce que l’entreprise doit corriger." in page
    assert re.search(rf'value="{line.id}"[^>]*checked', page)


def test_a_page_that_is_out_of_date_is_a_conflict(
    report: HourReport, desk: FlaskClient, session: scoped_session
) -> None:
    session.commit()
    answer = desk.post(f"/clauses/heures/{report.id}", data={"version": "99", "action": "all"})
    assert answer.status_code == 409


def test_a_locked_line_is_corrected_and_both_are_shown(site: Site, desk: FlaskClient, session: scoped_session) -> None:
    closed = a_report(site.holder, OCTOBER, ReportState.LOCKED)
    line = a_line(closed, an_employment(site.holder), 100)
    session.commit()
    url = f"/clauses/heures/lignes/{line.id}/corriger"
    assert "Écrivez la différence" in _text(desk.post(url, data={}))
    answer = desk.post(url, data={"delta": "-7,50", "text": "Absence comptée à tort"}, follow_redirects=True)
    page = _text(answer)
    assert "92,50" in page
    assert "Absence comptée à tort" in page
    assert session.get_one(HourLine, line.id).hours == Decimal(100)


def test_the_departement_reads_without_buttons_and_firms_not_at_all(
    site: Site, report: HourReport, sign_in: Callable[[Any], FlaskClient]
) -> None:
    page = _text(sign_in(somebody(Role.DEPARTMENT)).get(f"/clauses/heures/{report.id}"))
    assert "Tout valider" not in page
    assert site.holder.name in page
    assert sign_in(site.employer).get(f"/clauses/heures/{report.id}").status_code == 403


def test_a_facilitator_of_elsewhere_finds_nothing(report: HourReport, sign_in: Callable[[Any], FlaskClient]) -> None:
    client = sign_in(somebody(Role.FACILITATOR, territory="nord-est"))
    assert client.get(f"/clauses/heures/{report.id}").status_code == 404


def test_the_tab_shows_holders_and_periods_and_gives_the_lines(
    site: Site, report: HourReport, desk: FlaskClient
) -> None:
    a_holder(a_lot(site.contract), organisation_id=None, name="Maçonnerie Petit")
    url = f"/clauses/marches/{site.contract.id}/heures"
    page = _text(desk.get(url))
    assert "150 h" in page
    assert "Sans compte sur le portail" in page
    csv = _text(desk.get(f"{url}?export=csv"))
    assert csv.count("\r\n") == 3
    assert "50,00" in csv


def test_a_facilitator_types_for_a_firm_without_an_account(site: Site, desk: FlaskClient) -> None:
    alone = a_holder(a_lot(site.contract), organisation_id=None, name="Maçonnerie Petit")
    an_employment(alone)
    values = {"titulaire": alone.id, "mois": "2026-10-01", "action": "begin"}
    page = _text(desk.post("/mes-heures/commencer", data=values, follow_redirects=True))
    assert "Vérifier et envoyer" in page


@pytest.mark.parametrize("page", ["/clauses/heures", "/clauses/heures/{report}", "/clauses/marches/{contract}/heures"])
def test_a_page_takes_twelve_statements_at_most(
    site: Site, report: HourReport, desk: FlaskClient, statements: list[str], page: str
) -> None:
    for _ in range(10):
        a_line(report, an_employment(site.holder), 10)
    url = page.format(report=report.id, contract=site.contract.id)
    desk.get(url)
    statements.clear()
    assert desk.get(url).status_code == 200
    assert len(statements) <= 12
