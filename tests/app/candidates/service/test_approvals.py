"""An approval that ends within ninety days is recalled to those who accompany the person, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates.jobs import tell_ending_approvals
from app.candidates.models import CandidateProgramme
from app.candidates.rules import Programme
from app.core.roles import Role
from app.messages.models import Message
from tests.factories.people import Somebody, somebody

ENDS = date(2027, 8, 31)


@pytest.fixture
def followed(session: scoped_session, today: date) -> Somebody:
    """Somebody with a referent and a PLIE, approved until 31 August 2027."""
    person, referent, facilitator = somebody(Role.CANDIDATE), somebody(Role.REFERENT), somebody(Role.FACILITATOR)
    candidate = person.candidate
    assert candidate is not None
    assert facilitator.organisation is not None
    candidate.referent_id, candidate.facilitator_organisation_id = referent.user.id, facilitator.organisation.id
    since = ENDS - timedelta(days=729)
    session.add(CandidateProgramme(candidate_id=candidate.id, programme=Programme.IAE, since=since, until=ENDS))
    session.add(CandidateProgramme(candidate_id=candidate.id, programme=Programme.PLIE, since=since, until=ENDS))
    session.flush()
    return person


@pytest.mark.parametrize(("before", "told"), [(91, 0), (90, 2), (0, 2), (-1, 0)])
def test_referent_and_facilitator_are_told_ninety_days_before(
    session: scoped_session, followed: Somebody, before: int, told: int
) -> None:
    day = ENDS - timedelta(days=before)

    assert tell_ending_approvals(day) == told
    assert tell_ending_approvals(day) == 0


def test_a_suspension_that_pushes_the_end_is_told_again(session: scoped_session, followed: Somebody) -> None:
    tell_ending_approvals(ENDS - timedelta(days=10))
    line = session.scalars(select(CandidateProgramme).where(CandidateProgramme.programme == Programme.IAE)).one()
    line.until = date(2027, 10, 30)
    session.flush()

    assert tell_ending_approvals(date(2027, 10, 1)) == 2


def test_the_words_name_no_programme(session: scoped_session, followed: Somebody) -> None:
    tell_ending_approvals(ENDS - timedelta(days=10))

    for message in session.scalars(select(Message)):
        for word in ("iae", "pass", "agrément", "plie", "rsa"):
            assert word not in f"{message.subject} {message.body}".lower().replace("passé", "")
