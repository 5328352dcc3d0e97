"""The team's agenda and the page of absences."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import Alert, Cover
from app.follow_up.rules.kinds import AlertKind, AlertLevel, VisitKind
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Any], FlaskClient]


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    """Two steps late, one on Monday 23 November."""
    made = a_follow_up(trial_ends_on=date(2026, 11, 30))
    session.commit()
    return made


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


def team_of(sign_in: SignIn, who: Somebody, query: str = "") -> str:
    return text_of(sign_in(who).get(f"/suivis/equipe?{query}"))


def name_of(followed: Followed) -> str:
    assert followed.person.candidate is not None
    return followed.person.candidate.full_name


def test_a_referent_reads_their_own_and_a_manager_the_team(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    manager, colleague, stranger = a_colleague(followed, manager=True), a_colleague(followed), somebody(Role.REFERENT)
    session.commit()
    for who in (followed.referent, manager):
        assert name_of(followed) in team_of(sign_in, who, "quand=retard")
    for who in (colleague, stranger):
        assert name_of(followed) not in team_of(sign_in, who, "quand=retard")


def test_the_tabs_part_late_from_to_come(followed: Followed, sign_in: SignIn) -> None:
    late = team_of(sign_in, followed.referent, "quand=retard")
    assert "En retard (2)" in late
    assert "30 jours (1)" in late
    assert "Jeudi 1er octobre" in late
    assert "Lundi 23 novembre" not in late
    month = team_of(sign_in, followed.referent, "quand=30-jours")
    assert "Lundi 23 novembre" in month
    assert "Jeudi 1er octobre" not in month
    assert "Rien aujourd’hui" in team_of(sign_in, followed.referent, "quand=aujourdhui")


def test_the_page_opens_on_what_is_late_when_nothing_is_due_today(followed: Followed, sign_in: SignIn) -> None:
    assert "Jeudi 1er octobre" in team_of(sign_in, followed.referent)


def test_many_rows_cost_no_more_statements(
    followed: Followed, sign_in: SignIn, session: scoped_session, statements: Statements
) -> None:
    manager = a_colleague(followed, manager=True)
    for number in range(8):
        referent = followed.referent if number % 2 else a_colleague(followed)
        a_follow_up(date(2026, 9, 1) + timedelta(days=number), referent=referent)
    session.commit()
    client = sign_in(manager)
    statements.clear()
    page = client.get("/suivis/equipe?quand=retard")
    assert len(statements) <= 12
    assert text_of(page).count("en retard de") > 8


def test_a_manager_reads_one_colleague_at_a_time(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    manager = a_colleague(followed, manager=True)
    other = a_follow_up(referent=a_colleague(followed))
    session.commit()
    text = team_of(sign_in, manager, f"quand=retard&collegue={followed.referent.user.id}")
    assert name_of(followed) in text
    assert name_of(other) not in text
    assert name_of(other) in team_of(sign_in, manager, "quand=retard&collegue=nonsense")


def an_alert(followed: Followed, session: scoped_session, level: AlertLevel) -> None:
    today = date(2026, 11, 5)
    escalated = today if level is AlertLevel.MANAGER else None
    session.add(
        Alert(
            follow_up_id=followed.follow_up.id, kind=AlertKind.NO_ANSWER, key=str(uuid4()), opened_on=today,
            level=level, escalated_on=escalated,
        )
    )  # fmt: skip
    session.commit()


def test_a_manager_counts_only_the_alerts_that_were_escalated(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    manager = a_colleague(followed, manager=True)
    an_alert(followed, session, AlertLevel.REFERENT)
    an_alert(followed, session, AlertLevel.MANAGER)
    an_alert(followed, session, AlertLevel.MANAGER)
    assert _alerts(team_of(sign_in, manager), followed.referent) == 2
    assert _alerts(team_of(sign_in, followed.referent), followed.referent) == 3


def _alerts(text: str, referent: Somebody) -> int:
    """What the column of alerts says of somebody."""
    line = text.split(f'class="in">{referent.user.full_name}<')[1].split("</tr>")[0]
    cell = line.split('data-l="Alertes">')[1].split("</td>")[0]
    return int(re.sub(r"<span.*?</span>|<[^>]+>", "", cell))


def test_the_agenda_leaves_as_a_file(followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    answer = client.get("/suivis/equipe?quand=retard&export=csv")
    assert "agenda-retard.csv" in answer.headers["Content-Disposition"]
    lines = answer.get_data(as_text=True).splitlines()
    assert len(lines) == 3
    assert name_of(followed) in lines[1]
    assert client.get("/suivis/equipe?export=xlsx").status_code == 200


def test_employers_people_and_the_departement_have_no_team(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    department = somebody(Role.DEPARTMENT)
    session.commit()
    for who in (followed.person, followed.employer, department):
        assert sign_in(who).get("/suivis/equipe").status_code == 403
        assert sign_in(who).get("/suivis/absences").status_code == 403


def test_an_absence_is_noted_shown_in_the_team_and_ended(
    followed: Followed, sign_in: SignIn, session: scoped_session
) -> None:
    colleague, manager = a_colleague(followed), a_colleague(followed, manager=True)
    session.commit()
    client = sign_in(followed.referent)
    data = {
        "first_day": "05/11/2026", "last_day": "13/11/2026", "cover": str(colleague.user.id), "row_id": str(uuid4()),
    }  # fmt: skip
    assert client.post("/suivis/absences", data=data).status_code == 303
    assert "Terminer" in text_of(client.get("/suivis/absences"))
    assert name_of(followed) in team_of(sign_in, colleague, "quand=retard")
    team = team_of(sign_in, manager)
    assert "jusqu’au 13/11/2026" in team
    assert f"{colleague.user.full_name} remplace" in team
    cover = session.scalars(select(Cover)).one()
    assert "Terminer" not in text_of(sign_in(colleague).get("/suivis/absences"))
    sign_in(followed.referent).post(f"/suivis/absences/{cover.id}/terminer")
    assert name_of(followed) not in team_of(sign_in, colleague, "quand=retard")
    assert "Terminée plus tôt" in text_of(sign_in(manager).get("/suivis/absences"))


def test_what_is_refused_of_an_absence_stands_beside_its_field(
    followed: Followed, sign_in: SignIn, session: scoped_session, statements: Statements
) -> None:
    colleague = a_colleague(followed)
    session.commit()
    client = sign_in(followed.referent)
    data = {"first_day": "10/11/2026", "last_day": "9/11/2026", "cover": str(colleague.user.id)}
    text = text_of(client.post("/suivis/absences", data=data))
    assert 'id="last_day-error"' in text
    assert "Le dernier jour est avant le premier." in text
    statements.clear()
    client.get("/suivis/absences")
    assert len(statements) <= 12


def test_a_referent_says_it_for_nobody_else(followed: Followed, sign_in: SignIn, session: scoped_session) -> None:
    colleague = a_colleague(followed)
    session.commit()
    data = {
        "absent": str(colleague.user.id), "first_day": "05/11/2026", "last_day": "06/11/2026",
        "cover": str(colleague.user.id),
    }  # fmt: skip
    sign_in(followed.referent).post("/suivis/absences", data=data)
    assert session.scalars(select(Cover)).one().absent_id == followed.referent.user.id


def test_the_line_of_six_months_is_in_the_order_of_the_days(followed: Followed, sign_in: SignIn) -> None:
    text = text_of(sign_in(followed.referent).get(f"/suivis/{followed.follow_up.id}"))
    days = ["8 septembre", "1er octobre", "23 novembre", "1er février", "26 février"]
    places = [text.index(day) for day in days]
    assert places == sorted(places)
    assert "Avancée : l’essai finit le 30" in text
    assert f"/suivis/visites/{followed.visits[VisitKind.FIRST_CALL].id}/deplacer" in text
