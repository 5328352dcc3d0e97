"""Messages inside an application, and its openings."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.applications import queries, service
from app.applications.rules import ApplicationRefusal
from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.messages.models import Message
from tests.factories.applications import a_market, a_ready_person, kinds_of_messages, proposed, refused, sent
from tests.factories.candidates import mandate_for
from tests.factories.people import somebody

WORDS = "Faut-il des chaussures de sécurité ?"


def test_messages_pass_once_the_application_is_sent_and_until_it_ends(session: scoped_session, today: date) -> None:
    market = a_market()
    for application, reason in (
        (proposed(market, today), ApplicationRefusal.NOT_SENT_YET),
        (refused(market, today, other := a_ready_person()), ApplicationRefusal.CONVERSATION_OVER),
    ):
        writer = market.person if application.candidate_id == market.person.candidate.id else other
        with pytest.raises(Refused) as no:
            service.write_note(application.id, text=WORDS, by=writer.actor, today=today)
        assert no.value.reasons == (reason,)


def test_each_side_reads_what_the_other_wrote(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    person, employer = market.person.actor, market.employer.actor
    service.write_note(application.id, text=WORDS, by=person, today=today)
    assert queries.unread_counts([application.id], employer) == {application.id: 1}
    assert queries.unread_counts([application.id], person) == {}
    service.open_application(application.id, by=employer, today=today)
    assert queries.unread_counts([application.id], employer) == {}
    with clock.frozen(today + timedelta(days=1)):
        service.write_note(application.id, text="Nous les fournissons.", by=employer, today=clock.today())
    assert queries.unread_counts([application.id], person) == {application.id: 1}
    assert [note.text for note in queries.notes_of(application)] == [WORDS, "Nous les fournissons."]


def test_a_notification_says_nothing_of_what_was_written(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    service.write_note(application.id, text=WORDS, by=market.person.actor, today=today)
    service.write_note(application.id, text=WORDS, by=market.employer.actor, today=today)
    assert kinds_of_messages(application).count("application_note") == 2
    for message in db.session.scalars(select(Message).where(Message.kind == "application_note")):
        assert "chaussures" not in message.subject + message.body


def test_a_message_sent_twice_is_one_message(session: scoped_session, today: date) -> None:
    market = a_market()
    application, row_id = sent(market, today), uuid4()
    for _ in range(2):
        service.write_note(application.id, text=WORDS, by=market.person.actor, today=today, row_id=row_id)
    assert len(queries.notes_of(application)) == 1
    other = sent(market, today, stranger := a_ready_person())
    with pytest.raises(NotFound):
        service.write_note(other.id, text=WORDS, by=stranger.actor, today=today, row_id=row_id)


def test_a_professional_writes_for_a_person_under_a_mandate_only(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    by = market.facilitator.actor
    with pytest.raises(Refused) as no:
        service.write_note(application.id, text=WORDS, by=by, today=today)
    assert no.value.reasons == (ApplicationRefusal.NO_MANDATE,)
    mandate_for(market.facilitator, market.person.candidate)
    service.write_note(application.id, text=WORDS, by=by, today=today)
    assert queries.unread_counts([application.id], market.employer.actor) == {application.id: 1}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "application.written_to")).one()
    assert entry.on_behalf_of == application.candidate_id


def test_a_facilitator_who_only_reads_leaves_the_message_unread(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    service.write_note(application.id, text=WORDS, by=market.employer.actor, today=today)
    service.open_application(application.id, by=market.facilitator.actor, today=today)
    assert queries.unread_counts([application.id], market.person.actor) == {application.id: 1}
    mandate_for(market.facilitator, market.person.candidate)
    service.open_application(application.id, by=market.facilitator.actor, today=today)
    assert queries.unread_counts([application.id], market.person.actor) == {}


def test_a_professional_s_opening_is_noted_the_person_s_own_is_not(session: scoped_session, today: date) -> None:
    market = a_market()
    application = sent(market, today)
    for who in (market.person, market.employer, market.facilitator, somebody(Role.DEPARTMENT)):
        service.open_application(application.id, by=who.actor, today=today)
    noted = select(AuditEntry.actor_role).where(AuditEntry.action == "application.opened")
    assert sorted(db.session.scalars(noted)) == ["department", "employer", "facilitator"]
