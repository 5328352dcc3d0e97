"""« Relances » and the papers of a report, as people see them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.clauses.jobs import chase
from app.clauses.models import HourDocument, HourReminder
from app.clauses.queries.hours_to_do import to_do_for
from app.clauses.rules.states import ReportState
from app.core.roles import Role
from tests.factories.clauses import Site, a_line, a_report, a_site, an_employment
from tests.factories.people import somebody

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 16)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    return a_site(notified_on=date(2026, 10, 5))


def _text(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_a_reminder_is_read_over_then_sent(
    site: Site, sign_in: Callable[[Any], FlaskClient], session: scoped_session, statements: list[str]
) -> None:
    chase(NOVEMBER)
    desk = sign_in(site.facilitator)
    desk.get("/clauses/relances")
    statements.clear()
    assert site.holder.name in _text(desk.get("/clauses/relances"))
    assert len(statements) <= 12
    row = session.scalars(select(HourReminder)).one()
    url = f"/clauses/relances/{row.id}"
    assert "nous ne les avons pas reçues" in _text(desk.get(url))
    assert "Écrivez le message." in _text(desk.post(url, data={"text": " ", "action": "send"}))
    assert "Relance envoyée à 1 personne" in _text(
        desk.post(url, data={"text": row.text, "action": "send"}, follow_redirects=True)
    )
    assert desk.get(url).status_code == 404


def test_a_firm_does_not_read_reminders(site: Site, sign_in: Callable[[Any], FlaskClient]) -> None:
    assert sign_in(site.employer).get("/clauses/relances").status_code == 403


def test_what_waits_is_said_on_the_home_page(site: Site, session: scoped_session, today: date) -> None:
    (item,) = to_do_for(site.employer.actor, today)
    assert item.title.replace("\u00a0", " ") == "Heures d’octobre 2026 à envoyer avant le dimanche 15 novembre"
    a_line(a_report(site.holder, OCTOBER, ReportState.DECLARED), an_employment(site.holder), 100)
    chase(NOVEMBER)
    titles = [one.title.replace("\u00a0", " ") for one in to_do_for(site.facilitator.actor, today)]
    assert titles == ["1 déclaration d’heures à valider"]
    assert not to_do_for(site.employer.actor, today)


def test_a_paper_is_joined_downloaded_and_never_shown_inside(
    site: Site, sign_in: Callable[[Any], FlaskClient], session: scoped_session
) -> None:
    report, person = a_report(site.holder, OCTOBER), an_employment(site.holder)
    firm = sign_in(site.employer)
    url = f"/mes-heures/{report.id}/pieces"
    assert "Choisissez un fichier." in _text(firm.post(url, data={}))
    values = {"document": (BytesIO(b"<script>"), "paie.pdf"), "personne": str(person.id)}
    assert "ni un PDF" in _text(firm.post(url, data=values, content_type="multipart/form-data"))
    values["document"] = (BytesIO(b"%PDF-1.7 paie"), "Paie d’été.pdf")
    firm.post(url, data=values, content_type="multipart/form-data")
    paper = session.scalars(select(HourDocument)).one()
    answer = firm.get(f"/clauses/pieces/{paper.id}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=paie-d-ete.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data == b"%PDF-1.7 paie"
    assert sign_in(somebody(Role.EMPLOYER)).get(f"/clauses/pieces/{paper.id}").status_code == 404
    assert sign_in(somebody(Role.REFERENT)).get(f"/clauses/pieces/{paper.id}").status_code == 403
