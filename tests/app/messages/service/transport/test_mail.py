"""An e-mail is plain text in UTF-8, known by its own id, and carries the link that refuses the like of it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

import pytest

from app.messages.service.transport import Envelope, Permanent
from app.messages.service.transport.mail import mailbox, sender, written

ID = UUID("5f0c8a52-1b7e-4a53-9d0e-6a1f2c3b4d5e")


def parsed(envelope: Envelope, *, base_url: str = "https://portail.exemple", mail_from: str = "") -> EmailMessage:
    mail = message_from_bytes(written(envelope, base_url=base_url, mail_from=mail_from), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def an_envelope(**values: str | None) -> Envelope:
    defaults = {"to_name": "Aïcha N’Diaye", "to_address": "aicha@exemple.fr", "subject": "Été", "body": "Bonjour"}
    return Envelope(id=ID, **{**defaults, **values})  # type: ignore[arg-type]


def test_its_id_and_its_words_are_those_of_the_message() -> None:
    mail = parsed(an_envelope(subject="Un travail à Évry", body="Bonjour Aïcha,\n.\nÀ bientôt\u00a0!"))
    assert mail["Message-ID"] == f"<{ID}@portail.exemple>"
    assert mail["Subject"] == "Un travail à Évry"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().splitlines() == ["Bonjour Aïcha,", ".", "À bientôt\u00a0!"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] is not None
    assert mail["To"].addresses[0].display_name == "Aïcha N’Diaye"


def test_it_is_bytes_of_seven_bits_in_lines_that_every_server_takes() -> None:
    content = written(an_envelope(body="é" * 3000), base_url="https://portail.exemple", mail_from="")
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) < 998


def test_the_head_says_the_link_that_refuses_in_one_piece_and_the_id_of_a_long_host() -> None:
    link, host = "https://portail.exemple/messages/stop/" + "x" * 120, "portail." + "y" * 60 + ".exemple"
    raw = written(an_envelope(stop_link=link), base_url=f"https://{host}", mail_from="")
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    assert f"List-Unsubscribe: <{link}>\r\n" in head
    assert f"<{ID}@{host}>\r\n" in head


def test_the_link_that_refuses_is_in_the_head_and_at_the_end() -> None:
    mail = parsed(an_envelope(stop_link="https://portail.exemple/messages/stop/" + "x" * 120))
    link = "https://portail.exemple/messages/stop/" + "x" * 120
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content().rstrip().endswith(link)
    assert "List-Unsubscribe" not in parsed(an_envelope())


@pytest.mark.parametrize("field", ["subject", "to_name"])
def test_no_word_starts_another_header(field: str) -> None:
    mail = parsed(an_envelope(**{field: "A\r\nBcc: evil@exemple.fr"}))
    assert mail["Bcc"] is None


@pytest.mark.parametrize("name", ["", "A, B", 'Le "chef"', "a@b.fr", "=?utf-8?q?x?=", "(x", "x" * 300])
def test_any_name_leaves_the_address_alone(name: str) -> None:
    assert parsed(an_envelope(to_name=name))["To"].addresses[0].addr_spec == "aicha@exemple.fr"


def test_a_domain_with_accents_is_written_as_servers_know_it() -> None:
    assert mailbox("a@évry.fr") == "a@xn--vry-9la.fr"


@pytest.mark.parametrize("address", ["", "a", "a@", "@b.fr", "é@b.fr", "a b@c.fr", "a@b..fr", "a@" + "x" * 70 + ".fr"])
def test_an_address_that_no_server_takes_is_refused(address: str) -> None:
    with pytest.raises(Permanent):
        written(an_envelope(to_address=address), base_url="https://p.fr", mail_from="")


def test_who_writes_is_set_or_is_the_portal() -> None:
    assert sender("", "https://portail.exemple:8000") == ("Portail insertion", "portail@portail.exemple")
    assert sender("L’insertion <bonjour@exemple.fr>", "https://p.fr") == ("L’insertion", "bonjour@exemple.fr")
    assert sender("bonjour@exemple.fr", "https://p.fr") == ("Portail insertion", "bonjour@exemple.fr")
