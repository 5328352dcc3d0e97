"""How is an e-mail written? Plain text, French, with what a mail program needs to thread it and to unsubscribe."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Final
from urllib.parse import urlsplit

from app.core import clock
from app.messages.service.transport.protocol import Envelope, Permanent

NAME: Final = "Portail insertion"
_STOP: Final = "\n\n-- \nNe plus recevoir ces messages\u00a0: {}\n"


def sender(mail_from: str, base_url: str) -> tuple[str, str]:
    """(name, address) of who writes: as set, else « portail » at the host of the portal."""
    name, address = parseaddr(mail_from)
    return name or NAME, address or f"portail@{host_of(base_url)}"


def host_of(base_url: str) -> str:
    """« https://portail.example » → « portail.example »."""
    return urlsplit(base_url).hostname or "localhost"


def mailbox(address: str) -> str:
    """The address with its domain in ASCII. Raises Permanent for what no server takes."""
    local, at, domain = address.strip().rpartition("@")
    if not (local and at and domain) or any(char.isspace() or ord(char) < 32 for char in address):
        raise Permanent("adresse impossible")
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise Permanent("adresse impossible") from None


def written(envelope: Envelope, *, base_url: str, mail_from: str) -> bytes:
    """The whole e-mail, lines ended by CR LF. Its Message-ID is that of the message, however often it is tried."""
    message = EmailMessage(policy=policy.SMTP)
    name, address = sender(mail_from, base_url)
    try:
        message["From"] = str(Address(name, addr_spec=address))
        message["To"] = str(Address(_line(envelope.to_name), addr_spec=mailbox(envelope.to_address)))
    except (ValueError, IndexError):
        raise Permanent("adresse impossible") from None
    message["Subject"] = _line(envelope.subject)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{envelope.id}@{host_of(base_url)}>"
    message["Auto-Submitted"] = "auto-generated"
    ending = _STOP.format(envelope.stop_link) if envelope.stop_link else "\n"
    message.set_content(f"{envelope.body}{ending}", charset="utf-8", cte="quoted-printable")
    return _stop_headers(envelope.stop_link) + message.as_bytes()


def _stop_headers(link: str | None) -> bytes:
    """RFC 8058. Written by hand: a mail program wants the address whole, and the library folds or encodes long ones."""
    if link is None:
        return b""
    return f"List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode("ascii")


def _line(text: str) -> str:
    """Nothing that starts another header."""
    return " ".join(text.split())
