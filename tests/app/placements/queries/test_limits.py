"""What counts for the limits of a person and a host, and where does the person work?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.roles import Role
from app.follow_up.rules.states import FollowUpState
from app.placements.queries.limits import asked_of, left_for, others_of, works_for
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.limits import PlacementRefusal, refusals_for
from app.placements.rules.states import COUNTED, PlacementState
from tests.factories.follow_up import a_follow_up
from tests.factories.people import an_organisation, somebody
from tests.factories.placements import a_placement

S = PlacementState


@pytest.mark.parametrize("state", sorted(S))
def test_what_is_agreed_counts_and_nothing_else(session: scoped_session, state: S) -> None:
    placed = a_placement(state)

    others = others_of(placed.placement.candidate_id)

    assert [one.ref for one in others] == ([placed.placement.id] if state in COUNTED else [])


def test_one_stopped_counts_up_to_the_day_of_its_stop(session: scoped_session) -> None:
    placed = a_placement(S.STOPPED, starts_on=date(2026, 10, 5))

    assert [(one.starts_on, one.ends_on) for one in others_of(placed.placement.candidate_id)] == [
        (date(2026, 10, 5), date(2026, 10, 8))
    ]


def test_the_one_that_is_changed_is_left_out_and_others_persons_too(session: scoped_session) -> None:
    placed = a_placement(S.ACCEPTED)
    a_placement(S.ACCEPTED)

    assert others_of(placed.placement.candidate_id, but=placed.placement.id) == []


def test_the_days_left_for_a_person_and_a_host_are_one_statement(
    session: scoped_session, today: date, statements: list[str]
) -> None:
    placed = a_placement(S.ENDED, days=12)
    placement = placed.placement
    statements.clear()

    left = left_for(placement.candidate_id, placement.host_siret, placement.host_name, today)

    assert (left.days_left, left.conventions_left) == (48, 1)
    assert left.purposes_used == {PlacementPurpose.DISCOVER}
    assert left.renewable == placement.id
    assert len(statements) == 1
    assert left_for(placement.candidate_id, None, "Un autre", today).days_left == 60


def test_a_placement_is_asked_with_all_that_the_rules_want(session: scoped_session, today: date) -> None:
    first = a_placement(S.ENDED)
    again = a_placement(person=first.person, host=first.host, referent=first.referent)

    asked = asked_of(again.placement)

    assert asked.convention.host == again.placement.host_siret
    assert asked.birth_date == date(1990, 5, 17)
    assert refusals_for(asked, others_of(again.placement.candidate_id, but=again.placement.id), today) == (
        PlacementRefusal.SAME_PURPOSE,
    )


def test_a_person_at_work_at_the_host_is_refused_there_and_not_elsewhere(session: scoped_session, today: date) -> None:
    host, other = (somebody(Role.EMPLOYER, an_organisation(name=name)) for name in ("Bois et Fils", "Le Fournil"))
    followed = a_follow_up(employer=host)

    there = a_placement(person=followed.person, host=host)
    elsewhere = a_placement(person=followed.person, host=other)

    assert refusals_for(asked_of(there.placement), (), today) == (PlacementRefusal.OWN_EMPLOYER,)
    assert refusals_for(asked_of(elsewhere.placement), (), today) == ()


def test_an_employer_is_known_by_its_siret_or_by_its_name(session: scoped_session) -> None:
    firm = somebody(Role.EMPLOYER, an_organisation(name="Bois et Fils", siret="73282932000074"))
    followed = a_follow_up(employer=firm)
    person, day = followed.follow_up.candidate_id, followed.job.start_on

    assert works_for(person, None, "73282932000074", "Un autre nom", day)
    assert works_for(person, None, None, "BOIS et fils", day)
    assert not works_for(person, None, "35600000000048", "Bois et Fils", day)
    assert not works_for(person, None, None, "Le Fournil", day)


def test_a_job_that_is_over_or_not_begun_is_no_employer(session: scoped_session) -> None:
    followed = a_follow_up(end_on=date(2026, 12, 31))
    employer = followed.employer.organisation
    assert employer is not None
    asked = (followed.follow_up.candidate_id, employer.id, None, employer.name)

    assert works_for(*asked, date(2026, 9, 1))
    assert works_for(*asked, date(2026, 12, 31))
    assert not works_for(*asked, date(2026, 8, 31))
    assert not works_for(*asked, date(2027, 1, 1))
    followed.job.ended_on = date(2026, 10, 2)
    db.session.flush()
    assert works_for(*asked, date(2026, 10, 2))
    assert not works_for(*asked, date(2026, 10, 3))


def test_a_follow_up_that_stopped_says_nothing_of_where_one_works(session: scoped_session) -> None:
    followed = a_follow_up()
    employer = followed.employer.organisation
    assert employer is not None
    followed.follow_up.state = FollowUpState.STOPPED
    followed.follow_up.stop_reason = "refused"
    followed.follow_up.settled_on = followed.job.start_on
    db.session.flush()

    assert not works_for(followed.follow_up.candidate_id, employer.id, None, employer.name, followed.job.start_on)


def test_changing_the_dates_of_one_keeps_it_out_of_its_own_way(session: scoped_session, today: date) -> None:
    placed = a_placement(S.ACCEPTED)
    asked = asked_of(placed.placement)
    later = replace(asked.convention, ends_on=asked.convention.ends_on + timedelta(days=2))

    others = others_of(placed.placement.candidate_id, but=placed.placement.id)
    assert refusals_for(replace(asked, convention=later), others, today) == ()


def test_a_host_is_one_host_whatever_its_siret_and_name_were(session: scoped_session, today: date) -> None:
    firm = somebody(Role.EMPLOYER, an_organisation(name="Menuiserie du Val"))
    first = a_placement(S.ENDED, host=firm, days=28, starts_on=today - timedelta(days=40), host_siret="73282932000074")
    assert firm.organisation is not None
    firm.organisation.name = "Menuiserie de la Vallée"
    again = a_placement(
        S.WISHED, person=first.person, host=firm, days=28, host_siret="35600000000048", host_name="Menuiserie neuve"
    )
    session.commit()
    asked = asked_of(again.placement)
    here = (firm.organisation.id, asked.convention.host)
    others = others_of(first.placement.candidate_id, but=again.placement.id, here=here)
    assert PlacementRefusal.SAME_PURPOSE in refusals_for(asked, others, today)
    left = left_for(first.placement.candidate_id, "35600000000048", "Autre", today, firm.organisation.id)
    assert left.days_left == 32
