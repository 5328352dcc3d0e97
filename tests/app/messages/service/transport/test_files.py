"""Nothing leaves a machine that is not told how, and what is written is written once."""

import json
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path
from uuid import uuid4

import pytest

from app.core.settings import Settings
from app.messages.rules import Channel
from app.messages.service.transport import Down, Envelope, MailFiles, SmsFile, SmsGateway, SmtpServer, transports


def an_envelope(**values: str) -> Envelope:
    return Envelope(uuid4(), "Alex", values.get("to", "alex@exemple.fr"), "Sujet", values.get("body", "Bonjour"))


def test_an_email_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    envelope = an_envelope()
    with MailFiles(tmp_path / "outbox", "https://p.fr").open() as line:
        line.send(envelope)
        line.send(envelope)
    (path,) = (tmp_path / "outbox").iterdir()
    assert path.name == f"{envelope.id}.eml"
    assert message_from_bytes(path.read_bytes())["Subject"] == "Sujet"


def test_an_sms_is_a_line_written_once(tmp_path: Path) -> None:
    first, second = an_envelope(to="+33639980101", body="L’été « ici »"), an_envelope(to="+33639980102")
    with SmsFile(tmp_path).open() as line:
        for envelope in (first, second, first):
            line.send(envelope)
    lines = [json.loads(text) for text in (tmp_path / "sms.log").read_text().splitlines()]
    assert [said["id"] for said in lines] == [str(first.id), str(second.id)]
    assert (lines[0]["to"], lines[0]["text"]) == ("+33639980101", 'L\'été "ici"')


def test_a_line_cut_short_by_a_crash_does_not_count(tmp_path: Path) -> None:
    envelope = an_envelope(to="+33639980101")
    log = tmp_path / "sms.log"
    with SmsFile(tmp_path).open() as line:
        line.send(envelope)
        whole = log.read_bytes()
        log.write_bytes(whole[:-20])
        line.send(envelope)
    assert log.read_bytes().endswith(b"}\n")
    last = json.loads(log.read_text().splitlines()[-1])
    assert last["id"] == str(envelope.id)
    assert len(log.read_text().splitlines()) == 2


def test_many_at_once_write_whole_lines(tmp_path: Path) -> None:
    envelopes = [an_envelope(body="x" * 400) for _ in range(40)]
    way = SmsFile(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(way.send, envelopes * 2))
    ids = [json.loads(text)["id"] for text in (tmp_path / "sms.log").read_text().splitlines()]
    assert sorted(ids) == sorted(str(envelope.id) for envelope in envelopes)


def test_a_folder_that_cannot_be_made_is_a_way_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Down), MailFiles(tmp_path / "file" / "outbox", "https://p.fr").open():
        pytest.fail("a file is no folder")


def test_without_settings_or_in_the_demonstration_everything_is_a_file(tmp_path: Path) -> None:
    told = {"smtp_url": "smtp://mail.exemple", "sms_url": "https://sms.exemple"}
    plain = transports(Settings(tmp_path, "k"))
    shown = transports(Settings(tmp_path, "k", demonstration=True, **told))
    real = transports(Settings(tmp_path, "k", **told))
    for ways in (plain, shown):
        assert isinstance(ways[Channel.EMAIL], MailFiles)
        assert isinstance(ways[Channel.SMS], SmsFile)
    assert isinstance(real[Channel.EMAIL], SmtpServer)
    assert isinstance(real[Channel.SMS], SmsGateway)
    assert Channel.LETTER not in real
