"""The home page says what waits for whoever follows people at work, in one statement, and nothing to anybody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.follow_up.queries.todo import to_do_for
from app.follow_up.rules.kinds import AlertLevel, VisitKind
from app.follow_up.rules.states import VisitState
from tests.conftest import Statements
from tests.factories.alerts import TODAY, a_quiet_one, an_alert, covered
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody, somebody

DAY = timedelta(days=1)


def _titles(who: Somebody) -> dict[str, str]:
    db.session.commit()
    return {item.kind: item.title.replace("\u00a0", " ") for item in to_do_for(who.actor, TODAY)}


@pytest.fixture
def busy(session: scoped_session, today: date) -> Followed:
    """One visit today, one late, one alert, and an annex without signature."""
    followed = a_quiet_one()
    followed.visits[VisitKind.MONTH_3].planned_on = TODAY
    late = followed.visits[VisitKind.MONTH_1]
    late.state, late.met_on, late.planned_on = VisitState.PLANNED, None, TODAY - 3 * DAY
    an_alert(followed)
    return followed


def test_the_referent_reads_what_waits_today(busy: Followed) -> None:
    assert _titles(busy.referent) == {
        "follow_up.alerts": "1 alerte à lire",
        "follow_up.late": "1 visite en retard",
        "follow_up.today": "1 visite aujourd’hui",
        "follow_up.unsigned": "1 annexe à signer",
    }


def test_six_months_that_are_over_are_to_be_closed(session: scoped_session, today: date) -> None:
    followed = a_follow_up(date(2026, 5, 5))
    for visit in followed.visits.values():
        visit.state, visit.met_on = VisitState.HELD, visit.planned_on
    assert _titles(followed.referent)["follow_up.to_close"] == "1 suivi à clore"


def test_who_covers_reads_it_during_those_days_only(busy: Followed) -> None:
    during, after = covered(busy, TODAY - DAY, TODAY), covered(busy, TODAY - 9 * DAY, TODAY - DAY)
    assert "follow_up.alerts" in _titles(during)
    assert _titles(after) == {}


def test_a_manager_reads_alerts_of_the_team_once_they_rose(busy: Followed) -> None:
    manager = a_colleague(busy, manager=True)
    assert _titles(manager) == {}
    an_alert(busy, level=AlertLevel.MANAGER)
    assert _titles(manager) == {"follow_up.risen": "1 alerte de l’équipe sans réponse"}


def test_a_follow_up_without_referent_waits_for_the_team(busy: Followed) -> None:
    colleague = a_colleague(busy)
    busy.follow_up.referent_id = None
    assert _titles(colleague)["follow_up.nobody"] == "1 suivi sans référent dans l’équipe"


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.EMPLOYER, Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_nobody_else_has_anything_to_do_here(busy: Followed, role: Role) -> None:
    assert _titles(somebody(role)) == {}
    assert _titles(busy.person) == {}
    assert _titles(busy.employer) == {}


def test_it_is_one_statement(busy: Followed, statements: Statements) -> None:
    db.session.commit()
    statements.clear()
    to_do_for(busy.referent.actor, TODAY)
    assert len(statements) == 1
