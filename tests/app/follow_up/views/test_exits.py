"""« Sorties »: the three grids side by side, with the boundary of six months right, and a proof noted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.follow_up.models import HeldJob
from app.follow_up.queries.exits import ExitLine, exit_lines
from app.follow_up.rules.kinds import CloseOutcome
from app.follow_up.rules.states import FollowUpState
from app.offers.rules import EmploymentKind
from app.organisations.rules import OrganisationKind
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_follow_up
from tests.factories.people import an_organisation, somebody

START = date(2026, 4, 1)
SIX_MONTHS = date(2026, 9, 30)
TODAY = date(2026, 11, 5)


def _line(followed: Followed) -> ExitLine:
    db.session.flush()
    db.session.expire_all()
    (line,) = exit_lines(somebody(Role.DEPARTMENT).actor, START, TODAY, TODAY)
    return line


def _words(line: ExitLine) -> tuple[bool, str, str]:
    return line.label("plie").counts, line.label("iae").words, line.label("plan").words


def test_six_months_to_the_day_count_for_the_plie_and_are_a_transition_for_the_iae(
    session: scoped_session, today: date
) -> None:
    one = a_follow_up(START, end_on=SIX_MONTHS, job={"ended_on": SIX_MONTHS, "attested_on": today})

    assert _words(_line(one)) == (True, "Sortie de transition", "CDD de 6 mois au plus")


def test_a_day_less_does_not_count_for_the_plie(session: scoped_session, today: date) -> None:
    last_day = date(2026, 9, 29)
    one = a_follow_up(START, end_on=last_day, job={"ended_on": last_day, "attested_on": today})

    assert _line(one).label("plie").counts is False


def test_a_day_more_is_durable(session: scoped_session, today: date) -> None:
    last_day = date(2026, 10, 1)
    one = a_follow_up(START, end_on=last_day, job={"ended_on": last_day, "attested_on": today})

    assert _words(_line(one)) == (True, "Sortie durable", "CDD de plus de 6 mois")


@pytest.mark.parametrize(("hours", "counts"), [("17.5", True), ("17.49", False)])
def test_less_than_half_time_does_not_count(session: scoped_session, today: date, hours: str, counts: bool) -> None:
    one = a_follow_up(START, hours_week=Decimal(hours), job={"attested_on": today})

    assert _line(one).label("plie").counts is counts


def test_without_a_proof_it_does_not_count_yet(session: scoped_session, today: date, sign_in: Any) -> None:
    one = a_follow_up(START)
    assert _line(one).label("plie").counts is False
    browser = sign_in(one.referent)
    assert f"justificatif de {one.person.candidate.full_name}" in browser.get("/suivis/sorties").text

    browser.post(f"/suivis/sorties/{one.job.id}/justificatif?page=1")

    assert db.session.get_one(HeldJob, one.job.id, populate_existing=True).attested_on == today
    assert _line(one).label("plie").counts is True


def test_consecutive_temporary_jobs_add_up(session: scoped_session, today: date) -> None:
    one = a_follow_up(START, end_on=date(2026, 6, 30), job={"ended_on": date(2026, 6, 30), "attested_on": today})
    db.session.add(
        HeldJob(
            follow_up_id=one.follow_up.id,
            rank=2,
            employer_name="Autre maison",
            title="Cariste",
            employment_kind=EmploymentKind.CDD,
            start_on=date(2026, 7, 1),
            end_on=SIX_MONTHS,
            ended_on=SIX_MONTHS,
            hours_week=35,
            attested_on=today,
        )
    )

    assert _words(_line(one)) == (True, "Sortie de transition", "CDD de 6 mois au plus")


def test_another_structure_is_a_positive_exit_of_the_iae(session: scoped_session, today: date) -> None:
    siae = somebody(Role.EMPLOYER, an_organisation(OrganisationKind.ACI, name="Les Jardins"))
    one = a_follow_up(START, employer=siae, job={"employment_kind": EmploymentKind.CDDI})

    assert _line(one).label("iae").words == "Sortie positive"


def test_a_business_created_counts_everywhere(session: scoped_session, today: date) -> None:
    one = a_follow_up(START, end_on=date(2026, 5, 31), job={"ended_on": date(2026, 5, 31)})
    one.follow_up.state, one.follow_up.settled_on = FollowUpState.CLOSED, today
    one.follow_up.close_outcome = CloseOutcome.BUSINESS

    assert _words(_line(one)) == (True, "Sortie durable", "Création d’entreprise")


def test_the_export_has_the_three_labels(session: scoped_session, today: date, sign_in: Any) -> None:
    a_follow_up(START, job={"attested_on": today})

    lines = sign_in(somebody(Role.DEPARTMENT)).get("/suivis/sorties?export=csv").text.splitlines()

    assert lines[0].endswith("PLIE;Compte pour le PLIE;IAE;Plan (fiche 3-7)")
    assert lines[1].endswith(";oui;Sortie durable;CDI")


def test_who_may_not_act_notes_no_proof(session: scoped_session, today: date, sign_in: Any) -> None:
    one = a_follow_up(START)
    stranger = somebody(Role.REFERENT)
    session.commit()

    assert sign_in(stranger).post(f"/suivis/sorties/{one.job.id}/justificatif").status_code == 404
    assert sign_in(somebody(Role.EMPLOYER)).get("/suivis/sorties").status_code == 403
    assert db.session.get_one(HeldJob, one.job.id, populate_existing=True).attested_on is None


def test_the_page_needs_as_few_statements_for_many(
    session: scoped_session, today: date, sign_in: Any, statements: Statements
) -> None:
    department = somebody(Role.DEPARTMENT)
    for _ in range(30):
        a_follow_up(START)
    browser = sign_in(department)
    statements.clear()

    browser.get("/suivis/sorties")

    assert len(statements) <= 12
