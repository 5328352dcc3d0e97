"""« Chiffres »: the worked figures of the plan, through the page, for those who may read them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.follow_up.labels.kinds import CAUSES
from app.follow_up.models import HeldJob, JobBreak
from app.follow_up.rules.kinds import BreakCause, BreakDecider, StopReason, VisitKind
from app.follow_up.rules.states import FollowUpState, VisitState
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import Somebody, an_organisation, somebody

START = date(2026, 3, 2)
"""Day 180 is 29 August 2026; today is 5 November."""


@pytest.fixture
def department(session: scoped_session, today: date) -> Somebody:
    """Reads every figure."""
    return somebody(Role.DEPARTMENT)


def _hold(followed: Followed, day: date) -> None:
    visit = followed.visits[VisitKind.CLOSING]
    visit.state, visit.met_on = VisitState.HELD, day


def _end(followed: Followed, day: date, cause: BreakCause = BreakCause.TRANSPORT) -> None:
    followed.job.ended_on = day
    followed.follow_up.state, followed.follow_up.settled_on = FollowUpState.BROKEN, day
    db.session.add(
        JobBreak(
            follow_up_id=followed.follow_up.id,
            held_job_id=followed.job.id,
            last_day=day,
            cause=cause,
            decided_by=BreakDecider.PERSON,
        )
    )


def _another(followed: Followed, day: date) -> None:
    db.session.add(
        HeldJob(
            follow_up_id=followed.follow_up.id,
            rank=2,
            employer_name="Autre maison",
            title="Cariste",
            employment_kind=EmploymentKind.CDI,
            start_on=day,
            hours_week=35,
        )
    )


def _fifty(referent: Somebody, employer: Somebody) -> None:
    """38 with the same employer, 4 in a new job, 5 without one, 3 of whom nobody knows."""
    for rank in range(50):
        one = a_follow_up(START, referent=referent, employer=employer)
        if rank < 38:
            _hold(one, START + timedelta(days=170))
        elif rank < 42:
            _end(one, START + timedelta(days=60))
            _another(one, START + timedelta(days=80))
        elif rank < 47:
            _end(one, START + timedelta(days=60))
    db.session.flush()


def _text(page: Any) -> str:
    return page.text.replace("\u00a0", " ")


def test_fifty_people_make_the_figures_of_the_plan(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    _fifty(somebody(Role.REFERENT), somebody(Role.EMPLOYER, an_organisation(name="Val d’Orge")))

    page = _text(sign_in(department).get("/suivis/chiffres"))

    for said in ("76 %", "84 %", "6 %", "même employeur : 38 sur 50", "Val d’Orge"):
        assert said in page


def test_the_export_says_the_same(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    _fifty(somebody(Role.REFERENT), somebody(Role.EMPLOYER, an_organisation(name="Val d’Orge")))

    lines = sign_in(department).get("/suivis/chiffres?export=csv").text.splitlines()

    assert lines[1] == "Val d’Orge;50;38;4;5;3;76;84;6"
    assert lines[2] == "Ensemble;50;38;4;5;3;76;84;6"


def test_a_new_job_after_the_thirtieth_day_is_no_longer_in_work(
    session: scoped_session, sign_in: Any, department: Somebody
) -> None:
    for days in (30, 31):
        one = a_follow_up(START)
        _end(one, START + timedelta(days=60))
        _another(one, START + timedelta(days=60 + days))
    session.flush()

    page = _text(sign_in(department).get("/suivis/chiffres"))

    assert "50 %" in page
    assert "nouvel emploi sous 30 jours : 1 de plus" in page


def test_who_was_stopped_before_the_day_is_not_counted(
    session: scoped_session, sign_in: Any, department: Somebody
) -> None:
    gone = a_follow_up(START).follow_up
    gone.state, gone.stop_reason, gone.settled_on = FollowUpState.STOPPED, StopReason.DEATH, START + timedelta(days=30)
    session.flush()

    page = _text(sign_in(department).get("/suivis/chiffres"))

    assert "Personne n’a encore atteint ce jour" in page


def _of(names: str) -> None:
    """One follow-up a letter, held by the firm of that letter."""
    for name in names:
        _hold(a_follow_up(START, employer=somebody(Role.EMPLOYER, an_organisation(name=f"Petite {name}"))), START)
    db.session.flush()


def test_small_groups_are_shown_together(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    _of("ABCDE")
    browser = sign_in(department)

    lines = browser.get("/suivis/chiffres?export=csv").text.splitlines()

    assert lines[1].startswith("Moins de 5 personnes chacun;5;")
    assert "Petite" not in "".join(lines)
    assert "moins de 5 personnes chacun (5)" in _text(browser.get("/suivis/chiffres"))


def test_few_people_show_no_detail_even_together(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    _of("ABCD")

    assert "Moins de 5 personnes chacun;< 5;;;;;;;" in sign_in(department).get("/suivis/chiffres?export=csv").text


def test_three_months_are_asked_for_separately(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    one = a_follow_up(date(2026, 7, 1))
    one.visits[VisitKind.MONTH_3].state, one.visits[VisitKind.MONTH_3].met_on = VisitState.HELD, date(2026, 10, 1)
    session.flush()
    browser = sign_in(department)

    assert "Personne n’a encore atteint ce jour" in _text(browser.get("/suivis/chiffres"))
    assert "même employeur : 1 sur 1" in _text(browser.get("/suivis/chiffres?a=90"))


def test_the_people_behind_a_figure_are_listed(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    lost = a_follow_up(START)
    _end(lost, START + timedelta(days=60))
    session.flush()

    page = sign_in(department).get("/suivis/chiffres?voir=broken").text

    assert lost.follow_up.candidate.full_name in page
    assert lost.follow_up.candidate.full_name not in sign_in(department).get("/suivis/chiffres?voir=same").text


def test_a_referent_counts_the_people_whose_follow_up_they_read(
    session: scoped_session, sign_in: Any, today: date
) -> None:
    mine, other = a_follow_up(START), a_follow_up(START)
    _hold(mine, START + timedelta(days=170))
    session.flush()

    assert "sur 1" in _text(sign_in(mine.referent).get("/suivis/chiffres"))
    assert other.follow_up.candidate.full_name not in sign_in(mine.referent).get("/suivis/chiffres?voir=unknown").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CANDIDATE, Role.EMPLOYER])
def test_nobody_else_reads_them(session: scoped_session, sign_in: Any, role: Role) -> None:
    assert sign_in(somebody(role)).get("/suivis/chiffres").status_code == 403


@pytest.mark.parametrize("query", ["a=7&du=zz&au=1&par=rien&territoire=x&secteur=y", "du=2026-11&au=2025-01", "voir=x"])
def test_nonsense_in_the_address_is_never_an_error(
    session: scoped_session, sign_in: Any, department: Somebody, query: str
) -> None:
    assert sign_in(department).get(f"/suivis/chiffres?{query}").status_code == 200


def test_the_page_needs_as_few_statements_for_many(
    session: scoped_session, sign_in: Any, department: Somebody, statements: Statements
) -> None:
    _fifty(somebody(Role.REFERENT), somebody(Role.EMPLOYER))
    browser = sign_in(department)
    statements.clear()

    browser.get("/suivis/chiffres?voir=same")

    assert len(statements) <= 12


def test_a_cause_of_a_few_people_is_not_named(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    referent, firm = somebody(Role.REFERENT), somebody(Role.EMPLOYER)
    causes = [*[BreakCause.TRANSPORT] * 5, *[BreakCause.CONFLICT] * 4, BreakCause.HEALTH]
    for cause in causes:
        _end(a_follow_up(START, referent=referent, employer=firm), START + timedelta(days=20), cause)
    session.flush()

    page = sign_in(department).get("/suivis/chiffres").text
    told = _text_of_causes(page)

    assert CAUSES[BreakCause.TRANSPORT] in told
    assert CAUSES[BreakCause.HEALTH] not in told
    assert CAUSES[BreakCause.CONFLICT] not in told
    assert "Autres causes" in told


def test_one_break_says_nothing_of_its_cause(session: scoped_session, sign_in: Any, department: Somebody) -> None:
    _end(a_follow_up(START), START + timedelta(days=20), BreakCause.HEALTH)
    session.flush()

    told = _text_of_causes(sign_in(department).get("/suivis/chiffres").text)

    assert CAUSES[BreakCause.HEALTH] not in told
    assert "Autres causes" not in told


def _text_of_causes(page: str) -> str:
    return page.split('id="causes"')[1].split("</section>")[0]
