"""What a server answers tells exactly whether it has the message."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any
from uuid import uuid4

import pytest

from app.messages.service.transport import Down, Envelope, SmtpServer
from tests.app.messages.conftest import Mailbox, free_port


def an_envelope() -> Envelope:
    return Envelope(uuid4(), "Alex", "alex@exemple.fr", "Sujet", "Bonjour\n.\n..\nfin")


class TlsServer:
    """A server with a certificate of its own, that asks for a password once the line is encrypted."""

    def __init__(self, folder: Path) -> None:
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import AuthResult

        self.box, self.port, self.certificate = Mailbox(), free_port(), folder / "cert.pem"
        self.signed_in: list[tuple[bytes, bytes]] = []
        self.url = f"smtp://127.0.0.1:{self.port}?starttls=1"
        _make_certificate(self.certificate, folder / "key.pem")
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, folder / "key.pem")

        def authenticator(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> Any:
            self.signed_in.append((data.login, data.password))
            return AuthResult(success=True)

        self.controller = Controller(
            self.box,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context,
            require_starttls=True,
            authenticator=authenticator,
            auth_required=True,
        )


def _make_certificate(certificate: Path, key: Path) -> None:
    asked = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*asked.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)


def test_lines_that_start_with_a_dot_arrive_as_they_left(server_of_mail: Any) -> None:
    with SmtpServer(server_of_mail.url, "https://p.fr").open() as line:
        line.send(an_envelope())
    (mail,) = server_of_mail.box.received
    assert mail.get_content().splitlines() == ["Bonjour", ".", "..", "fin"]


def test_nobody_at_the_address_is_a_way_that_is_down() -> None:
    with pytest.raises(Down), SmtpServer(f"smtp://127.0.0.1:{free_port()}", "https://p.fr", timeout=2).open():
        pytest.fail("there is no server")


def test_a_password_that_is_wrong_or_not_asked_for_is_a_way_that_is_down(server_of_mail: Any) -> None:
    url = f"smtp://user:p%40ss@127.0.0.1:{server_of_mail.port}"
    with pytest.raises(Down), SmtpServer(url, "https://p.fr").open():
        pytest.fail("the server knows no passwords")


def test_a_server_without_encryption_is_not_spoken_to_in_clear_when_encryption_is_asked(server_of_mail: Any) -> None:
    with pytest.raises(Down), SmtpServer(f"{server_of_mail.url}?starttls=1", "https://p.fr").open():
        pytest.fail("the server has no STARTTLS")


def test_a_certificate_that_nobody_vouches_for_is_a_way_that_is_down(tls_server: TlsServer) -> None:
    with pytest.raises(Down, match=r"(?i)certificate"), SmtpServer(tls_server.url, "https://p.fr").open():
        pytest.fail("the certificate is the server's own")


def test_the_line_is_encrypted_then_signed_in(tls_server: TlsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls_server.certificate))
    url = tls_server.url.replace("smtp://", "smtp://portail:p%40ss@")
    with SmtpServer(url, "https://p.fr").open() as line:
        line.send(an_envelope())
    assert len(tls_server.box.received) == 1
    assert tls_server.signed_in == [(b"portail", b"p@ss")]


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[TlsServer]:
    if which("openssl") is None:
        pytest.skip("no openssl on this machine to make a certificate")
    server = TlsServer(tmp_path)
    server.controller.start()
    yield server
    server.controller.stop()
