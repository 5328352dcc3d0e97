"""The pages of alerts: only those who may see them do, in lists, counts, files, the journal and the home page."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import SYSTEM, Role
from app.follow_up.models import Alert
from app.follow_up.rules.kinds import AlertKind, AlertLevel, AlertOutcome
from app.follow_up.rules.states import AlertState
from app.follow_up.service import alerts, journal
from tests.conftest import Statements
from tests.factories.alerts import TODAY, a_quiet_one, an_alert, covered
from tests.factories.follow_up import Followed, a_colleague
from tests.factories.people import Somebody, somebody

LIST = "/suivis/alertes"
SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_quiet_one()
    session.commit()
    return made


@pytest.fixture
def alert(followed: Followed) -> Alert:
    made = an_alert(followed)
    journal.log(followed.follow_up.id, "alert", made.id, "open", SYSTEM, words="Deux absences en 10 jours")
    db.session.commit()
    return made


def _text(client: FlaskClient, url: str) -> str:
    """What a person reads."""
    page = html.unescape(client.get(url).get_data(as_text=True)).replace("\u00a0", " ")
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- what is shown ------------------------------------------------------------------------------------------------


def test_the_page_says_the_facts_in_a_sentence_with_dates(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    page = _text(sign_in(followed.referent), f"{LIST}/{alert.id}")
    assert "Deux absences en 10 jours" in page
    assert "Signalées par le tuteur ou la tutrice : samedi 24 octobre et samedi 31 octobre." in page
    assert "Toujours un samedi." in page


def test_the_follow_up_opens_with_its_alert(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    page = _text(sign_in(followed.referent), f"/suivis/{followed.follow_up.id}")
    assert "Deux absences en 10 jours" in page
    assert "samedi 24 octobre et samedi 31 octobre" in page
    assert "Clore l’alerte" in page


def test_each_act_has_its_button_and_leads_back(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    assert client.post(f"{LIST}/{alert.id}/vue", data={"version": 1}).status_code == 303
    assert client.post(f"{LIST}/{alert.id}/action", data={"version": 2, "words": "Appelé"}).status_code == 303
    assert "Appelé" in _text(client, f"{LIST}/{alert.id}")
    ended = client.post(f"{LIST}/{alert.id}/close", data={"version": 3, "outcome": "solved", "words": "Réglé"})
    assert ended.location == LIST
    assert db.session.scalars(select(Alert.state)).one() is AlertState.CLOSED


def test_what_lacks_is_said_beside_the_field_and_the_words_are_kept(
    alert: Alert, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.referent)
    empty = client.post(f"{LIST}/{alert.id}/action", data={"version": 1, "words": ""})
    assert "Écrivez ce que vous avez fait ou prévu." in html.unescape(empty.get_data(as_text=True))
    ended = client.post(f"{LIST}/{alert.id}/close", data={"version": 1, "outcome": "", "words": "Presque réglé"})
    said = html.unescape(ended.get_data(as_text=True))
    assert "Dites comment l’alerte se termine." in said
    assert "Presque réglé" in said


def test_a_lost_job_leads_to_the_page_of_the_break(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    answer = sign_in(followed.referent).post(f"{LIST}/{alert.id}/close", data={"version": 1, "outcome": "broken"})
    assert answer.location == f"/suivis/{followed.follow_up.id}/rupture"
    assert db.session.scalars(select(Alert.state)).one() is AlertState.OPEN


def test_an_old_page_is_a_conflict(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    client.post(f"{LIST}/{alert.id}/vue", data={"version": 1})
    assert client.post(f"{LIST}/{alert.id}/action", data={"version": 1, "words": "Appelé"}).status_code == 409


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_list_has_tabs_filters_and_sorts(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    late = {"visit_kind": "month_1", "visit": "x", "planned_on": "2026-10-20"}
    an_alert(followed, AlertKind.VISIT_LATE, state=AlertState.ACTED, facts=late)
    an_alert(
        followed, AlertKind.NO_ANSWER, state=AlertState.CLOSED, outcome=AlertOutcome.MISTAKEN, closed_on=TODAY,
        facts={"days": ["2026-11-02", "2026-11-03"]},
    )  # fmt: skip
    db.session.commit()
    client = sign_in(followed.referent)
    first = _text(client, LIST)
    assert "À traiter (1)" in first
    assert "Vues (1)" in first
    assert "Closes (1)" in first
    assert "Visite en retard" in _text(client, f"{LIST}?vue=vues")
    assert "16 jours de retard" in _text(client, f"{LIST}?vue=vues")
    assert "Fausse alerte" in _text(client, f"{LIST}?vue=closes")
    assert "Aucune alerte de ce genre" in _text(client, f"{LIST}?nature=heures-basses")
    for sort in ("personne", "-personne", "nature", "depuis", "-depuis", "referent", "n’importe quoi"):
        assert client.get(f"{LIST}?tri={sort}&page=7").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_no_words(alert: Alert, followed: Followed, sign_in: SignIn, kind: str) -> None:
    alerts.act(alert.id, "Un mot secret", by=followed.referent.actor, version=1, today=TODAY)
    answer = sign_in(followed.referent).get(f"{LIST}?vue=vues&export={kind}")
    assert answer.status_code == 200
    if kind == "csv":
        text = answer.get_data(as_text=True)
        assert "Deux absences en 10 jours" in text.replace("\u00a0", " ")
        assert "secret" not in text
        assert "octobre" not in text


def test_the_pages_send_few_statements_however_many_alerts(
    alert: Alert, followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client, counts = sign_in(followed.referent), []
    for _ in range(2):
        statements.clear()
        client.get(LIST)
        counts.append(len(statements))
        for _ in range(15):
            an_alert(followed)
        db.session.commit()
    assert counts[0] == counts[1] <= 12
    statements.clear()
    client.get(f"{LIST}/{alert.id}")
    assert len(statements) <= 12


# --- who sees -----------------------------------------------------------------------------------------------------


def _sees(client: FlaskClient, alert: Alert, followed: Followed) -> dict[str, bool]:
    """Where does this reader find the alert?"""
    told = "absences en 10"
    one = f"{LIST}/{alert.id}"
    page = client.get(f"/suivis/{followed.follow_up.id}")
    return {
        "list": told in _text(client, LIST),
        "file": told in client.get(f"{LIST}?export=csv").get_data(as_text=True).replace("\u00a0", " "),
        "page": client.get(one).status_code == 200,
        "close": client.get(f"{one}/close").status_code == 200,
        "act": client.post(f"{one}/action", data={"version": 99, "words": "x"}).status_code == 409,
        "follow_up": told in html.unescape(page.get_data(as_text=True)).replace("\u00a0", " "),
        "journal": "Alerte" in _text(client, f"/suivis/{followed.follow_up.id}/journal").replace("Alertes", ""),
        "count": "À traiter (1)" in _text(client, LIST),
    }


ALL = dict.fromkeys(("list", "file", "page", "close", "act", "follow_up", "journal", "count"), True)
NONE = dict.fromkeys(ALL, False)


def test_the_referent_sees_the_alert(alert: Alert, followed: Followed, sign_in: SignIn) -> None:
    assert _sees(sign_in(followed.referent), alert, followed) == ALL


@pytest.mark.parametrize(("risen", "seen"), [(False, NONE), (True, ALL)])
def test_a_manager_of_the_team_sees_it_once_it_rose(
    alert: Alert, followed: Followed, sign_in: SignIn, risen: bool, seen: dict[str, bool]
) -> None:
    manager = a_colleague(followed, manager=True)
    if risen:
        alert.level, alert.escalated_on = AlertLevel.MANAGER, TODAY
    db.session.commit()
    assert _sees(sign_in(manager), alert, followed) == seen


@pytest.mark.parametrize(
    ("days", "seen"),
    [
        ((date(2026, 11, 5), date(2026, 11, 5)), ALL),
        ((date(2026, 11, 1), date(2026, 11, 4)), NONE),
        ((date(2026, 11, 6), date(2026, 11, 9)), NONE),
    ],
)
def test_who_covers_the_referent_sees_it_during_those_days(
    alert: Alert, followed: Followed, sign_in: SignIn, days: tuple[date, date], seen: dict[str, bool]
) -> None:
    colleague = covered(followed, *days)
    db.session.commit()
    assert _sees(sign_in(colleague), alert, followed) == seen


def _others(followed: Followed) -> dict[str, Somebody]:
    """Everybody who may not, risen or not."""
    other_team = somebody(Role.REFERENT)
    return {
        "colleague": a_colleague(followed),
        "other manager": other_team,
        "facilitator": somebody(Role.FACILITATOR),
        "department": somebody(Role.DEPARTMENT),
        "employer": followed.employer,
        "person": followed.person,
        "administrator": somebody(Role.ADMINISTRATOR),
    }


@pytest.mark.parametrize("level", sorted(AlertLevel))
@pytest.mark.parametrize(
    "who", ["colleague", "other manager", "facilitator", "department", "employer", "person", "administrator"]
)
def test_nobody_else_sees_it_anywhere(
    alert: Alert, followed: Followed, sign_in: SignIn, who: str, level: AlertLevel
) -> None:
    alert.level, alert.escalated_on = level, TODAY if level is AlertLevel.MANAGER else None
    reader = _others(followed)[who]
    db.session.commit()
    client = sign_in(reader)
    assert _sees(client, alert, followed) == NONE
    home = _text(client, "/accueil")
    assert "alerte à lire" not in home
    assert "alerte de l’équipe" not in home
    for path in ("/salaries-suivis", "/mon-travail", "/suivis"):
        assert "absences en 10" not in _text(client, path)


def test_a_facilitator_who_holds_the_follow_up_sees_it(session: scoped_session, today: date, sign_in: SignIn) -> None:
    holder = somebody(Role.FACILITATOR, manager=False)
    followed = a_quiet_one(referent=holder)
    alert = an_alert(followed)
    session.commit()
    seen = _sees(sign_in(holder), alert, followed)
    assert seen == {**ALL, "journal": False}


def test_the_home_page_of_a_manager_leads_to_the_alerts_that_nobody_holds(
    session: scoped_session, alert: Alert, followed: Followed, sign_in: SignIn
) -> None:
    manager = a_colleague(followed, manager=True)
    followed.follow_up.referent_id = None
    session.commit()
    browser = sign_in(manager)
    assert "1 alerte de l’équipe sans réponse" in _text(browser, "/accueil")
    assert followed.follow_up.candidate.last_name in _text(browser, f"{LIST}?qui=equipe")
