"""Somebody who lost a job is proposed again at once, when their file and their consent allow it; never more."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.candidates import service
from app.candidates.models import Candidate, ReadinessEntry, WantedTrade
from app.candidates.rules import CandidateState
from app.core import clock
from app.core.roles import Role
from app.reference.models import Trade
from tests.factories.people import Somebody, somebody

WHY = "Emploi terminé"


@pytest.fixture
def referent(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.REFERENT)


@pytest.fixture
def person(session: scoped_session, referent: Somebody) -> Candidate:
    """Ready before a job that ended the search, and still agreeing."""
    found = somebody(Role.CANDIDATE).candidate
    assert found is not None
    found.consent_at, found.ready_on, found.ready_by = clock.now(), date(2026, 8, 1), referent.user.id
    found.waiting_since = date(2026, 8, 1)
    trade = session.scalars(select(Trade.slug).order_by(Trade.slug).limit(1)).one()
    session.add(WantedTrade(candidate_id=found.id, trade_slug=trade, rank=1))
    session.add(ReadinessEntry(candidate_id=found.id, on=date(2026, 8, 1), by=referent.user.id, ready=True, checks=[]))
    service.end_search(found, by=referent.actor, why="Embauche")
    session.commit()
    return found


def test_the_search_begins_again_and_so_does_the_wait(person: Candidate, referent: Somebody, today: date) -> None:
    assert service.resume_search(person, by=referent.actor, why=WHY)
    assert (person.ready_on, person.ready_by, person.waiting_since) == (today, referent.user.id, today)
    assert person.is_matchable


def test_the_file_remembers_who_and_why(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    service.resume_search(person, by=referent.actor, why=WHY)
    entries = select(ReadinessEntry).where(ReadinessEntry.candidate_id == person.id, ReadinessEntry.note == WHY)
    entry = session.scalars(entries).one()
    assert (entry.ready, entry.by) == (True, referent.user.id)


def test_twice_is_once(session: scoped_session, person: Candidate, referent: Somebody) -> None:
    assert service.resume_search(person, by=referent.actor, why=WHY)
    version = person.version
    assert service.resume_search(person, by=referent.actor, why=WHY)
    assert person.version == version


@pytest.mark.parametrize("lack", ["consent", "commune", "trade", "never ready", "closed"])
def test_what_lacks_keeps_the_person_from_being_proposed(
    session: scoped_session, person: Candidate, referent: Somebody, lack: str
) -> None:
    if lack == "consent":
        person.consent_at = None
    elif lack == "commune":
        person.commune_insee = None
    elif lack == "closed":
        person.state = CandidateState.CLOSED
    else:
        table = WantedTrade if lack == "trade" else ReadinessEntry
        session.execute(table.__table__.delete().where(table.candidate_id == person.id))
    session.commit()
    assert not service.resume_search(person, by=referent.actor, why=WHY)
    assert person.ready_on is None
