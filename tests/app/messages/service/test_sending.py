"""A message is handed over once. What failed for a while is tried again; what nobody knows about waits for a human."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.transaction import transaction
from app.messages.models import Message
from app.messages.rules import Channel, MessageState, Recipient
from app.messages.service import sending
from app.messages.service.sending import claim, deliver
from tests.factories.messages import ADDRESS, a_code, a_refusable_one, a_required_one, reader

NOON = datetime(2026, 11, 5, 11, 0, tzinfo=UTC)


def state_of(message: Message) -> tuple[MessageState, int]:
    db.session.refresh(message)
    return message.state, message.attempts


def test_a_message_is_sent_by_smtp(session: scoped_session, by_smtp: Any, today: date) -> None:
    message = a_required_one()
    session.commit()
    assert deliver() == Counter(sent=1)
    assert state_of(message) == (MessageState.SENT, 1)
    assert message.sent_at == clock.now()
    (mail,) = by_smtp.received
    assert (mail["Subject"], mail["To"]) == ("Vous faites partie de MDS de Massy", f"Alex Martin <{ADDRESS}>")
    assert mail.get_content_type() == "text/plain"
    assert "Votre demande est acceptée" in mail.get_content()
    assert deliver() == Counter()


def test_a_batch_goes_by_one_connection(session: scoped_session, by_smtp: Any, today: date) -> None:
    for number in range(6):
        a_required_one(reader(email=f"p{number}@exemple.fr"))
    session.commit()
    assert deliver() == Counter(sent=6)
    assert by_smtp.sessions == 1
    assert len(set(by_smtp.ids)) == 6


def test_nothing_due_opens_no_connection(session: scoped_session, by_smtp: Any, today: date) -> None:
    assert deliver() == Counter()
    assert by_smtp.sessions == 0


def test_a_batch_has_a_limit(session: scoped_session, by_smtp: Any, today: date) -> None:
    for _ in range(3):
        a_required_one()
    session.commit()
    assert deliver(limit=2) == Counter(sent=2)
    assert deliver(limit=2) == Counter(sent=1)


def test_a_batch_that_lasts_claims_no_more(
    session: scoped_session, by_smtp: Any, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LASTS", timedelta(seconds=-1))
    message = a_required_one()
    session.commit()
    assert deliver() == Counter()
    assert state_of(message) == (MessageState.QUEUED, 0)


def test_refused_for_a_while_then_taken_is_sent_once(session: scoped_session, by_smtp: Any) -> None:
    by_smtp.rcpt[ADDRESS] = ["451 4.7.1 come back later"]
    with clock.frozen(NOON):
        message, other = a_required_one(), a_required_one(reader(email="b@exemple.fr"))
        session.commit()
        assert deliver() == Counter(retried=1, sent=1)
        assert state_of(message) == (MessageState.QUEUED, 1)
        assert (message.not_before, message.last_error) == (NOON + timedelta(minutes=1), "451 4.7.1 come back later")
        assert state_of(other) == (MessageState.SENT, 1)
        assert deliver() == Counter()
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert deliver() == Counter(sent=1)
    assert state_of(message) == (MessageState.SENT, 2)
    assert message.last_error == ""
    assert sorted(by_smtp.ids) == sorted([str(message.id), str(other.id)])


def test_a_message_refused_at_its_end_is_tried_again(session: scoped_session, by_smtp: Any) -> None:
    by_smtp.data = ["452 4.3.1 disk full"]
    with clock.frozen(NOON):
        message = a_required_one()
        session.commit()
        assert deliver() == Counter(retried=1)
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert deliver() == Counter(sent=1)
    assert by_smtp.ids == [str(message.id)]


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_what_the_server_refuses_for_good_is_not_tried_again(
    session: scoped_session, by_smtp: Any, today: date, step: str
) -> None:
    reply = f"550 5.1.1 <{ADDRESS}> unknown"
    if step == "rcpt":
        by_smtp.rcpt[ADDRESS] = [reply]
    else:
        by_smtp.data = [reply]
    with clock.frozen(NOON - timedelta(minutes=1)):
        message = a_required_one()
    other = a_required_one(reader(email="b@exemple.fr"))
    session.commit()
    assert deliver() == Counter(failed=1, sent=1)
    assert state_of(message) == (MessageState.FAILED, 1)
    assert message.last_error == "550 5.1.1 … unknown", "no address in an error"
    assert by_smtp.ids == [str(other.id)]


@pytest.mark.parametrize(
    "address", ["nobody", "@exemple.fr", "a b@exemple.fr", "aïcha@exemple.fr", "a@b\r\nBcc: c@d.fr"]
)
def test_an_impossible_address_fails_without_a_word_to_the_server(
    session: scoped_session, by_smtp: Any, today: date, address: str
) -> None:
    message = a_required_one(reader(email=address))
    session.commit()
    assert deliver() == Counter(failed=1)
    assert state_of(message) == (MessageState.FAILED, 1)
    assert by_smtp.received == []


def test_the_back_off_goes_to_its_end_then_gives_up(session: scoped_session, by_smtp: Any) -> None:
    by_smtp.rcpt[ADDRESS] = ["451 later"] * 20
    now, waits = NOON, []
    with clock.frozen(now):
        message = a_required_one()
        session.commit()
    while message.state is MessageState.QUEUED:
        with clock.frozen(now):
            deliver()
        session.refresh(message)
        if message.not_before is not None:
            waits.append(message.not_before - now)
            now = message.not_before
    assert [round(wait.total_seconds() / 60) for wait in waits] == [1, 5, 30, 120, 360, 12 * 60, 24 * 60]
    assert state_of(message) == (MessageState.FAILED, 8)


def test_a_server_down_for_a_day_loses_nothing_and_burns_no_attempt(
    session: scoped_session, by_smtp: Any, server_of_mail: Any
) -> None:
    with clock.frozen(NOON):
        messages = [a_required_one(reader(email=f"p{number}@exemple.fr")) for number in range(5)]
        session.commit()
    server_of_mail.stop()
    for hour in range(25):
        with clock.frozen(NOON + timedelta(hours=hour)):
            assert deliver() in (Counter(down=1), Counter())
    assert {state_of(message) for message in messages} == {(MessageState.QUEUED, 0)}
    server_of_mail.start()
    with clock.frozen(NOON + timedelta(hours=25)):
        assert deliver() == Counter(sent=5)
    assert sorted(by_smtp.ids) == sorted(str(message.id) for message in messages)


def test_a_server_that_closes_in_the_middle_of_a_batch_ends_it(session: scoped_session, by_smtp: Any) -> None:
    by_smtp.rcpt[ADDRESS] = ["421 4.3.2 shutting down"]
    with clock.frozen(NOON - timedelta(minutes=1)):
        first = a_required_one()
    with clock.frozen(NOON):
        rest = [a_required_one(reader(email=f"p{number}@exemple.fr")) for number in range(3)]
        session.commit()
        assert deliver() == Counter(retried=1)
    assert state_of(first) == (MessageState.QUEUED, 1)
    assert {state_of(message) for message in rest} == {(MessageState.QUEUED, 0)}


def test_a_server_that_refuses_the_portal_burns_no_attempt(session: scoped_session, by_smtp: Any, today: date) -> None:
    by_smtp.mail = ["550 5.7.1 sender not allowed"]
    message = a_required_one()
    session.commit()
    assert deliver() == Counter(down=1)
    assert state_of(message) == (MessageState.QUEUED, 0)
    assert deliver() == Counter(sent=1)


def test_a_connection_lost_before_the_answer_is_uncertain_and_is_not_tried_again(
    session: scoped_session, by_smtp: Any, today: date
) -> None:
    by_smtp.on_data = lambda server: server.transport.abort()
    with clock.frozen(NOON - timedelta(minutes=1)):
        first = a_required_one()
    second = a_required_one(reader(email="b@exemple.fr"))
    session.commit()
    assert deliver() == Counter(uncertain=1)
    assert state_of(first) == (MessageState.UNCERTAIN, 1)
    assert state_of(second) == (MessageState.QUEUED, 0)
    by_smtp.on_data = None
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert deliver() == Counter(sent=1)
    assert by_smtp.ids == [str(first.id), str(second.id)]


def test_what_a_dead_sender_left_is_uncertain_after_ten_minutes(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        message = a_required_one()
        session.commit()
        claim(Channel.EMAIL)
    with clock.frozen(NOON + timedelta(minutes=10)):
        assert deliver() == Counter()
        assert state_of(message) == (MessageState.SENDING, 1)
    with clock.frozen(NOON + timedelta(minutes=11)):
        assert deliver() == Counter(uncertain=1)
        assert deliver() == Counter()
    assert state_of(message) == (MessageState.UNCERTAIN, 1)
    assert by_smtp.received == []


def test_files_know_what_they_hold_so_a_dead_sender_leaves_no_doubt(session: scoped_session, by_files: Any) -> None:
    with clock.frozen(NOON):
        message = a_required_one()
        session.commit()
        assert deliver() == Counter(sent=1)
        message.state, message.sent_at = MessageState.SENDING, None
        session.commit()
    with clock.frozen(NOON + timedelta(minutes=11)):
        assert deliver() == Counter(sent=1)
    assert [path.name for path in by_files.glob("*.eml")] == [f"{message.id}.eml"]


def test_a_slow_sender_that_arrives_after_all_says_so(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        message = a_required_one()
        session.commit()
        claim(Channel.EMAIL)
        claimed_at = message.claimed_at
    assert claimed_at is not None
    with clock.frozen(NOON + timedelta(minutes=11)):
        deliver()
        assert sending.settle(message.id, claimed_at, None) == sending.SENT
    assert state_of(message)[0] is MessageState.SENT


def test_a_slow_sender_does_not_undo_what_a_human_decided(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        message = a_required_one()
        session.commit()
        claim(Channel.EMAIL)
        claimed_at = message.claimed_at
        message.state = MessageState.UNWANTED
        session.commit()
        assert claimed_at is not None
        assert sending.settle(message.id, claimed_at, None) == ""
    assert state_of(message)[0] is MessageState.UNWANTED


def test_codes_go_before_what_waits_for_longer(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        old = a_required_one()
    with clock.frozen(NOON + timedelta(minutes=1)):
        code = a_code()
        session.commit()
        deliver()
    assert by_smtp.ids == [str(code.id), str(old.id)]


def test_at_night_only_codes_leave_even_of_what_was_written_in_the_day(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        a_required_one()
    with clock.frozen(NOON + timedelta(hours=12)):
        code = a_code()
        session.commit()
        assert deliver() == Counter(sent=1)
    assert by_smtp.ids == [str(code.id)]
    with clock.frozen(NOON + timedelta(hours=20)):
        assert deliver() == Counter(sent=1)


def test_a_code_that_serves_no_more_does_not_leave(session: scoped_session, by_smtp: Any) -> None:
    with clock.frozen(NOON):
        code = a_code()
        session.commit()
    with clock.frozen(NOON + timedelta(minutes=16)):
        assert deliver() == Counter(failed=1)
    assert state_of(code)[0] is MessageState.FAILED
    assert by_smtp.received == []


def test_letters_wait_for_the_post_and_the_digest_for_its_hour(
    session: scoped_session, by_smtp: Any, today: date
) -> None:
    for state in (MessageState.WAITING, MessageState.UNWANTED, MessageState.UNCERTAIN, MessageState.FAILED):
        a_required_one().state = state
    paper = a_required_one()
    paper.channel, paper.letterhead = Channel.LETTER, {}
    session.commit()
    assert deliver() == Counter()


def test_sms_leave_though_the_mail_server_is_down(
    session: scoped_session, by_smtp: Any, server_of_mail: Any, today: date
) -> None:
    server_of_mail.stop()
    mail, sms = a_required_one(), a_required_one(channel=Channel.SMS)
    session.commit()
    assert deliver() == Counter(down=1, sent=1)
    assert (state_of(mail)[0], state_of(sms)[0]) == (MessageState.QUEUED, MessageState.SENT)


def test_what_may_be_refused_carries_its_link_and_what_is_required_does_not(
    session: scoped_session, by_smtp: Any, today: date
) -> None:
    a_refusable_one()
    session.commit()
    deliver()
    a_required_one()
    session.commit()
    deliver()
    refusable, required = by_smtp.received
    assert refusable["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(refusable["List-Unsubscribe"]).strip("<>")
    assert "/messages/stop/" in link
    assert link in refusable.get_content()
    assert required["List-Unsubscribe"] is None
    assert "/messages/stop/" not in required.get_content()


def test_sending_is_not_part_of_an_act(session: scoped_session, by_smtp: Any, today: date) -> None:
    a_required_one()
    session.commit()

    @transaction
    def act() -> None:
        deliver()

    with pytest.raises(RuntimeError):
        act()
    assert by_smtp.received == []


def test_the_demonstration_sends_nothing_real(app: Flask, session: scoped_session, by_smtp: Any, today: date) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], demonstration=True)
    a_required_one()
    session.commit()
    assert deliver() == Counter(sent=1)
    assert by_smtp.received == []


def test_two_senders_at_once_send_nothing_twice(own_app: Flask, server_of_mail: Any, tmp_path: Any) -> None:
    own_app.extensions["settings"] = replace(
        own_app.extensions["settings"], demonstration=False, smtp_url=server_of_mail.url, var=tmp_path
    )
    with own_app.app_context(), clock.frozen(NOON):
        for number in range(60):
            a_required_one(Recipient("P", None, f"p{number}@exemple.fr"))
        db.session.commit()

    def send(_number: int) -> Counter[str]:
        with own_app.app_context(), clock.frozen(NOON + timedelta(minutes=1)):
            try:
                return deliver()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(3) as pool:
        counts = sum(pool.map(send, range(3)), Counter())
    assert counts == Counter(sent=60)
    assert len(server_of_mail.box.ids) == len(set(server_of_mail.box.ids)) == 60
    with own_app.app_context():
        assert set(db.session.scalars(select(Message.state))) == {MessageState.SENT}
