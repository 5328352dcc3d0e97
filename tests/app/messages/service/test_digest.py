"""One letter a day to whom something waits, on working days; each message is told once, links kept."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.messages import jobs
from app.messages.models import Message
from app.messages.rules import Category, MessageState, Wish
from app.messages.service.stopping import set_wishes
from tests.factories.messages import a_gathered_one, a_refusable_one, reader
from tests.factories.people import Somebody, somebody

EIGHT = datetime(2026, 11, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 5)


def digests(session: scoped_session) -> list[Message]:
    return list(session.scalars(select(Message).where(Message.kind == "daily_digest").order_by(Message.created_at)))


def waits_for(who: Somebody, *people: str) -> list[Message]:
    return [a_gathered_one(reader(who.user.id, email=who.user.email or ""), person) for person in people]


def test_everything_that_waits_is_told_in_one_email(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    with clock.frozen(EIGHT):
        waiting = waits_for(who, "Aminata D.", "Karim B.")
        session.commit()
        assert jobs.digest(TODAY) == {"digests": 1, "gathered": 2}
    (letter,) = digests(session)
    assert letter.to_address == who.user.email
    assert letter.subject == "Votre résumé du jour\u00a0: 2\u00a0nouvelles"
    assert "SUIVI APRÈS L’EMBAUCHE" in letter.body
    assert letter.body.count("- Un suivi vous est confié") == 2
    assert "Le suivi de Aminata D. vous est confié." in letter.body
    assert letter.body.count("https://portail.exemple/suivis/2") == 2
    assert letter.body.count("Bonjour") == 1
    for message in waiting:
        session.refresh(message)
        assert (message.state, message.digest_id, message.sent_at) == (MessageState.GATHERED, letter.id, None)


def test_who_has_nothing_gets_nothing(session: scoped_session) -> None:
    with clock.frozen(EIGHT):
        a_refusable_one(reader(somebody(Role.REFERENT).user.id))
        session.commit()
        assert jobs.digest(TODAY) == {"digests": 0, "gathered": 0}
    assert digests(session) == []


def test_each_person_reads_only_what_was_written_to_them(session: scoped_session) -> None:
    first, second = somebody(Role.REFERENT), somebody(Role.FACILITATOR)
    with clock.frozen(EIGHT):
        waits_for(first, "Aminata D.")
        waits_for(second, "Karim B.")
        session.commit()
        assert jobs.digest(TODAY) == {"digests": 2, "gathered": 2}
    bodies = {letter.to_user_id: letter.body for letter in digests(session)}
    assert "Karim" not in bodies[first.user.id]
    assert "Aminata" not in bodies[second.user.id]


def test_a_second_run_the_same_day_writes_nothing_more_and_loses_nothing(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    with clock.frozen(EIGHT):
        waits_for(who, "Aminata D.")
        session.commit()
        jobs.digest(TODAY)
        (late,) = waits_for(who, "Karim B.")
        session.commit()
        assert jobs.digest(TODAY) == {"digests": 0, "gathered": 0}
    session.refresh(late)
    assert late.state is MessageState.WAITING
    with clock.frozen(EIGHT + timedelta(days=1)):
        assert jobs.digest(TODAY + timedelta(days=1)) == {"digests": 1, "gathered": 1}
    assert "Karim" in digests(session)[-1].body


@pytest.mark.parametrize("day", [date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 11)])
def test_no_digest_on_a_day_of_rest(session: scoped_session, day: date) -> None:
    waits_for(somebody(Role.REFERENT), "Aminata D.")
    session.commit()
    with clock.frozen(day):
        assert jobs.digest(day) == {"digests": 0, "gathered": 0}


def test_a_digest_leaves_at_once_with_its_link_to_refuse_it(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(EIGHT):
        waits_for(somebody(Role.REFERENT), "Aminata D.")
        session.commit()
        jobs.digest(TODAY)
        assert jobs.deliver(TODAY) == Counter(sent=1)
    (mail,) = by_smtp.received
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/mon-compte/messages" in mail.get_content()


def test_who_refuses_meanwhile_is_told_nothing(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    with clock.frozen(EIGHT):
        (message,) = waits_for(who, "Aminata D.")
        session.commit()
        set_wishes({Category.FOLLOW_UP: Wish.NEVER}, by=who.actor)
        assert jobs.digest(TODAY) == {"digests": 0, "gathered": 0}
    session.refresh(message)
    assert message.state is MessageState.UNWANTED


def test_an_account_that_was_closed_is_told_nothing(session: scoped_session) -> None:
    who = somebody(Role.REFERENT)
    with clock.frozen(EIGHT):
        (message,) = waits_for(who, "Aminata D.")
        who.user.disabled_at = clock.now()
        session.commit()
        assert jobs.digest(TODAY) == {"digests": 0, "gathered": 0}
    session.refresh(message)
    assert message.state is MessageState.UNWANTED
