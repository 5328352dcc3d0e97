"""A mail server of the test's own, that refuses what it is told to refuse."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mailbox:
    """What a server received, and how it answers: ``answers`` maps a step or an address to a reply, once or always."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.rcpt: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.mail: list[str] = []
        self.sessions = 0
        self.on_data: Callable[[Any], None] | None = None

    @property
    def ids(self) -> list[str]:
        """The ids of the messages, as their Message-ID says."""
        return [str(mail["Message-ID"]).strip("<>").split("@")[0] for mail in self.received]

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if replies := self.rcpt.get(address):
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data:
            return self.data.pop(0)
        mail = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append(mail)
        if self.on_data is not None:
            self.on_data(server)
        return "250 OK"


class MailServer:
    """Starts and stops on one port, as a server that is down for a while."""

    def __init__(self, box: Mailbox) -> None:
        self.box, self.port = box, free_port()
        self._controller: Any = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        from aiosmtpd.controller import Controller

        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def server_of_mail() -> Iterator[MailServer]:
    """A server that listens."""
    server = MailServer(Mailbox())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def by_smtp(app: Flask, server_of_mail: MailServer, tmp_path: Path) -> Iterator[Mailbox]:
    """The portal sends its e-mails to that server; its files are the test's own."""
    yield from _with_settings(app, server_of_mail.box, var=tmp_path, demonstration=False, smtp_url=server_of_mail.url)


@pytest.fixture
def by_files(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The portal writes its messages in a folder of the test's own."""
    yield from _with_settings(app, tmp_path / "outbox", var=tmp_path)


def _with_settings(app: Flask, gives: Any, **changes: Any) -> Iterator[Any]:
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, **changes)
    yield gives
    app.extensions["settings"] = before
