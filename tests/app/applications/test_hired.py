"""A person who is hired is proposed to nobody until somebody says them ready again."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import service
from app.candidates.models import ReadinessEntry
from app.candidates.queries import matching_rows
from app.offers.rules import EmploymentKind
from tests.factories.applications import a_market, sent


def test_a_hire_ends_the_search_and_the_file_says_why(session: scoped_session, today: date) -> None:
    market = a_market(posts=2)
    application = sent(market, today)
    person = market.person.candidate
    assert [one.id for one in matching_rows(ids=[person.id]).candidates] == [str(person.id)]
    service.hire(
        application.id,
        start_on=today + timedelta(days=10),
        end_on=None,
        employment_kind=EmploymentKind.CDI,
        hours_week=Decimal(28),
        by=market.employer.actor,
        today=today,
    )
    assert matching_rows(ids=[person.id]).removed == [str(person.id)]
    last = session.scalars(select(ReadinessEntry).where(ReadinessEntry.candidate_id == person.id)).one()
    assert (last.ready, last.note, last.on) == (False, "Embauche", today)
