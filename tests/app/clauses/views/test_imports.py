"""« Importer un tableur » as a firm uses it, and the worst files that come."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.models import HourImport, HourImportLine, HourLine, HourReport
from app.clauses.rules.states import ReportState
from app.core import clock
from app.core.roles import Role
from app.core.sheets import read_sheet
from tests.factories.clauses import Site, a_holder, a_line, a_lot, a_person, a_report, a_site, an_employment
from tests.factories.people import somebody

OCTOBER = date(2026, 10, 1)
TITLES = ("Nom", "Prénom", "Mois", "Heures")
pytestmark = pytest.mark.usefixtures("today")
SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def site(session: scoped_session) -> Site:
    site = a_site(notified_on=date(2026, 9, 1))
    for first, last in (("Mamadou", "Diarra"), ("Awa", "Koné"), ("Luc", "Petit")):
        an_employment(site.holder, a_person(first_name=first, last_name=last), started_on=date(2026, 9, 1))
    return site


@pytest.fixture
def firm(site: Site, sign_in: SignIn) -> FlaskClient:
    return sign_in(site.employer)


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def table(*rows: Any, titles: Any = TITLES) -> bytes:
    return "\r\n".join(";".join(map(str, row)) for row in (titles, *rows)).encode()


def workbook(*rows: Any) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def send(client: FlaskClient, data: bytes, name: str = "octobre.csv", **values: Any) -> Any:
    said = {"row_id": str(uuid4()), "sheet": (io.BytesIO(data), name), **values}
    return client.post("/mes-heures/importer", data=said, content_type="multipart/form-data")


def preview(client: FlaskClient, data: bytes, name: str = "octobre.csv", **values: Any) -> tuple[str, str]:
    """(address, page) of the preview."""
    answer = send(client, data, name, **values)
    assert answer.status_code == 303, text_of(answer)
    page = client.get(answer.location)
    assert page.status_code == 200, page.location
    return answer.location, text_of(page)


def take(client: FlaskClient, url: str, **values: Any) -> str:
    return text_of(client.post(f"{url}/prendre", data=values, follow_redirects=True))


def hours(session: scoped_session) -> list[Decimal]:
    return list(session.scalars(select(HourLine.hours).order_by(HourLine.hours)))


def test_a_right_file_is_read_shown_taken_and_put_in_a_draft(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    url, page = preview(firm, table(("DIARRA", "Mamadou", "10/2026", "151,67"), ("Koné", "Awa", "oct. 2026", "70")))
    assert "2 lignes justes" in page
    assert not hours(session)
    page = take(firm, url)
    assert "2 lignes prises" in page
    assert "à vérifier et envoyer" in page
    assert hours(session) == [Decimal(70), Decimal("151.67")]
    assert session.scalars(select(HourReport.state)).all() == [ReportState.DRAFT]


def test_every_wrong_cell_is_named_and_the_right_lines_wait_for_a_tick(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    rows = (
        ("Diarra", "Mamadou", "10/2026", "150"),
        ("Koné", "Awa", "10/2026", "1e9"),
        ("Petit", "Luc", "13/2026", "7"),
    )
    url, page = preview(firm, table(*rows))
    assert "D3, Heures" in page and "208 h au plus" in page  # noqa: PT018
    assert "C4, Mois" in page and "Ce n’est pas un mois" in page  # noqa: PT018
    assert "Cochez la case" in take(firm, url)
    assert not hours(session)
    take(firm, url, partly="y")
    assert hours(session) == [Decimal(150)]


def test_the_file_comes_back_with_its_errors(site: Site, firm: FlaskClient) -> None:
    data = workbook(TITLES, ("Diarra", "Mamadou", "10/2026", 150), ("Inconnu", "Paul", "10/2026", 10))
    url, page = preview(firm, data, "paie.xlsx")
    assert "Cette personne n’est pas sur vos lots : demandez à votre facilitateur." in page
    answer = firm.get(f"{url}/erreurs")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    assert sheet["E1"].value == "Erreurs"
    assert "pas sur vos lots" in str(sheet["E3"].value)
    assert sheet["E2"].value is None


def test_the_same_file_and_the_same_lines_add_nothing(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    row = ("Diarra", "Mamadou", "10/2026", "150")
    url, _ = preview(firm, table(row))
    take(firm, url)
    again, page = preview(firm, table(row))
    assert again == url
    assert "déjà été lu" in page
    _, page = preview(firm, table(row, ()), "autre.csv")
    assert "1 déjà là" in page and "Déjà dans votre brouillon" in page  # noqa: PT018
    assert hours(session) == [Decimal(150)]


def test_hours_already_sent_never_change(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    person = session.scalars(select(HourImport)).first() or an_employment(site.holder, a_person(last_name="Sow"))
    report = a_report(site.holder, OCTOBER, ReportState.DECLARED)
    a_line(report, person, 100)
    url, page = preview(firm, table(("Sow", "Camille", "10/2026", "120")))
    assert "Déjà envoyée : rien n’est changé. La déclaration dit 100 h" in page
    assert "aucune ligne à prendre" in take(firm, url)
    assert hours(session) == [Decimal(100)]


def test_another_spelling_is_confirmed_once_and_remembered(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    url, page = preview(firm, table(("Diara", "Mamadou", "10/2026", "100")))
    assert "Qui est-ce ?" in page
    values = dict(re.findall(r'name="(nom-0)" value="([^"]+)"', page))
    person = re.findall(r'<option value="([0-9a-f-]{36})">C’est', page)[0]
    page = text_of(firm.post(f"{url}/noms", data={**values, "personne-0": person}, follow_redirects=True))
    assert "1 ligne juste" in page
    _, page = preview(firm, table(("Diara", "Mamadou", "09/2026", "90")), "septembre.csv")
    assert "1 ligne juste" in page


def test_the_same_person_under_two_spellings_is_said(site: Site, firm: FlaskClient) -> None:
    _, page = preview(firm, table(("Diarra", "Mamadou", "10/2026", "100"), ("Mamadou", "DIARRA", "10/2026", "50")))
    assert "La première est à la ligne 2" in page
    assert "A3, Nom" in page


def test_columns_that_no_title_tells_are_asked_then_remembered(site: Site, firm: FlaskClient) -> None:
    titles = ("Salarié", "Période", "Truc", "Divers")
    answer = send(firm, table(("Diarra Mamadou", "10/2026", "100", "x"), titles=titles))
    answer = firm.get(answer.location)
    assert answer.location.endswith("/colonnes")
    page = text_of(firm.get(answer.location))
    assert "C. Truc (100)" in page
    page = text_of(firm.post(answer.location, data={"c_full_name": "0", "c_month": "1"}))
    assert "Dites quelle colonne donne les heures." in page
    chosen = {"c_full_name": "0", "c_month": "1", "c_hours": "2"}
    page = text_of(firm.post(answer.location, data=chosen, follow_redirects=True))
    assert "1 ligne juste" in page
    _, page = preview(firm, table(("Koné Awa", "10/2026", "80", "y"), titles=titles), "deux.csv")
    assert "1 ligne juste" in page


def test_lot_and_month_may_be_given_once_for_all(site: Site, firm: FlaskClient) -> None:
    data = table(("Diarra", "Mamadou", "100"), titles=("Nom", "Prénom", "Heures"))
    _, page = preview(firm, data, lot=str(site.holder.id), month="2026-10-01")
    assert "octobre 2026" in page and "1 ligne juste" in page  # noqa: PT018


def test_an_import_is_undone_within_seven_days_and_drafts_are_as_before(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    row = ("Diarra", "Mamadou", "10/2026", "150")
    url, _ = preview(firm, table(row))
    take(firm, url)
    page = text_of(firm.post(f"{url}/annuler", follow_redirects=True))
    assert "L’import est annulé" in page
    assert not hours(session)
    assert not session.scalars(select(HourReport)).all()
    again, page = preview(firm, table(row))
    assert again != url and "1 ligne juste" in page  # noqa: PT018


def test_a_draft_that_the_file_replaced_comes_back(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    person = an_employment(site.holder, a_person(last_name="Sow"))
    a_line(a_report(site.holder, OCTOBER), person, 40)
    url, _ = preview(firm, table(("Sow", "Camille", "10/2026", "120")))
    take(firm, url)
    assert hours(session) == [Decimal(120)]
    firm.post(f"{url}/annuler")
    session.expire_all()
    assert hours(session) == [Decimal(40)]


def test_an_import_already_sent_or_too_old_stays(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    url, _ = preview(firm, table(("Diarra", "Mamadou", "10/2026", "150")))
    take(firm, url)
    made = session.scalars(select(HourImport)).one()
    made.accepted_at = clock.now() - timedelta(days=8)
    session.commit()
    assert "s’annule pendant 7 jours" in text_of(firm.post(f"{url}/annuler"))
    made.accepted_at = clock.now() - timedelta(days=7)
    for line in session.scalars(select(HourLine)):
        line.state, line.declared_on = ReportState.DECLARED, date(2026, 11, 5)
    session.commit()
    page = text_of(firm.post(f"{url}/annuler"))
    assert "déjà envoyées" in page and "Octobre 2026, lot 1" in page  # noqa: PT018
    assert hours(session) == [Decimal(150)]


def test_a_reading_goes_on_where_it_stopped(
    site: Site, firm: FlaskClient, session: scoped_session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.clauses.service.imports.CHUNK", 2)
    monkeypatch.setattr("app.clauses.service.imports.continue_reading.__kwdefaults__", {"sheet": None, "seconds": 0})
    answer = send(firm, table(*(("Inconnu", f"Numéro{rank}", "10/2026", "7") for rank in range(5))))
    page = text_of(firm.get(answer.location))
    assert "2 lignes lues sur 5" in page
    assert 'http-equiv="refresh"' in page
    firm.post(f"{answer.location}/continuer")
    assert "4 lignes lues sur 5" in text_of(firm.get(answer.location))
    page = text_of(firm.get(f"{answer.location}?suite=oui", follow_redirects=True))
    assert "5 à corriger" in page
    assert session.scalars(select(HourImportLine.number)).all() == [1, 2, 3, 4, 5]


def test_the_worst_workbook_is_read_at_the_cell(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Suivi des heures 2026"])
    sheet.merge_cells("A1:AN1")
    sheet.append(["Nom", "Prénom", "Mois", *[f"Divers {rank}" for rank in range(36)], "Heures"])
    sheet.append(["Diarra", "Mamadou", "10/2026", *[""] * 36, "=AA3*2"])
    sheet.append(["Koné", "Awa", "10/2026", *[""] * 36, "#REF!"])
    sheet.append(["Petit", "Luc", "10/2026", *[""] * 36, 1e9])
    book.save(out)
    _, page = preview(firm, out.getvalue(), "pire.xlsx")
    for cell in ("AN3, Heures", "AN4, Heures", "AN5, Heures"):
        assert cell in page
    assert "3 à corriger" in page
    assert "affiche une erreur du tableur" in page
    assert "208 h au plus" in page


def test_a_zip_bomb_is_refused_beside_the_file(site: Site, firm: FlaskClient) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", "<workbook/>")
        file.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    answer = send(firm, out.getvalue(), "bombe.xlsx")
    assert answer.status_code == 200
    assert "une fois ouvert, il serait démesuré" in text_of(answer)


def test_a_cell_at_the_end_of_the_world_is_left_and_said(site: Site, firm: FlaskClient) -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(TITLES)
    sheet.append(["Diarra", "Mamadou", "10/2026", 100])
    sheet["XFD1048576"] = 1
    book.save(out)
    _, page = preview(firm, out.getvalue(), "loin.xlsx")
    assert "XFD1048576" in page
    assert "1 ligne juste" in page


def test_five_thousand_strangers_are_told_and_the_page_stays_short(
    site: Site, firm: FlaskClient, statements: list[str]
) -> None:
    data = table(*((f"Nom{rank}", f"Prénom{rank}", "10/2026", "7") for rank in range(5000)))
    answer = send(firm, data)
    page = text_of(firm.get(answer.location, follow_redirects=True))
    while "Lecture en cours" in page:
        firm.post(f"{answer.location}/continuer")
        page = text_of(firm.get(answer.location))
    assert "5 000 à corriger" in page.replace("\u202f", " ")
    assert page.count("<tr>") <= 52
    statements.clear()
    firm.get(answer.location)
    assert len(statements) <= 12, statements


def test_a_month_before_notification_is_said_at_the_cell(site: Site, firm: FlaskClient) -> None:
    _, page = preview(firm, table(("Diarra", "Mamadou", "08/2026", "100")))
    assert "C2, Mois" in page
    assert "avant la notification" in page


def test_a_person_of_another_firm_is_as_unknown_as_anybody(site: Site, firm: FlaskClient) -> None:
    other = a_holder(a_lot(site.contract), somebody(Role.EMPLOYER))
    an_employment(other, a_person(first_name="Zoé", last_name="Martin"))
    _, page = preview(firm, table(("Martin", "Zoé", "10/2026", "100"), ("Personne", "Zut", "10/2026", "100")))
    assert page.count("Cette personne n’est pas sur vos lots") == 2
    assert "Peut-être" not in page


def test_the_template_holds_the_people_of_the_firm_and_reads_back(site: Site, firm: FlaskClient) -> None:
    answer = firm.get("/mes-heures/modele.xlsx")
    sheet = read_sheet(io.BytesIO(answer.data), "modele.xlsx")
    assert [row.cell(0) for row in sheet.rows] == ["Nom", "Diarra", "Koné", "Petit"]
    book = load_workbook(io.BytesIO(answer.data))
    for row in range(2, 5):
        book.active.cell(row, 7).value = 70
    out = io.BytesIO()
    book.save(out)
    _, page = preview(firm, out.getvalue(), "modele.xlsx")
    assert "3 lignes justes" in page


def test_only_the_firm_reads_its_imports(site: Site, firm: FlaskClient, sign_in: SignIn) -> None:
    url, _ = preview(firm, table(("Diarra", "Mamadou", "10/2026", "150")))
    stranger = sign_in(somebody(Role.EMPLOYER))
    for path in (url, f"{url}/colonnes", f"{url}/erreurs"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{url}/prendre").status_code == 404
    assert sign_in(site.facilitator).get("/mes-heures/importer").status_code == 403


def test_the_list_is_short_and_exported(site: Site, firm: FlaskClient, statements: list[str]) -> None:
    for rank in range(3):
        preview(firm, table(("Diarra", "Mamadou", "10/2026", 100 + rank)), f"fichier{rank}.csv")
    statements.clear()
    page = text_of(firm.get("/mes-heures/imports?tri=fichier"))
    assert len(statements) <= 12
    assert page.index("fichier0.csv") < page.index("fichier2.csv")
    assert "fichier1.csv" in text_of(firm.get("/mes-heures/imports?export=csv"))
    statements.clear()
    firm.get("/mes-heures/importer")
    assert len(statements) <= 12
