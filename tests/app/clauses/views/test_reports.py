"""« Mes heures » and the grid, as a firm sees and sends them."""

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
from app.clauses.queries.hour_grid import cell_name
from app.clauses.rules.kinds import HourKind
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from tests.factories.clauses import (
    Site,
    a_contract,
    a_holder,
    a_line,
    a_lot,
    a_person,
    a_report,
    a_site,
    an_employment,
)
from tests.factories.people import somebody

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site(notified_on=date(2026, 9, 1))


@pytest.fixture
def firm(site: Site, sign_in: Callable[[Any], FlaskClient]) -> FlaskClient:
    return sign_in(site.employer)


def _text(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def _boxes(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="text" inputmode="decimal" id="[^"]+" name="(h-[^"]+)" value="([^"]*)"', page))


def _version(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def _send(client: FlaskClient, report: HourReport, action: str, **cells: str) -> Any:
    url = f"/mes-heures/{report.id}"
    page = _text(client.get(url))
    values = {**_boxes(page), **cells, "version": _version(page), "action": action}
    return client.post(url, data=values)


def test_what_is_due_comes_first_late_before_the_rest(site: Site, firm: FlaskClient) -> None:
    page = _text(firm.get("/mes-heures"))
    assert page.index("Septembre 2026") < page.index("Octobre 2026") < page.index("Novembre 2026")
    assert "en retard de 22 jours" in page  # due before 15 October, read on 5 November
    assert "avant le 15 novembre" in page
    assert page.count("btn-main") == 1


def test_one_button_opens_the_grid_filled_in(site: Site, firm: FlaskClient) -> None:
    a_line(a_report(site.holder, SEPTEMBER, ReportState.LOCKED), an_employment(site.holder), "147.00")
    answer = firm.post("/mes-heures/commencer", data={"titulaire": site.holder.id, "mois": "2026-10-01"})
    page = _text(firm.get(answer.headers["Location"]))
    assert "Heures d’octobre 2026" in page
    assert list(_boxes(page).values()) == ["147,00"]
    assert "validé" in page


def test_nobody_this_month_in_one_click(site: Site, firm: FlaskClient, session: scoped_session) -> None:
    values = {"titulaire": site.holder.id, "mois": "2026-10-01", "action": "nobody"}
    page = _text(firm.post("/mes-heures/commencer", data=values, follow_redirects=True))
    assert "personne ce mois-ci" in page
    assert session.scalars(select(HourReport.state)).all() == [ReportState.DECLARED]


def test_a_draft_keeps_good_cells_and_shows_the_others_as_they_were_typed(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    one, other = an_employment(site.holder), an_employment(site.holder)
    report = a_report(site.holder, OCTOBER)
    good, bad = (cell_name(row.id, HourKind.WORK, OCTOBER) for row in (one, other))
    answer = _send(firm, report, "draft", **{good: "120,50", bad: "cent"})
    page = _text(answer)
    assert _boxes(page) == {good: "120,50", bad: "cent"}
    assert "Ce n’est pas un nombre d’heures" in page
    assert f'href="#{bad}"' in page
    assert session.scalars(select(HourLine.hours)).all() == [Decimal("120.50")]


def test_all_that_is_wrong_is_said_at_the_top_with_links_and_beside_the_cells(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    ended = an_employment(site.holder, counts_until=date(2026, 10, 14))
    long = an_employment(site.holder)
    report = a_report(site.holder, OCTOBER)
    first, second = (cell_name(row.id, HourKind.WORK, OCTOBER) for row in (ended, long))
    page = _text(_send(firm, report, "submit", **{first: "140", second: "168"}))
    assert page.startswith("<!DOCTYPE html>") or "<title>Erreur" in page
    assert f'href="#{first}"' in page and f'href="#{second}"' in page  # noqa: PT018 - both links
    assert "Éligible jusqu’au 14 octobre" in page
    assert "Plus de 151,67 h. Dites pourquoi." in page
    assert page.count("Choisir un motif") >= 1
    assert session.get_one(HourReport, report.id).state is ReportState.DRAFT


def test_a_reason_lifts_what_asks_for_one_and_the_report_leaves(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    person, report = an_employment(site.holder), a_report(site.holder, OCTOBER)
    name = cell_name(person.id, HourKind.WORK, OCTOBER)
    answer = _send(firm, report, "submit", **{name: "168", f"r{name[1:]}": "overtime"})
    assert answer.status_code == 303
    session.expire_all()
    assert session.get_one(HourReport, report.id).state is ReportState.DECLARED


def test_an_employer_never_learns_of_another_contract(site: Site, firm: FlaskClient) -> None:
    person = a_person()
    elsewhere = a_holder(a_lot(a_contract(site.facilitator, title="Chantier secret")), name="Firme cachée")
    a_line(a_report(elsewhere, OCTOBER, ReportState.DECLARED), an_employment(elsewhere, person), 100)
    mine, report = an_employment(site.holder, person), a_report(site.holder, OCTOBER)
    page = _text(_send(firm, report, "submit", **{cell_name(mine.id, HourKind.WORK, OCTOBER): "120"}))
    assert "Au-dessus de 208 h ce mois-ci, toutes déclarations comprises." in page
    assert "secret" not in page
    assert "cachée" not in page
    assert "100,00" not in page


def test_a_returned_cell_of_the_month_before_is_typed_again_beside_this_month(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    person = an_employment(site.holder)
    back = a_report(site.holder, SEPTEMBER, ReportState.RETURNED)
    a_line(back, person, 49)
    report = a_report(site.holder, OCTOBER)
    page = _text(firm.get(f"/mes-heures/{report.id}"))
    assert "Renvoyée : Joindre la paie." in page
    names = [cell_name(person.id, HourKind.WORK, month) for month in (SEPTEMBER, OCTOBER)]
    answer = _send(firm, report, "submit", **dict(zip(names, ("45", "133"), strict=True)))
    assert answer.status_code == 303
    rows = session.execute(select(HourLine.hours, HourLine.state).order_by(HourLine.month)).all()
    assert rows == [(Decimal(45), ReportState.DECLARED), (Decimal(133), ReportState.DECLARED)]
    session.expire_all()
    assert session.get_one(HourReport, back.id).state is ReportState.DECLARED


def test_a_row_of_training_may_be_added(site: Site, firm: FlaskClient) -> None:
    person, report = an_employment(site.holder), a_report(site.holder, OCTOBER)
    row = f"{person.id.hex}-training"
    page = _text(firm.get(f"/mes-heures/{report.id}"))
    assert f'<option value="{row}">' in page
    answer = firm.post(f"/mes-heures/{report.id}", data={"version": _version(page), "action": "add", "ajout": row})
    shown = _boxes(_text(firm.get(answer.headers["Location"])))
    assert cell_name(person.id, HourKind.TRAINING, OCTOBER) in shown


def test_an_apprentice_has_a_row_of_training(site: Site, firm: FlaskClient) -> None:
    person = an_employment(site.holder, employment_kind=EmploymentKind.APPRENTICESHIP)
    report = a_report(site.holder, OCTOBER)
    assert cell_name(person.id, HourKind.TRAINING, OCTOBER) in _boxes(_text(firm.get(f"/mes-heures/{report.id}")))


def test_what_was_sent_is_read_only(site: Site, firm: FlaskClient) -> None:
    report = a_report(site.holder, OCTOBER, ReportState.DECLARED)
    a_line(report, an_employment(site.holder), 120)
    page = _text(firm.get(f"/mes-heures/{report.id}"))
    assert not _boxes(page)
    assert "120,00" in page


@pytest.mark.usefixtures("session")
def test_a_grid_of_sixty_people_takes_twelve_statements_at_most(
    site: Site, firm: FlaskClient, statements: list[str]
) -> None:
    august = a_report(site.holder, date(2026, 8, 1), ReportState.LOCKED)
    september, report = a_report(site.holder, SEPTEMBER, ReportState.LOCKED), a_report(site.holder, OCTOBER)
    for _ in range(60):
        person = an_employment(site.holder)
        for one in (august, september, report):
            a_line(one, person, 100)
    firm.get(f"/mes-heures/{report.id}")
    statements.clear()
    page = _text(firm.get(f"/mes-heures/{report.id}"))
    assert len(_boxes(page)) == 60
    assert len(statements) <= 12


def test_my_hours_take_twelve_statements_at_most(site: Site, firm: FlaskClient, statements: list[str]) -> None:
    for _ in range(5):
        a_holder(a_lot(site.contract), site.employer)
    firm.get("/mes-heures")
    statements.clear()
    assert firm.get("/mes-heures").status_code == 200
    assert len(statements) <= 12


def test_what_was_sent_leaves_as_a_file(site: Site, firm: FlaskClient) -> None:
    a_line(a_report(site.holder, OCTOBER, ReportState.DECLARED), an_employment(site.holder), 120)
    assert "octobre 2026" in _text(firm.get("/mes-heures?export=csv"))
    assert firm.get("/mes-heures?export=xlsx").data[:2] == b"PK"


def test_another_firm_does_not_find_the_report(site: Site, sign_in: Callable[[Any], FlaskClient]) -> None:
    report = a_report(site.holder, OCTOBER)
    other = sign_in(somebody(Role.EMPLOYER))
    assert other.get(f"/mes-heures/{report.id}").status_code == 404
    assert other.post(f"/mes-heures/{report.id}", data={"version": "1"}).status_code == 404


@pytest.mark.parametrize("role", [Role.REFERENT, Role.CANDIDATE, Role.DEPARTMENT])
def test_others_have_no_such_page(session: scoped_session, sign_in: Callable[[Any], FlaskClient], role: Role) -> None:
    assert sign_in(somebody(role)).get("/mes-heures").status_code == 403


@pytest.mark.parametrize("raw", ["1e9", "#REF!", "99999999", "-5", "7,505", "٧", "=1+1", "x" * 5000])
def test_nonsense_is_a_message_at_the_cell_and_never_a_failure(site: Site, firm: FlaskClient, raw: str) -> None:
    person, report = an_employment(site.holder), a_report(site.holder, OCTOBER)
    name = cell_name(person.id, HourKind.WORK, OCTOBER)
    answer = _send(firm, report, "submit", **{name: raw})
    assert answer.status_code == 200
    assert f'id="{name}-m"' in _text(answer)


def test_names_of_cells_that_are_not_ours_change_nothing(
    site: Site, firm: FlaskClient, session: scoped_session
) -> None:
    stranger = an_employment(a_holder(a_lot(site.contract), somebody(Role.EMPLOYER)))
    report = a_report(site.holder, OCTOBER)
    odd = {
        cell_name(stranger.id, HourKind.WORK, OCTOBER): "7",
        "h-zz-work-202610": "7",
        f"h-{'0' * 32}-work-000010": "1",
    }
    assert _send(firm, report, "submit", **odd).status_code == 200
    assert not session.scalars(select(HourLine.id)).all()
