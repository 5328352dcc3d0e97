"""What waits for those who steer lots in danger."""

from datetime import date
from typing import Any

from app.clauses.queries.progress import to_do_for
from app.clauses.rules.states import ContractState
from app.core.roles import Role
from tests.factories import clauses as make
from tests.factories.people import somebody


def test_a_lot_in_danger_waits_for_its_facilitator_and_the_departement(session: Any, today: date) -> None:
    site = make.a_site(150)
    [line] = to_do_for(site.facilitator.actor, today)
    assert line.title == "1\u00a0lot en danger\u00a0: trouver des personnes"
    assert line.tag == "dans 6\u00a0semaines"
    assert (line.endpoint, line.arguments) == ("clauses.contract", {"contract_id": str(site.contract.id)})
    assert len(to_do_for(somebody(Role.DEPARTMENT).actor, today)) == 1


def test_several_make_one_line_that_leads_to_the_table(session: Any, today: date) -> None:
    site = make.a_site(150)
    make.a_lot(make.a_contract(site.facilitator), 100)
    [line] = to_do_for(site.facilitator.actor, today)
    assert line.title.startswith("2\u00a0lots en danger")
    assert (line.endpoint, line.arguments) == ("clauses.department", {"voir": "danger"})


def test_nothing_waits_when_time_people_or_hours_are_there(session: Any, today: date) -> None:
    facilitator = somebody(Role.FACILITATOR)
    make.a_lot(make.a_contract(facilitator, delivered_on=date(2028, 1, 15)), 150)
    make.a_lot(make.a_contract(facilitator, delivered_on=date(2026, 11, 4)), 150)
    make.a_lot(make.a_contract(facilitator, state=ContractState.CANCELLED), 150)
    make.an_employment(make.a_holder(make.a_lot(make.a_contract(facilitator), 150)))
    assert to_do_for(facilitator.actor, today) == []


def test_it_is_nobody_elses(session: Any, today: date) -> None:
    site = make.a_site(150)
    for role in (Role.EMPLOYER, Role.REFERENT, Role.CANDIDATE, Role.ADMINISTRATOR):
        assert to_do_for(somebody(role).actor, today) == []
    assert to_do_for(site.employer.actor, today) == []


def test_it_takes_few_statements(session: Any, today: date, statements: Any) -> None:
    site = make.a_site(150)
    statements.clear()
    to_do_for(site.facilitator.actor, today)
    assert len(statements) <= 4
