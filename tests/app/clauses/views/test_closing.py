"""« Pénalités » and « Attestation », the document, the page that checks it, and the consolidation file."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import ClauseCategory, Statement
from app.clauses.rules.closing import shown_code
from app.clauses.rules.states import ContractState, ReportState
from app.clauses.rules.terms import TEMPLATES
from app.core.roles import Role
from tests.conftest import Statements
from tests.factories.clauses import Site, a_line, a_lot, a_person, a_report, a_site, an_employment, terms_for
from tests.factories.people import somebody
from tests.tagged_pdf import TaggedPdf

SignIn = Callable[..., FlaskClient]
SECRET = "Zone confidentielle"


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """800 h owed, 650 validated, delivered on 31 October 2026."""
    made = a_site(800, delivered_on=date(2026, 10, 31), state=ContractState.DELIVERED)
    terms_for(made.contract, next(one.terms for one in TEMPLATES if one.slug == "works_quarterly"))
    session.get_one(ClauseCategory, "rsa").label = SECRET
    worker = an_employment(made.holder, a_person(last_name="Diarra", birth_date=date(1990, 1, 1)))
    for month, hours in ((4, 150), (5, 150), (6, 150), (7, 150), (8, 50)):
        a_line(a_report(made.holder, date(2026, month, 1), ReportState.LOCKED), worker, hours)
    session.commit()
    return made


def _url(site: Site, end: str) -> str:
    return f"/clauses/marches/{site.contract.id}/{end}"


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def _issue(client: FlaskClient, site: Site, **values: str) -> str:
    page = client.get(_url(site, "attestation")).text
    row_id = re.search(r'name="row_id"[^>]*value="([^"]+)"', page)
    assert row_id
    said = {
        "csrf_token": _token(page), "row_id": row_id[1], "kind": "attestation", "lot": str(site.lot.id),
        "as_of": "05/11/2026", "signatory_name": "Samia Benali", "signatory_title": "Facilitatrice", **values,
    }  # fmt: skip
    return client.post(_url(site, "attestation"), data=said, follow_redirects=True).text


def test_a_facilitator_computes_30_000_euros_and_notes_the_notification(
    client: FlaskClient, site: Site, sign_in: SignIn
) -> None:
    sign_in(site.facilitator)
    page = client.get(_url(site, "penalites")).text
    assert "150\u00a0h" in page
    token = _token(page)
    page = client.post(_url(site, "penalites/calculer"), data={"csrf_token": token}, follow_redirects=True).text
    assert "30\u00a0000\u00a0€" in page
    notify = re.search(r'href="(/clauses/penalites/[^"]+/notifier)"', page)
    assert notify
    form = client.get(notify[1]).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)
    assert version
    said = {"csrf_token": _token(form), "version": version[1], "notified_on": "04/11/2026"}
    assert "notifiée le 04/11/2026" in client.post(notify[1], data=said, follow_redirects=True).text


def test_a_penalty_is_not_waived_in_silence(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(site.facilitator)
    token = _token(client.get(_url(site, "penalites")).text)
    page = client.post(_url(site, "penalites/calculer"), data={"csrf_token": token}, follow_redirects=True).text
    waive = re.search(r'href="(/clauses/penalites/[^"]+/lever)"', page)
    assert waive
    form = client.get(waive[1]).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)
    assert version
    page = client.post(waive[1], data={"csrf_token": _token(form), "version": version[1], "reason": ""}).text
    assert "Dites pourquoi la pénalité est levée." in page
    assert page.count("Erreur") >= 1


def test_a_late_proof_without_a_date_says_so_and_keeps_what_was_typed(
    client: FlaskClient, site: Site, sign_in: SignIn
) -> None:
    sign_in(site.facilitator)
    token = _token(client.get(_url(site, "penalites")).text)
    said = {"csrf_token": token, "lot": str(site.lot.id), "notice_due_on": "bientôt", "received_on": "13/10/2026"}
    page = client.post(_url(site, "penalites/retard"), data=said).text
    assert 'value="bientôt"' in page
    assert 'value="13/10/2026"' in page


def test_an_attestation_is_issued_and_checked_by_anybody(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    sign_in(site.facilitator)
    _issue(client, site)
    row = session.scalars(select(Statement)).one()
    client.post("/deconnexion", data={})
    page = client.get("/attestations", query_string={"code": shown_code(row.code).lower()}).text
    assert "Ce document est authentique" in page
    assert "650\u00a0h" in page
    assert "800\u00a0h" in page
    assert "Diarra" not in page
    assert "Ce code n’est pas connu" in client.get("/attestations?code=0000-0000-0000").text


@pytest.mark.usefixtures("pdf_machine")
def test_the_document_is_a_tagged_pdf_that_names_nobody(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    sign_in(site.facilitator)
    _issue(client, site)
    row = session.scalars(select(Statement)).one()
    answer = client.get(f"/clauses/bilans/{row.id}.pdf")
    assert answer.mimetype == "application/pdf"
    document = TaggedPdf(answer.data)
    assert document.faults() == []
    assert "650 h ont été réalisées et validées sur 800 h dues" in " ".join(document.text.split())
    assert "Diarra" not in document.text
    assert answer.data == client.get(f"/clauses/bilans/{row.id}.pdf").data
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_annulled_document_says_so(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    sign_in(site.facilitator)
    _issue(client, site)
    row = session.scalars(select(Statement)).one()
    url = f"/clauses/bilans/{row.id}/annuler"
    token = _token(client.get(url).text)
    assert "Dites pourquoi" in client.post(url, data={"csrf_token": token, "reason": ""}).text
    client.post(url, data={"csrf_token": token, "reason": "Erreur de lot."})
    assert "Ce document est annulé" in client.get(f"/attestations?code={row.code}").text


def test_a_firm_reads_the_documents_of_its_lots_only(
    client: FlaskClient, site: Site, sign_in: SignIn, session: scoped_session
) -> None:
    other = a_lot(site.contract, 100, title="Gros œuvre")
    session.commit()
    sign_in(site.facilitator)
    _issue(client, site)
    _issue(client, site, lot=str(other.id))
    _issue(client, site, lot="marche")
    rows = {row.lot_id: row for row in session.scalars(select(Statement))}
    sign_in(site.employer)
    page = client.get(_url(site, "attestation")).text
    assert shown_code(rows[site.lot.id].code) in page
    assert shown_code(rows[other.id].code) not in page
    assert client.get(f"/clauses/bilans/{rows[other.id].id}.pdf").status_code == 404
    assert client.get(f"/clauses/bilans/{rows[None].id}.pdf").status_code == 404
    assert client.get(_url(site, "penalites")).status_code == 403
    assert SECRET not in page


def test_the_consolidation_counts_and_names_nobody(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(site.facilitator)
    page = client.get("/clauses/consolidation?du=01/01/2026&au=31/12/2026").text
    assert "1 lot" in page.replace("\u00a0", " ")
    lines = client.get("/clauses/consolidation?du=01/01/2026&au=31/12/2026&export=csv").text.splitlines()
    row = dict(zip(lines[0].lstrip("\ufeff").split(";"), lines[1].split(";"), strict=True))
    assert (row["Heures dues"], row["Heures réalisées"], row["Personnes"]) == ("800,00", "650,00", "1")
    assert (row["dont RSA"], row["dont 26 à 49 ans"], row["Contrats CDD"], row["Contrats CDI"]) == ("1", "1", "1", "0")
    assert row["Heures en embauche directe"] == "650,00"
    assert row["dont femmes"] == ""
    assert "Diarra" not in "".join(lines)


def test_a_period_that_goes_backwards_is_said(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(site.facilitator)
    assert "La fin est avant le début." in client.get("/clauses/consolidation?du=31/12/2026&au=01/01/2026").text


def test_another_plie_finds_nothing(client: FlaskClient, site: Site, sign_in: SignIn) -> None:
    sign_in(somebody(Role.FACILITATOR, territory="sud-essonne"))
    assert client.get(_url(site, "penalites")).status_code == 404
    assert client.get(_url(site, "attestation")).status_code == 404
    assert "0 lot" in client.get("/clauses/consolidation?du=01/01/2026&au=31/12/2026").text.replace("\u00a0", " ")


@pytest.mark.parametrize("end", ["penalites", "attestation"])
def test_the_pages_ask_few_questions_of_the_database(
    client: FlaskClient, site: Site, sign_in: SignIn, statements: Statements, end: str
) -> None:
    for _ in range(4):
        a_lot(site.contract, 10)
    sign_in(site.facilitator)
    client.get(_url(site, end))
    statements.clear()
    client.get(_url(site, end))
    assert len(statements) <= 12
