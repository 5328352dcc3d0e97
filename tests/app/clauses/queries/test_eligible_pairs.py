"""Many offers and people at once: the same truth as one contract and one day, in three statements."""

from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy.orm import scoped_session

from app.clauses.queries.eligibility import eligible_until
from app.clauses.queries.eligible_pairs import Claused, counting_for
from app.clauses.rules.terms import Duration, Terms
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.clauses import a_check, a_person, a_site, an_employment, terms_for

NOTIFIED = date(2026, 3, 2)
DAYS = (NOTIFIED, date(2026, 3, 16), date(2026, 6, 1), date(2026, 6, 2), date(2026, 12, 1), date(2028, 3, 16))
KINDS = (EmploymentKind.CDD, EmploymentKind.CDI)
pytestmark = pytest.mark.usefixtures("session", "today")


def _world() -> tuple[list[Claused], list]:
    """Two contracts with other terms; people checked, renewed, withdrawn, too late, at work, at work once."""
    sites = [a_site(), a_site(delivered_on=None)]
    terms_for(sites[1].contract, Terms(categories=("rsa",), durations={EmploymentKind.CDI: Duration(None, True, 48)}))
    people = [a_person() for _ in range(8)]
    for site in sites:
        a_check(site.contract, people[0])
        a_check(site.contract, people[1], good_until=None)
        a_check(site.contract, people[2], ended_on=date(2026, 6, 1))
        a_check(site.contract, people[3], ended_on=date(2026, 6, 1), ended_reason="Retirée")
        a_check(site.contract, people[4], proof_dated_on=date(2026, 5, 1))
        an_employment(site.holder, people[5])
        an_employment(site.holder, people[6], ended_on=date(2026, 5, 31))
    asked = [Claused(site.contract.id, day, kind) for site, day, kind in product(sites, DAYS, KINDS)]
    return asked, people


def test_it_agrees_with_the_judgement_of_one_contract_and_one_day(session: scoped_session) -> None:
    asked, people = _world()
    ids = [one.id for one in people]
    found = counting_for(asked)
    seen = set()
    for one in asked:
        truth = eligible_until(ids, one.contract_id, one.start_on, one.kind)
        assert found[one] == {person: day for person, day in truth.items() if day is not None}
        seen |= {bool(day) for day in truth.values()}
    assert seen == {True, False}


def test_of_one_person_it_says_the_same_and_nothing_of_others(session: scoped_session) -> None:
    asked, people = _world()
    every = counting_for(asked)
    for person in people:
        alone = counting_for(asked, person.id)
        for one in asked:
            assert alone[one] == {key: day for key, day in every[one].items() if key == person.id}


def test_three_statements_for_many_offers_as_for_one(session: scoped_session, statements: Statements) -> None:
    asked, _ = _world()
    for some in (asked[:1], asked):
        statements.clear()
        counting_for(some)
        assert len(statements) == 3


def test_an_end_that_nobody_knows_is_the_last_day_of_all(session: scoped_session) -> None:
    site = a_site(delivered_on=None)
    person = a_person()
    a_check(site.contract, person, good_until=None)
    one = Claused(site.contract.id, NOTIFIED + timedelta(days=30), EmploymentKind.CDI)
    assert counting_for([one])[one] == {person.id: date.max}
