"""A file that closes: nobody is proposed, nobody signs in, nobody is told."""

from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.accounts.models import User
from app.candidates import queries, service
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.roles import Role
from app.messages.models import Message
from tests.factories.people import somebody


def test_a_closed_file_is_proposed_to_nobody_and_opens_to_nobody(session: scoped_session) -> None:
    person, facilitator = somebody(Role.CANDIDATE), somebody(Role.FACILITATOR)
    candidate = person.candidate
    assert candidate is not None
    candidate.ready_on, candidate.ready_by, candidate.consent_at = clock.today(), facilitator.user.id, clock.now()
    session.commit()
    service.close_file(candidate, by=facilitator.actor, why="Fiche fermée")
    service.close_file(candidate, by=facilitator.actor, why="Fiche fermée")
    assert (candidate.state, candidate.ready_on, candidate.consent_at) == (CandidateState.CLOSED, None, None)
    assert candidate.id not in {one.id for one in session.scalars(queries.candidates_visible_to(facilitator.actor))}
    assert session.get_one(User, person.user.id).disabled_at is not None
    assert session.scalar(select(func.count()).select_from(Message)) == 0
