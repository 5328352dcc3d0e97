"""E-mail by SMTP: one connection a batch, and after each message the exact knowledge of whether it was taken."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from app.messages.service.transport.mail import mailbox, sender, written
from app.messages.service.transport.protocol import Down, Envelope, Line, Permanent, Temporary, Uncertain

TIMEOUT: Final = 30.0
"""Seconds for one answer of the server; a message takes six at most."""
_BROKEN: Final = (smtplib.SMTPServerDisconnected, OSError)
_CLOSING: Final = 421


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """``url``: smtp://user:password@host:587?starttls=1, or smtps://user:password@host:465."""

    url: str
    base_url: str
    mail_from: str = ""
    timeout: float = TIMEOUT
    remembers: bool = False

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Connected, encrypted and signed in as the address says."""
        try:
            connection = self._connected(urlsplit(self.url))
        except (smtplib.SMTPException, OSError) as error:
            raise Down(_words(error)) from error
        try:
            yield _SmtpLine(connection, self)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connected(self, url: SplitResult) -> smtplib.SMTP:
        host, context = url.hostname or "localhost", ssl.create_default_context()
        if url.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=self.timeout, context=context)
        else:
            connection = smtplib.SMTP(host, url.port or 25, timeout=self.timeout)
        try:
            connection.ehlo_or_helo_if_needed()
            if parse_qs(url.query).get("starttls", ["0"])[0] == "1":
                connection.starttls(context=context)
            if url.username:
                connection.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            connection.close()
            raise
        return connection


@dataclass(frozen=True, slots=True)
class _SmtpLine:
    connection: smtplib.SMTP
    server: SmtpServer

    def send(self, envelope: Envelope) -> None:
        """MAIL, RCPT, DATA, one by one: what fails tells whether the message may have left."""
        content = written(envelope, base_url=self.server.base_url, mail_from=self.server.mail_from)
        recipient = mailbox(envelope.to_address)
        self._begin(sender(self.server.mail_from, self.server.base_url)[1])
        try:
            self._judge(*self.connection.rcpt(recipient), taken={250, 251})
            self._judge(*self.connection.docmd("DATA"), taken={354})
        except _BROKEN as error:
            raise Temporary(_words(error), breaks=True) from error
        self._hand_over(content)

    def _begin(self, address: str) -> None:
        """What is refused here is the portal, not the reader: no message is to blame."""
        try:
            code, said = self.connection.mail(address)
        except _BROKEN as error:
            raise Down(_words(error)) from error
        if code != 250:
            raise Down(_said(code, said))

    def _hand_over(self, content: bytes) -> None:
        """From the first byte on, silence means that nobody knows."""
        try:
            self.connection.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
            code, said = self.connection.getreply()
        except _BROKEN as error:
            raise Uncertain(_words(error)) from error
        self._judge(code, said, taken={250})

    def _judge(self, code: int, said: bytes, *, taken: set[int]) -> None:
        if code in taken:
            return
        words = _said(code, said)
        if code == _CLOSING:
            raise Temporary(words, breaks=True)
        with suppress(*_BROKEN):
            self.connection.rset()
        if 500 <= code < 600:
            raise Permanent(words)
        raise Temporary(words)


def _said(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(error.smtp_code, said if isinstance(said, bytes) else str(said).encode())
    return f"{type(error).__name__} {error}".strip()
