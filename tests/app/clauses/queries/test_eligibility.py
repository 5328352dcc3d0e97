"""Who may be hired on a day: a good check, or a period that runs; the day after the last one is no."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.clauses.queries.eligibility import eligible_until
from app.clauses.rules.terms import DEFAULTS, TO_THE_END, Duration
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.clauses import DELIVERED, Site, a_category, a_check, a_person, a_site, an_employment, terms_for

Until = Callable[..., date | None]


@pytest.fixture
def site(session: scoped_session, today: date) -> Site:
    """A running contract from 2 March 2026 to 15 January 2027."""
    return a_site()


@pytest.fixture
def until(site: Site) -> Until:
    """The answer for one person."""

    def ask(person: Candidate, on: date, *args: EmploymentKind) -> date | None:
        return eligible_until([person.id], site.contract.id, on, *args)[person.id]

    return ask


def test_somebody_nobody_checked_is_not_eligible(site: Site, until: Until) -> None:
    assert until(a_person(), date(2026, 4, 1)) is None


def test_a_check_serves_to_its_last_day_and_not_the_day_after(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=date(2026, 3, 2), good_until=date(2026, 6, 1))

    assert until(person, date(2026, 6, 1)) == date(2028, 5, 31)  # 24 months, to the day before
    assert until(person, date(2026, 6, 2)) is None
    assert until(person, date(2026, 3, 1)) is None  # the proof did not exist


def test_a_check_without_age_serves_for_ever(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=None, good_until=None)
    assert until(person, date(2026, 12, 15)) == date(2028, 12, 14)


def test_a_lot_and_its_contract_answer_the_same(site: Site) -> None:
    person, other = a_person(), a_person()
    a_check(site.contract, person)
    asked = [person.id, other.id]
    by_lot = eligible_until(asked, site.lot.id, date(2026, 4, 1))
    assert by_lot == {person.id: date(2028, 3, 31), other.id: None}
    assert by_lot == eligible_until(asked, site.contract.id, date(2026, 4, 1))
    assert eligible_until(asked, uuid4(), date(2026, 4, 1)) == {person.id: None, other.id: None}


def test_a_check_for_another_contract_is_worth_nothing(site: Site, until: Until) -> None:
    person = a_person()
    a_check(a_site().contract, person)
    assert until(person, date(2026, 4, 1)) is None


def test_a_renewed_check_stood_before_its_end_and_a_withdrawn_one_never(site: Site, until: Until) -> None:
    renewed, withdrawn = a_person(), a_person()
    a_check(site.contract, renewed, ended_on=date(2026, 5, 4))
    a_check(site.contract, withdrawn, ended_on=date(2026, 5, 4), ended_reason="Mauvaise personne")

    assert until(renewed, date(2026, 5, 3)) == date(2028, 5, 2)
    assert until(renewed, date(2026, 5, 4)) is None
    assert until(withdrawn, date(2026, 5, 3)) is None


def test_a_category_that_the_terms_no_longer_count_is_refused_from_that_day(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, category_slug=a_category("rsa").slug, good_until=date(2026, 9, 30))
    terms_for(site.contract, replace(DEFAULTS, categories=("plie",)), since=date(2026, 7, 1))

    assert until(person, date(2026, 6, 30)) == date(2028, 6, 29)
    assert until(person, date(2026, 7, 1)) is None


def test_a_running_period_needs_no_new_proof_and_does_not_restart(site: Site, until: Until) -> None:
    person = a_person()
    an_employment(site.holder, person, started_on=date(2024, 3, 15), counts_from=date(2024, 3, 15))

    assert until(person, date(2026, 3, 14)) == date(2026, 3, 14)
    assert until(person, date(2026, 3, 15)) is None


def test_a_fresh_proof_does_not_reopen_a_period_that_is_over(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=date(2026, 11, 2), good_until=None)
    an_employment(site.holder, person, started_on=date(2024, 3, 15))
    assert until(person, date(2026, 11, 5)) is None


def test_a_permanent_job_is_capped_where_the_contract_says_so(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=None, good_until=None)
    assert until(person, date(2026, 6, 1), EmploymentKind.CDI) == DELIVERED  # no end known: the contract's

    capped = {**DEFAULTS.durations, EmploymentKind.CDI: replace(TO_THE_END, cap_months=48)}
    terms_for(site.contract, replace(DEFAULTS, durations=capped))
    assert until(person, date(2026, 6, 1), EmploymentKind.CDI) == date(2030, 5, 31)


def test_a_contract_may_count_less_than_two_years(site: Site, until: Until) -> None:
    person = a_person()
    a_check(site.contract, person, proof_dated_on=None, good_until=None)
    short = {**DEFAULTS.durations, EmploymentKind.CDD: Duration(months=6)}
    terms_for(site.contract, replace(DEFAULTS, durations=short))
    assert until(person, date(2026, 8, 31)) == date(2027, 2, 27)


@pytest.mark.parametrize("count", [1, 30])
def test_asking_for_many_costs_four_statements(site: Site, statements: Statements, count: int) -> None:
    people = [a_person() for _ in range(count)]
    for person in people:
        a_check(site.contract, person)
    statements.clear()
    assert None not in eligible_until([one.id for one in people], site.lot.id, date(2026, 4, 1)).values()
    assert len(statements) == 4
