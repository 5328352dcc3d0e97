"""After ninety days the words of a message are emptied; that it left stays known."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.messages import jobs
from app.messages.models import Message
from app.messages.rules import Channel, MessageState
from tests.factories.messages import a_required_one

TODAY = date(2026, 11, 5)


def aged(days: int, state: MessageState = MessageState.SENT) -> Message:
    with clock.frozen(TODAY - timedelta(days=days)):
        message = a_required_one()
    message.state = state
    message.sent_at = message.created_at if state is MessageState.SENT else None
    return message


def test_words_older_than_ninety_days_are_emptied_once(session: scoped_session, by_files: Path) -> None:
    old, young = aged(91), aged(90)
    session.commit()
    assert jobs.forget_sent(TODAY) == 1
    assert jobs.forget_sent(TODAY) == 0
    session.refresh(old)
    session.refresh(young)
    assert (old.subject, old.body, old.state, old.to_address) == ("", "", MessageState.SENT, "alex@exemple.fr")
    assert young.body != ""


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.WAITING])
def test_what_has_not_left_keeps_its_words(session: scoped_session, by_files: Path, state: MessageState) -> None:
    message = aged(200, state)
    session.commit()
    assert jobs.forget_sent(TODAY) == 0
    assert message.body != ""


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.UNCERTAIN])
def test_what_nobody_decided_upon_is_left_for_good(
    session: scoped_session, by_files: Path, state: MessageState
) -> None:
    message = aged(91, state)
    session.commit()
    assert jobs.forget_sent(TODAY) == 1
    session.refresh(message)
    assert (message.state, message.body) == (MessageState.UNWANTED, "")


def test_a_letter_is_kept_as_it_was_printed(session: scoped_session, by_files: Path) -> None:
    letter = aged(400)
    letter.channel, letter.letterhead = Channel.LETTER, {}
    session.commit()
    assert jobs.forget_sent(TODAY) == 0
    assert letter.body != ""


def test_the_files_of_the_demonstration_go_too(session: scoped_session, by_files: Path) -> None:
    by_files.mkdir(parents=True)
    old, young = by_files / "old.eml", by_files / "young.eml"
    for path, days in ((old, 91), (young, 1)):
        path.write_text("")
        with clock.frozen(TODAY - timedelta(days=days)):
            os.utime(path, (clock.now().timestamp(),) * 2)
    jobs.forget_sent(TODAY)
    assert [path.name for path in by_files.iterdir()] == ["young.eml"]
