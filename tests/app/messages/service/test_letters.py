"""A letter is written where the caller says so, keeps its head, and is posted once."""

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.messages import queries, service
from app.messages.models import Message
from app.messages.rules import Channel, LetterRefusal, MessageState, Recipient
from app.messages.rules.samples import SAMPLES
from app.messages.rules.short_codes import shown_code, typed_code
from app.messages.service.letters import qr_address, sheet_of
from app.messages.service.paper import base_url
from app.organisations.service import letterhead, letterhead_of
from tests.factories.letters import POSTAL, a_head, a_letter
from tests.factories.people import an_organisation, somebody

CONTEXT = SAMPLES["application_proposed"].context


def _queue(to: Recipient, **options: object) -> Message | None:
    url = f"{base_url()}/candidatures/1"
    return service.queue("application_proposed", to, url=url, **CONTEXT, **options)  # type: ignore[arg-type]


def test_a_letter_leaves_for_who_has_no_other_address_where_the_caller_allows(session: scoped_session) -> None:
    head = a_head(somebody(Role.REFERENT))
    nowhere = Recipient("Aminata", postal=POSTAL)
    assert _queue(nowhere) is None
    letter = _queue(nowhere, letterhead=head)
    assert letter is not None
    assert (letter.channel, letter.to_address) == (Channel.LETTER, "\n".join(POSTAL))
    reached = _queue(Recipient("Aminata", phone="+33639980101", postal=POSTAL), letterhead=head)
    assert reached is not None
    assert (reached.channel, reached.letterhead, reached.short_code) == (Channel.SMS, None, None)


def test_a_letter_may_be_asked_for_by_who_has_a_phone(session: scoped_session) -> None:
    both = Recipient("Aminata", phone="+33639980101", postal=POSTAL)
    letter = _queue(both, channel=Channel.LETTER, letterhead=a_head(somebody(Role.REFERENT)))
    assert letter is not None
    assert letter.channel is Channel.LETTER
    assert _queue(both, channel=Channel.LETTER) is None


def test_nothing_is_written_to_an_address_that_no_postman_finds(session: scoped_session) -> None:
    head = a_head(somebody(Role.REFERENT))
    lost = Recipient("Aminata", postal=("Mme Aminata Diallo", "3 rue du Four"))
    assert _queue(lost, letterhead=head) is None
    with pytest.raises(Refused) as refused:
        service.write_letter("application_proposed", lost, head, **CONTEXT)
    assert refused.value.reasons == (LetterRefusal.NO_POSTCODE,)
    assert refused.value.fields == {LetterRefusal.NO_POSTCODE: "postal"}


def test_the_link_of_a_letter_becomes_a_code_that_leads_to_its_page(app: Flask, session: scoped_session) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    assert letter.short_code is not None
    assert typed_code(letter.short_code) == letter.short_code
    assert letter.short_target == SAMPLES["application_proposed"].path
    assert "http" not in letter.body
    assert f"/l/{shown_code(letter.short_code)}" in letter.body


def test_two_letters_never_have_one_code(session: scoped_session, monkeypatch: pytest.MonkeyPatch) -> None:
    first = a_letter(somebody(Role.REFERENT))
    signs = iter(f"{first.short_code}ACDEFGHJ")
    monkeypatch.setattr("app.messages.service.paper.secrets.choice", lambda _: next(signs))
    assert a_letter(somebody(Role.REFERENT)).short_code == "ACDEFGHJ"


@pytest.mark.parametrize("url", ["https://evil.example/x", "//evil.example/x", "https:evil.example"])
def test_an_address_of_elsewhere_gets_no_code(session: scoped_session, url: str) -> None:
    letter = a_letter(somebody(Role.REFERENT), url=url)
    assert (letter.short_code, letter.short_target) == (None, "")
    assert sheet_of(letter).qr == ""


def test_a_letter_without_a_link_has_neither_code_nor_drawing(session: scoped_session) -> None:
    sheet = sheet_of(a_letter(somebody(Role.REFERENT), "visit_due_person"))
    assert (sheet.code, sheet.address, sheet.qr) == ("", "", "")


