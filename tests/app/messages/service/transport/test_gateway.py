"""A gateway that refuses, is full, or says nothing: only what surely did not leave may leave again."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from app.messages.service.transport import Down, Envelope, Permanent, SmsGateway, Temporary, Uncertain
from tests.app.messages.conftest import free_port


class Gateway(ThreadingHTTPServer):
    """Answers ``status``; None hangs up without a word."""

    status: int | None = 202
    asked: list[tuple[str, dict[str, str], dict[str, Any]]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms?v=2"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        if self.server.status is None:
            self.close_connection = True
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway(("127.0.0.1", 0), _Handler)
    server.asked = []
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def an_envelope() -> Envelope:
    return Envelope(uuid4(), "Alex", "+33639980101", "Sujet", "L’été « ici »")


def send(gateway: Gateway, envelope: Envelope) -> None:
    with SmsGateway(gateway.url, "s3cret").open() as line:
        line.send(envelope)


def test_an_sms_is_one_post_with_its_id_and_the_portals_token(gateway: Gateway) -> None:
    envelope = an_envelope()
    send(gateway, envelope)
    ((path, headers, said),) = gateway.asked
    assert path == "/sms?v=2"
    assert headers["Authorization"] == "Bearer s3cret"
    assert headers["Idempotency-Key"] == str(envelope.id)
    assert said == {"id": str(envelope.id), "to": "+33639980101", "text": 'L\'été "ici"'}


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (400, Permanent),
        (422, Permanent),
        (429, Temporary),
        (503, Temporary),
        (401, Down),
        (404, Down),
        (500, Uncertain),
        (504, Uncertain),
        (302, Uncertain),
        (None, Uncertain),
    ],
)
def test_an_answer_says_whether_it_may_leave_again(
    gateway: Gateway, status: int | None, trouble: type[Exception]
) -> None:
    gateway.status = status
    with pytest.raises(trouble):
        send(gateway, an_envelope())
    assert len(gateway.asked) == 1


def test_nobody_at_the_address_is_a_way_that_is_down() -> None:
    with pytest.raises(Down), SmsGateway(f"http://127.0.0.1:{free_port()}/sms").open() as line:
        line.send(an_envelope())


def test_an_address_that_is_none_of_the_web_is_a_wrong_setting() -> None:
    with pytest.raises(ValueError, match="PORTAL_SMS_URL"):
        SmsGateway("ftp://exemple.fr")
