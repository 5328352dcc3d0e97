"""SMS by a gateway over HTTP: one POST of JSON a message, with the message's id for the gateway to know it again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from app.messages.rules.sms import sms_text
from app.messages.service.transport.protocol import Down, Envelope, Line, NotDelivered, Permanent, Temporary, Uncertain

TIMEOUT: Final = 30.0
_LATER: Final = {429, 503}
_OURS: Final = {401, 402, 403, 404, 405}
"""The gateway refuses the portal, not the number."""


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """``POST url`` with ``Authorization: Bearer token`` and {"id", "to", "text"}; any 2xx means taken."""

    url: str
    token: str = ""
    timeout: float = TIMEOUT
    remembers: bool = False

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("PORTAL_SMS_URL starts with https:// or http://")

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Each message has a connection of its own."""
        yield self

    def send(self, envelope: Envelope) -> None:
        """Refused is 4xx, full is 429 or 503; any other failure, or silence, may have sent it."""
        connection = self._connected()
        try:
            said = {"id": str(envelope.id), "to": envelope.to_address, "text": sms_text(envelope.body)}
            connection.request("POST", self._path(), json.dumps(said).encode(), self._headers(envelope))
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise Uncertain(f"{type(error).__name__} {error}".strip()) from error
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise _refusal(status)

    def _connected(self) -> HTTPConnection:
        url = urlsplit(self.url)
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=self.timeout)
        try:
            connection.connect()
        except OSError as error:
            connection.close()
            raise Down(f"{type(error).__name__} {error}".strip()) from error
        return connection

    def _path(self) -> str:
        url = urlsplit(self.url)
        return f"{url.path or '/'}{'?' if url.query else ''}{url.query}"

    def _headers(self, envelope: Envelope) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(envelope.id)}
        return headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def _refusal(status: int) -> NotDelivered:
    words = f"HTTP {status}"
    if status in _LATER:
        return Temporary(words)
    if status in _OURS:
        return Down(words)
    return Permanent(words) if 400 <= status < 500 else Uncertain(words)
