"""What waits for each about stages: the host's answers, the calls to make, the conventions of the ten days to come."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.queries.todo import to_do_for
from app.placements.rules.states import PlacementState
from tests.conftest import Statements
from tests.factories.people import somebody
from tests.factories.placements import a_placement

_S = PlacementState


def test_a_host_is_asked_for_its_answers(session: scoped_session, today: date, statements: Statements) -> None:
    placed = a_placement(_S.WISHED)
    a_placement(_S.WISHED, host=placed.host, starts_on=today + timedelta(days=40))
    a_placement(_S.ACCEPTED, host=placed.host)
    a_placement(_S.WISHED)
    session.commit()
    statements.clear()
    (item,) = to_do_for(placed.host.actor, today)
    assert len(statements) <= 2
    assert item.title == "2\u00a0demandes de stage à répondre"
    assert (item.endpoint, item.urgency) == ("placements.received", 1)


def test_who_accompanies_reads_what_waits_in_one_statement(
    session: scoped_session, today: date, statements: Statements
) -> None:
    first = a_placement(_S.WISHED)
    a_placement(_S.WISHED, referent=first.referent, host_organisation_id=None)
    for days in (3, 10, 11):
        a_placement(_S.ACCEPTED, referent=first.referent, starts_on=today + timedelta(days=days))
    a_placement(_S.PREPARED, referent=first.referent, starts_on=today + timedelta(days=3))
    session.commit()
    statements.clear()
    items = to_do_for(first.referent.actor, today)
    assert len(statements) <= 2
    assert [item.title.replace("\u00a0", " ") for item in items] == [
        "2 conventions de stage à préparer",
        "1 entreprise à appeler pour un stage",
        "1 stage sans réponse de l’entreprise",
    ]
    assert "08/11" in items[0].text


@pytest.mark.parametrize("role", [Role.REFERENT, Role.EMPLOYER, Role.DEPARTMENT, Role.CANDIDATE])
def test_nothing_waits_for_somebody_else(session: scoped_session, today: date, role: Role) -> None:
    a_placement(_S.WISHED)
    stranger = somebody(role)
    session.commit()
    assert to_do_for(stranger.actor, today) == []
