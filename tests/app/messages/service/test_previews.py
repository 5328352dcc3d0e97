"""« Ce qui va partir » says what leaves, and writes nothing."""

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.messages import service
from app.messages.models import Message
from app.messages.rules import Recipient
from app.messages.rules.samples import SAMPLES
from app.messages.service.letters import sheet_of
from app.messages.service.paper import base_url
from tests.factories.letters import POSTAL, a_head, a_letter
from tests.factories.people import somebody

SAMPLE = SAMPLES["application_proposed"]


def test_a_preview_writes_nothing(session: scoped_session) -> None:
    shown = service.previews("application_proposed", Recipient("Aminata"), **SAMPLE.filled(base_url()))
    assert session.scalars(select(Message)).all() == []
    assert shown.subject == "Une offre pour vous\u00a0: Agent de propreté"
    assert SAMPLE.path in shown.email
    assert shown.letter.to == ()
    assert shown.letter.head.phone  # somebody answers, even when nobody signs yet


def test_the_letter_of_a_preview_is_the_one_that_is_printed_but_for_its_code(session: scoped_session) -> None:
    writer = somebody(Role.REFERENT)
    to = Recipient("Aminata", postal=POSTAL)
    shown = service.previews("application_proposed", to, letterhead=a_head(writer), **SAMPLE.filled(base_url())).letter
    printed = sheet_of(a_letter(writer))
    assert (shown.head, shown.to, shown.subject) == (printed.head, printed.to, printed.subject)
    assert [[line.replace("XXXX-XXXX", printed.code) for line in paragraph] for paragraph in shown.paragraphs] == [
        list(paragraph) for paragraph in printed.paragraphs
    ]


def test_the_sms_of_a_preview_is_counted_as_it_leaves(session: scoped_session) -> None:
    shown = service.previews("visit_due_person", Recipient("Aïcha"), **SAMPLES["visit_due_person"].context)
    assert shown.sms.startswith("Bonjour Aicha. Rendez-vous")
    assert (shown.size.parts, shown.size.plain) == (1, True)
    assert "Aïcha" in shown.email