def test_a_letter_keeps_the_head_it_was_written_under(session: scoped_session, today: date) -> None:
    writer = somebody(Role.REFERENT)
    letter = a_letter(writer)
    name = writer.organisation.name  # type: ignore[union-attr]
    writer.organisation.name = "Un autre nom"  # type: ignore[union-attr]
    session.flush()
    session.expire(letter)
    sheet = sheet_of(letter)
    assert (sheet.head.name, sheet.head.phone, sheet.head.place) == (name, "+33199001234", "Massy")
    assert (sheet.to, sheet.written_on) == (POSTAL, today)
    assert letter.from_organisation_id == writer.organisation.id  # type: ignore[union-attr]


def test_the_drawing_holds_the_address_of_the_code_and_nothing_from_elsewhere(
    app: Flask, session: scoped_session
) -> None:
    base = app.extensions["settings"].base_url
    assert qr_address("ACDEFGHJ") == f"{base}/l/ACDE-FGHJ"
    drawing = sheet_of(a_letter(somebody(Role.REFERENT))).qr
    assert drawing.startswith('<svg role="img" aria-label="Code à scanner avec un téléphone" ')
    assert "style" not in drawing
    assert "http" not in drawing


def test_posting_says_who_and_when_and_a_second_time_changes_nothing(session: scoped_session, today: date) -> None:
    writer, colleague = somebody(Role.REFERENT), None
    colleague = somebody(Role.REFERENT, writer.organisation)
    letters = [a_letter(writer), a_letter(writer)]
    session.commit()
    ids = [letter.id for letter in letters]
    assert service.post_letters(ids[:1], by=writer.actor) == 1
    posted_at = letters[0].sent_at
    assert (letters[0].state, letters[0].posted_by, letters[0].posted_name) == (
        MessageState.SENT,
        writer.user.id,
        writer.actor.name,
    )
    assert posted_at == clock.now()
    assert service.post_letters(ids, by=colleague.actor) == 1
    session.expire_all()
    assert (letters[0].posted_by, letters[0].sent_at) == (writer.user.id, posted_at)
    assert letters[1].posted_by == colleague.user.id
    assert service.post_letters(ids, by=colleague.actor) == 0


def test_a_letter_of_another_organisation_is_not_posted(session: scoped_session) -> None:
    letter = a_letter(somebody(Role.REFERENT))
    session.commit()
    stranger = somebody(Role.REFERENT)
    with pytest.raises(NotFound):
        service.post_letters([letter.id, uuid4()], by=stranger.actor)
    with pytest.raises(Refused) as refused:
        service.post_letters([], by=stranger.actor)
    assert refused.value.reasons == (LetterRefusal.NONE_TICKED,)
    assert session.scalar(select(Message.state).where(Message.id == letter.id)) is MessageState.QUEUED


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_accompany_see_the_letters_of_their_organisation(session: scoped_session, role: Role) -> None:
    if role is Role.SYSTEM:
        return
    writer = somebody(Role.REFERENT)
    reader = somebody(role, None if role is Role.CANDIDATE else writer.organisation)
    letter = a_letter(writer)
    session.commit()
    seen = list(session.scalars(queries.letters_visible_to(reader.actor)))
    prints = role in {Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT}
    assert seen == ([letter] if prints else [])
    assert bool(queries.to_do_for(reader.actor, clock.today())) == prints


def test_the_head_of_an_organisation_has_its_address_and_a_phone_that_somebody_answers(
    app: Flask, session: scoped_session
) -> None:
    place = an_organisation(name="MDS de Massy", address="4, avenue de France")
    writer = somebody(Role.REFERENT, place)
    head = letterhead(writer.actor)
    assert head is not None
    assert (head.name, head.lines, head.place) == ("MDS de Massy", ("4 avenue de France", "91300 Massy"), "Massy")
    assert (head.signature, head.phone) == (writer.actor.name, app.extensions["settings"].help_phone)
    place.phone, writer.user.phone = "+33199000001", "+33199000002"
    session.flush()
    assert letterhead(writer.actor).phone == "+33199000002"  # type: ignore[union-attr]
    assert letterhead_of(place.id).phone == "+33199000001"  # type: ignore[union-attr]
    assert letterhead_of(uuid4()) is None
