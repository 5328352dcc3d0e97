"""The trail only grows; openings are noted once an hour."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import scoped_session

from app.audit import queries, service
from app.audit.labels import ACTIONS, OBJECTS, act_words
from app.audit.models import AuditEntry
from app.core import clock
from app.core.roles import SYSTEM, Role
from tests.factories.people import somebody


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET actor_name = 'Personne'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"],
)
def test_nothing_in_the_trail_is_changed_or_removed(session: scoped_session, statement: str) -> None:
    service.note(SYSTEM, "offer.expire", "offer", uuid4())
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))
    session.rollback()
    assert session.scalars(select(AuditEntry.actor_name)).all() == ["Le portail"]


def test_an_entry_says_who_in_which_place_and_for_whom(session: scoped_session) -> None:
    referent, candidate_id, object_id = somebody(Role.REFERENT), uuid4(), uuid4()
    service.note(referent.actor, "application.agree", "application", object_id, on_behalf_of=candidate_id, rank=2)
    session.flush()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor_name, entry.actor_role, entry.actor_organisation) == (
        referent.user.full_name, "referent", referent.actor.organisation_name,
    )  # fmt: skip
    assert (entry.on_behalf_of, entry.object_id, entry.details) == (candidate_id, object_id, {"rank": 2})


def test_a_file_opened_again_within_the_hour_is_one_opening(session: scoped_session, today: date) -> None:
    reader, colleague, candidate_id = somebody(Role.REFERENT).actor, somebody(Role.FACILITATOR).actor, uuid4()
    start = clock.now()

    def openings() -> int:
        return len(session.scalars(select(AuditEntry).where(AuditEntry.action == "candidate.opened")).all())

    service.opened(reader, candidate_id)
    service.opened(reader, candidate_id)
    assert openings() == 1
    service.opened(colleague, candidate_id)
    service.opened(reader, uuid4())
    assert openings() == 3
    with clock.frozen(start + timedelta(minutes=59)):
        service.opened(reader, candidate_id)
    assert openings() == 3
    with clock.frozen(start + timedelta(hours=1)):
        service.opened(reader, candidate_id)
    assert openings() == 4


def test_the_journal_is_filtered_by_object_role_and_days(session: scoped_session) -> None:
    one, other = uuid4(), uuid4()
    agent, firm = somebody(Role.DEPARTMENT).actor, somebody(Role.EMPLOYER).actor
    with clock.frozen(date(2026, 11, 4)):
        service.note(agent, "organisation.approve", "organisation", one)
    with clock.frozen(date(2026, 11, 5)):
        service.note(firm, "offer.publish", "offer", other)
    session.flush()

    def found(**asked: object) -> list[str]:
        return [entry.action for entry in session.scalars(queries.entries(queries.Filters(**asked)))]  # type: ignore[arg-type]

    assert found() == ["offer.publish", "organisation.approve"]
    assert found(object_type="offer") == ["offer.publish"]
    assert found(object_id=one) == ["organisation.approve"]
    assert found(role="department") == ["organisation.approve"]
    assert found(since=date(2026, 11, 5)) == ["offer.publish"]
    assert found(until=date(2026, 11, 4)) == ["organisation.approve"]
    assert found(since=date(2026, 11, 6)) == []


def test_every_known_act_has_french_words_and_the_others_are_shown_as_they_are() -> None:
    assert act_words("candidate.opened") == "Fiche consultée"
    assert act_words("something.new") == "something.new"
    prefixes = {action.partition(".")[0] for action in ACTIONS}
    assert prefixes - set(OBJECTS) == {"account", "member", "reference"}
