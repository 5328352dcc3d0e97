"""A sender killed in the middle of 200 messages: none lost, none twice, one doubt at most each time it dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.roles import Actor, Role
from app.core.settings import ROOT
from app.messages.models import Message
from app.messages.rules import MessageState, Recipient
from app.messages.service.deciding import send_again
from app.messages.service.sending import deliver
from tests.factories.messages import a_required_one

NOON = datetime(2026, 11, 5, 11, 0, tzinfo=UTC)
LATER = timedelta(minutes=11)
"""After that a claim counts as that of a dead sender."""
SENDER = """
import sys
from datetime import datetime
from pathlib import Path
from app.core import clock
from app.core.settings import Settings
from app.factory import create_app
from app.messages.service.sending import deliver

url, smtp_url, var, now = sys.argv[1:]
app = create_app(Settings(var=Path(var), secret_key="k", database_url=url, smtp_url=smtp_url))
with app.app_context(), clock.frozen(datetime.fromisoformat(now)):
    deliver()
"""


class Senders:
    """Senders in processes of their own, one after the other, each later than the last by the time of a claim."""

    def __init__(self, app: Flask, server: Any, var: Path) -> None:
        self.now = NOON
        self._words = [app.config["SQLALCHEMY_DATABASE_URI"], server.url, str(var)]
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.now += LATER
        words = [sys.executable, "-c", SENDER, *self._words, self.now.isoformat()]
        self.running = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        assert self.running is not None
        os.kill(self.running.pid, signal.SIGKILL)

    def killed(self) -> bool:
        assert self.running is not None
        return self.running.wait(timeout=60) == -signal.SIGKILL


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.002)


def states() -> dict[MessageState, int]:
    found = db.session.execute(select(Message.state, func.count()).group_by(Message.state)).all()
    db.session.rollback()
    return dict(found)


def test_killed_three_times_in_the_middle_of_200_messages(own_app: Flask, server_of_mail: Any, tmp_path: Path) -> None:
    box, senders = server_of_mail.box, Senders(own_app, server_of_mail, tmp_path)
    with own_app.app_context(), clock.frozen(NOON):
        written = {str(a_required_one(Recipient("P", None, f"p{n}@exemple.fr")).id) for n in range(200)}
        db.session.commit()

    # Dead when the server has the message and has not answered yet.
    box.on_data = lambda _server: senders.kill() if len(box.received) == 40 else None
    senders.start()
    assert senders.killed()
    # Dead at any moment.
    box.on_data = None
    senders.start()
    until(lambda: len(box.received) >= 80)
    senders.kill()
    assert senders.killed()
    # Dead again when the server has it.
    box.on_data = lambda _server: senders.kill() if len(box.received) >= 130 else None
    senders.start()
    assert senders.killed()
    box.on_data = None

    own_app.extensions["settings"] = replace(
        own_app.extensions["settings"], demonstration=False, smtp_url=server_of_mail.url, var=tmp_path
    )
    with own_app.app_context(), clock.frozen(senders.now + LATER):
        deliver()
        found = states()
        doubtful = list(db.session.scalars(select(Message.id).where(Message.state == MessageState.UNCERTAIN)))
        db.session.rollback()
        assert len(box.ids) == len(set(box.ids)), "nothing twice"
        assert set(box.ids) | {str(message_id) for message_id in doubtful} == written, "nothing lost"
        assert 2 <= len(doubtful) <= 3
        assert found == {MessageState.SENT: 200 - len(doubtful), MessageState.UNCERTAIN: len(doubtful)}

        # A human asks those readers, and sends again what did not arrive.
        missing = [message_id for message_id in doubtful if str(message_id) not in box.ids]
        send_again(missing, by=Actor(Role.ADMINISTRATOR, "Claire Morel"))
        deliver()
        assert sorted(box.ids) == sorted(written)
        db.session.remove()
