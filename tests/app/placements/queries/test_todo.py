"""What waits for each about stages: the host's answers, the calls to make, the conventions of the ten days to come."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.placements.queries.todo import to_do_for
from app.placements.rules.kinds import AssessmentSide, TripartiteParty
from app.placements.rules.states import PlacementState
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.placements import a_date, a_placement, a_tripartite, an_assessment

_S = PlacementState


def test_a_host_is_asked_for_its_answers(session: scoped_session, today: date, statements: Statements) -> None:
    placed = a_placement(_S.WISHED)
    a_placement(_S.WISHED, host=placed.host, starts_on=today + timedelta(days=40))
    a_placement(_S.ACCEPTED, host=placed.host)
    a_placement(_S.WISHED)
    session.commit()
    statements.clear()
    (item,) = to_do_for(placed.host.actor, today)
    assert len(statements) == 1
    assert item.title == "2\u00a0demandes de stage à répondre"
    assert (item.endpoint, item.urgency) == ("placements.received", 1)


def test_a_host_is_asked_for_the_assessments_it_has_not_made(
    session: scoped_session, today: date, statements: Statements
) -> None:
    placed = a_placement(_S.ENDED)
    a_placement(_S.STOPPED, host=placed.host)
    said = a_placement(_S.ENDED, host=placed.host)
    an_assessment(said.placement)
    an_assessment(a_placement(_S.ENDED, host=placed.host).placement, AssessmentSide.PERSON)
    a_placement(_S.CLOSED, host=placed.host)
    session.commit()
    statements.clear()
    (item,) = to_do_for(placed.host.actor, today)
    assert len(statements) == 1
    assert item.title == "3\u00a0bilans de stage à faire"
    assert (item.endpoint, item.arguments) == ("placements.received", {"etat": "finis"})


def test_who_accompanies_reads_what_waits_in_one_statement(
    session: scoped_session, today: date, statements: Statements
) -> None:
    first = a_placement(_S.WISHED)
    a_placement(_S.WISHED, referent=first.referent, host_organisation_id=None)
    for days in (3, 10, 11):
        a_placement(_S.ACCEPTED, referent=first.referent, starts_on=today + timedelta(days=days))
    a_placement(_S.PREPARED, referent=first.referent, starts_on=today + timedelta(days=4))
    a_placement(_S.DEPOSITED, referent=first.referent, starts_on=today + timedelta(days=11))
    a_placement(_S.STOPPED, referent=first.referent)
    session.commit()
    statements.clear()
    items = to_do_for(first.referent.actor, today)
    assert len(statements) == 1
    assert [item.title.replace("\u00a0", " ") for item in items] == [
        "2 conventions de stage à préparer",
        "1 convention de stage à faire valider",
        "1 entreprise à appeler pour un stage",
        "1 stage fini, sans suite notée",
        "1 stage sans réponse de l’entreprise",
    ]
    assert "dimanche 8 novembre" in items[0].text
    assert "lundi 9 novembre" in items[1].text


@pytest.mark.parametrize("party", [TripartiteParty.STRUCTURE, TripartiteParty.REFERENT])
def test_dates_of_a_meeting_of_three_wait_for_each_party_until_it_has_answered_all(
    session: scoped_session, today: date, party: TripartiteParty
) -> None:
    meeting = a_tripartite(placed=(placed := a_placement(_S.VALIDATED, starts_on=today + timedelta(days=30))), dates=0)
    a_date(meeting, clock.now() + timedelta(days=2), party)
    a_date(meeting, clock.now() - timedelta(hours=1))
    session.commit()
    who = placed.host if party is TripartiteParty.STRUCTURE else placed.referent
    other = placed.referent if party is TripartiteParty.STRUCTURE else placed.host
    assert to_do_for(who.actor, today) == []
    (item,) = to_do_for(other.actor, today)
    assert (item.title, item.endpoint) == ("1\u00a0entretien à trois à fixer", "placements.tripartites")
    a_date(meeting, clock.now() + timedelta(days=3))
    session.commit()
    assert [one.kind for one in to_do_for(who.actor, today)] == ["placements.dates"]


@pytest.mark.parametrize("role", [Role.REFERENT, Role.EMPLOYER, Role.DEPARTMENT, Role.CANDIDATE])
def test_nothing_waits_for_somebody_else(session: scoped_session, today: date, role: Role) -> None:
    a_placement(_S.WISHED)
    a_placement(_S.ENDED, host_organisation_id=None)
    a_tripartite(placed=a_placement(_S.ENDED))
    stranger = somebody(role)
    session.commit()
    assert to_do_for(stranger.actor, today) == []
