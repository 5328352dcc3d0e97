"""A proof that ends soon for somebody at work is recalled to those who steer, in words that give nothing away."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.models import Candidate
from app.candidates.rules import CandidateState
from app.clauses.jobs import tell_ending_checks
from app.clauses.models import ClauseEmployment, EligibilityCheck
from app.messages.models import Message
from tests.factories.clauses import Site, a_site, an_employment

ENDS = date(2026, 11, 30)


@pytest.fixture
def at_work(session: scoped_session, today: date) -> tuple[Site, ClauseEmployment]:
    """Somebody at work whose proof is worth something until 30 November."""
    site = a_site()
    employment = an_employment(site.holder)
    session.get_one(EligibilityCheck, employment.check_id).good_until = ENDS
    session.flush()
    return site, employment


@pytest.mark.parametrize(("before", "told"), [(31, 0), (30, 1), (1, 1), (0, 1), (-1, 0)])
def test_thirty_days_before_the_last_day(
    session: scoped_session, at_work: tuple[Site, ClauseEmployment], before: int, told: int
) -> None:
    day = ENDS - timedelta(days=before)

    assert tell_ending_checks(day) == told
    assert tell_ending_checks(day) == 0


def test_the_words_name_neither_the_reason_nor_the_whole_name(
    session: scoped_session, at_work: tuple[Site, ClauseEmployment]
) -> None:
    tell_ending_checks(ENDS - timedelta(days=10))

    message = session.scalars(select(Message)).one()
    assert "30/11/2026" in message.body
    for word in ("rsa", "éligib", "catégorie", "plie"):
        assert word not in f"{message.subject} {message.body}".lower()


def test_who_has_left_needs_no_new_proof(session: scoped_session, at_work: tuple[Site, ClauseEmployment]) -> None:
    _, employment = at_work
    employment.ended_on = ENDS - timedelta(days=20)
    session.flush()

    assert tell_ending_checks(ENDS - timedelta(days=10)) == 0


def test_of_who_died_or_left_the_portal_nothing_is_recalled(
    session: scoped_session, at_work: tuple[Site, ClauseEmployment]
) -> None:
    _, employment = at_work
    session.get_one(Candidate, employment.candidate_id).state = CandidateState.CLOSED
    session.flush()

    assert tell_ending_checks(ENDS - timedelta(days=10)) == 0
