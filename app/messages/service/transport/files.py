"""Nothing leaves: e-mails are files and SMS are lines, each written once however often it is handed over."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Final

from app.core import clock
from app.messages.rules.sms import sms_text
from app.messages.service.transport.mail import written
from app.messages.service.transport.protocol import Down, Envelope, Line

LOG: Final = "sms.log"


@dataclass(frozen=True, slots=True)
class MailFiles:
    """``<id>.eml`` in a folder, as any mail program opens it."""

    folder: Path
    base_url: str
    mail_from: str = ""
    remembers: bool = True

    @contextmanager
    def open(self) -> Iterator[Line]:
        """The folder, made when it is missing."""
        _make(self.folder)
        yield self

    def send(self, envelope: Envelope) -> None:
        """Whole or not at all, and once: a name that exists is left as it is."""
        content = written(envelope, base_url=self.base_url, mail_from=self.mail_from)
        draft = self.folder / f".{envelope.id}.{os.getpid()}"
        try:
            draft.write_bytes(content)
            with suppress(FileExistsError):
                (self.folder / f"{envelope.id}.eml").hardlink_to(draft)
            draft.unlink()
        except OSError as error:
            raise Down(f"{type(error).__name__} {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class SmsFile:
    """``sms.log``: one JSON object a line."""

    folder: Path
    remembers: bool = True

    @contextmanager
    def open(self) -> Iterator[Line]:
        """The folder, made when it is missing."""
        _make(self.folder)
        yield self

    def send(self, envelope: Envelope) -> None:
        """One line, unless the log has it already. A line cut short by a crash does not count."""
        line = {
            "id": str(envelope.id),
            "at": clock.now().isoformat(),
            "to": envelope.to_address,
            "text": sms_text(envelope.body),
        }
        try:
            with (self.folder / LOG).open("a+b") as log:
                fcntl.flock(log, fcntl.LOCK_EX)
                if not _has(log, str(envelope.id)):
                    log.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise Down(f"{type(error).__name__} {error.strerror}") from error


def _has(log: BufferedRandom, wanted: str) -> bool:
    """Read what is there; a last line without end is ended first, so that the next stands alone."""
    log.seek(0)
    last = b"\n"
    for last in log:
        if wanted.encode() in last:
            with suppress(ValueError):
                if json.loads(last)["id"] == wanted:
                    return True
    if not last.endswith(b"\n"):
        log.write(b"\n")
    return False


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Down(f"{type(error).__name__} {error.strerror}") from error
