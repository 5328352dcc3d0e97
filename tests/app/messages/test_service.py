"""A message is written in the act's transaction, in words that give nothing away."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.settings import ROOT
from app.messages import queries, service
from app.messages.models import Message
from app.messages.rules import Channel, MessageState, Recipient, channel_for

BOTH = Recipient(name="Aïcha N’Diaye", email="aicha@exemple.fr", phone="+33639980101")


@pytest.mark.parametrize(
    ("recipient", "chosen"),
    [
        (BOTH, (Channel.EMAIL, "aicha@exemple.fr")),
        (Recipient("A", phone="+33639980101"), (Channel.SMS, "+33639980101")),
        (Recipient("A", email="a@b.fr", prefers=Channel.SMS), (Channel.EMAIL, "a@b.fr")),
        (Recipient("A", email="a@b.fr", phone="+33639980101", prefers=Channel.SMS), (Channel.SMS, "+33639980101")),
        (Recipient("A"), None),
    ],
)
def test_a_message_leaves_by_the_way_the_person_prefers_and_has(
    recipient: Recipient, chosen: tuple[Channel, str] | None
) -> None:
    assert channel_for(recipient) == chosen


def test_a_queued_message_waits_with_its_subject_apart(session: scoped_session) -> None:
    about = uuid4()
    service.queue("sign_in_code", BOTH, about=("user", about), code="123456")
    session.flush()
    message = session.scalars(select(Message)).one()
    assert (message.state, message.subject, message.about_id) == (
        MessageState.QUEUED,
        "Votre code : 123456".replace(" :", "\u00a0:"),
        about,
    )
    assert message.body.startswith("Bonjour,")


def test_nothing_is_queued_for_who_has_no_address(session: scoped_session) -> None:
    assert service.queue("sign_in_code", Recipient("A"), code="1") is None
    assert service.queue("sign_in_code", Recipient("A", email="a@b.fr"), channel=Channel.SMS, code="1") is None
    assert session.scalars(select(Message)).all() == []


def test_a_link_is_whole_outside_of_any_request(app: Flask, session: scoped_session) -> None:
    base = app.extensions["settings"].base_url
    assert service.link_to("accounts.choose_password", token="abc") == f"{base}/mot-de-passe/abc"


@pytest.mark.parametrize("path", sorted(ROOT.glob("templates/messages/*.txt")), ids=lambda path: path.stem)
def test_no_message_says_why_a_person_is_accompanied(path) -> None:  # type: ignore[no-untyped-def]
    words = path.read_text()
    assert not re.search(
        r"(?i)\b(rsa|rqth|aah|ass|handicap|allocat\w+|bénéficiaire\w*|éligib\w+|santé|qpv|chômage|sanction\w*)\b", words
    )
    assert "\n" in words
    assert len(words.splitlines()[0]) < 90


@pytest.mark.parametrize("asked", ["+33639980101", "06 39 98 01 01", "0639980101", "39980101"])
def test_the_outbox_is_searched_by_a_phone_as_people_write_it(session: scoped_session, asked: str) -> None:
    service.queue("sign_in_code", BOTH, channel=Channel.SMS, code="123456")
    service.queue("sign_in_code", Recipient("B", email="b@exemple.fr"), code="654321")
    session.flush()
    assert [message.to_name for message in session.scalars(queries.outbox(asked))] == [BOTH.name]
    assert len(session.scalars(queries.outbox(" ")).all()) == 2
    assert session.scalars(queries.outbox("%")).all() == []


def test_a_rehearsal_leaves_nothing(session: scoped_session) -> None:
    service.queue("sign_in_code", BOTH, code="123456")
    service.rehearse("sign_in_code", Recipient("Personne", email="personne@exemple.fr"), code="654321")
    session.commit()
    assert [message.to_name for message in session.scalars(select(Message))] == [BOTH.name]
