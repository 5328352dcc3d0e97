"""What a clause adds to an application: until when the person counts, and the days that the terms give to a firm."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import service as applications
from app.applications.models import Application
from app.clauses.models import ClauseEmployment, ClauseOffer
from app.clauses.rules.terms import DEFAULTS
from app.core.db import db
from app.core.roles import Role
from app.offers.rules import EmploymentKind
from tests.conftest import Statements
from tests.factories.applications import Market, a_market, delivered, hired, refused, sent
from tests.factories.clauses import Site, a_check, a_site, terms_for
from tests.factories.people import an_organisation, somebody

SignIn = Callable[[Any], FlaskClient]
NOTIFIED, DELIVERED, START = date(2026, 10, 5), date(2028, 6, 30), date(2026, 12, 1)
pytestmark = pytest.mark.usefixtures("session", "today")


@pytest.fixture
def site(session: scoped_session) -> Site:
    """A contract in which everybody counts for 24 months."""
    return a_site(notified_on=NOTIFIED, delivered_on=DELIVERED)


@pytest.fixture
def market(site: Site, session: scoped_session) -> Market:
    """An offer of six months that serves the lot, from 1 December."""
    made = a_market(start_on=START, employment_kind=EmploymentKind.CDD, end_on=date(2027, 5, 31))
    session.add(ClauseOffer(offer_id=made.offer.id, lot_id=site.lot.id, holder_id=site.holder.id))
    session.flush()
    return made


def _checked(site: Site, market: Market, **values: Any) -> None:
    said = {"proof_dated_on": NOTIFIED, "judged_on": NOTIFIED, "good_until": None, "checked_on": NOTIFIED}
    organisation = an_organisation(name="PLIE Nord", kind=site.facilitator.organisation.kind)  # type: ignore[union-attr]
    a_check(
        site.contract,
        market.person.candidate,  # type: ignore[arg-type]
        **{**said, "checked_by_organisation_id": organisation.id, **values},
    )


def _facts(application: Application) -> list[str]:
    return applications.facts_of(application)


def test_the_employer_reads_until_when_the_person_counts_and_who_checked(
    site: Site, market: Market, today: date
) -> None:
    _checked(site, market)
    assert _facts(sent(market, today)) == ["Éligible à la clause jusqu’au 30/11/2028, vérifié par PLIE Nord"]


@pytest.mark.parametrize(("good_until", "counts"), [(START, True), (START - timedelta(days=1), False)])
def test_a_proof_that_ends_the_day_before_the_start_says_nothing(
    site: Site, market: Market, today: date, good_until: date, counts: bool
) -> None:
    _checked(site, market, good_until=good_until)
    assert bool(_facts(sent(market, today))) is counts


def test_nothing_is_said_of_somebody_never_checked_nor_for_an_ordinary_offer(
    site: Site, market: Market, today: date
) -> None:
    assert _facts(sent(market, today)) == []
    other = a_market(start_on=START)
    _checked(site, other)
    assert _facts(sent(other, today)) == []


def test_an_application_that_ended_says_nothing_any_more(site: Site, market: Market, today: date) -> None:
    _checked(site, market)
    assert _facts(refused(market, today)) == []


def test_once_at_work_the_day_is_the_one_of_the_work(site: Site, market: Market, today: date) -> None:
    _checked(site, market)
    application = sent(market, today)
    hire = hired(market, today, application, start_on=START)
    work = db.session.scalars(select(ClauseEmployment).where(ClauseEmployment.hire_id == hire.id)).one()
    work.counts_until = date(2028, 3, 31)
    assert _facts(application) == ["Éligible à la clause jusqu’au 31/03/2028, vérifié par PLIE Nord"]


@pytest.mark.parametrize("way", [sent, delivered])
@pytest.mark.parametrize("days", [10, 30])
def test_a_firm_has_the_days_that_the_terms_give(
    site: Site, market: Market, today: date, way: Callable[..., Application], days: int
) -> None:
    terms_for(site.contract, replace(DEFAULTS, answer_days=days), since=NOTIFIED)
    assert way(market, today).answer_due_on == today + timedelta(days=days)


def test_without_terms_or_without_a_clause_it_has_fifteen_days(market: Market, today: date) -> None:
    for one in (market, a_market()):
        assert sent(one, today).answer_due_on == today + timedelta(days=15)


def test_the_page_of_the_employer_says_the_day_and_never_why(
    client: FlaskClient, sign_in: SignIn, statements: Statements, site: Site, market: Market, today: date
) -> None:
    _checked(site, market)
    application = sent(market, today)
    sign_in(market.employer)
    client.get(f"/candidatures/{application.id}")
    statements.clear()
    page = client.get(f"/candidatures/{application.id}").get_data(as_text=True)
    assert len(statements) <= 24
    words = re.sub(r"\s+", " ", page)
    assert "Éligible à la clause jusqu’au 30/11/2028, vérifié par PLIE Nord" in words
    for secret in ("RSA", "CAF", "allocataire", "justificatif"):
        assert secret not in words


def test_those_who_accompany_read_what_the_employer_reads(
    client: FlaskClient, sign_in: SignIn, site: Site, market: Market, today: date
) -> None:
    _checked(site, market)
    application = sent(market, today)
    sign_in(somebody(Role.DEPARTMENT))
    assert "vérifié par PLIE Nord" in client.get(f"/candidatures/{application.id}").get_data(as_text=True)
