"""Whoever writes 200 reminders may be killed in the middle, twice, and two may run at once: none lost, none twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.roles import Role
from app.core.settings import ROOT
from app.follow_up.rules.kinds import VisitKind
from app.messages.models import Message
from tests.factories.follow_up import a_follow_up
from tests.factories.people import an_organisation, somebody

PEOPLE = 200
START = date(2026, 9, 1)
DUE = date(2026, 9, 8)
WRITER = """
import sys
from datetime import date
from pathlib import Path
from app.core import clock
from app.core.settings import Settings
from app.factory import create_app
from app.follow_up.jobs import remind

url, var = sys.argv[1:]
app = create_app(Settings(var=Path(var), secret_key="k", database_url=url))
today = date(2026, 9, 6)
with app.app_context(), clock.frozen(today):
    remind(today)
"""


def _people(app: Flask) -> None:
    """Two hundred people called on 8 September, each with a phone, one tutor and one referent."""
    with app.app_context():
        referent, firm = somebody(Role.REFERENT), somebody(Role.EMPLOYER, an_organisation())
        for rank in range(PEOPLE):
            followed = a_follow_up(START, referent=referent, employer=firm)
            assert followed.visits[VisitKind.FIRST_CALL].planned_on == DUE
            followed.follow_up.candidate.phone = f"+336399{rank:05d}"
        db.session.commit()


def _start(app: Flask, var: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", WRITER, app.config["SQLALCHEMY_DATABASE_URI"], str(var)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)


def _written(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Message)) or 0


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_killed_twice_in_the_middle_of_200_reminders(own_app: Flask, tmp_path: Path) -> None:
    _people(own_app)
    for floor in (1, 300):
        writer = _start(own_app, tmp_path)
        _until(lambda floor=floor: _written(own_app) >= floor)  # type: ignore[misc]
        os.kill(writer.pid, signal.SIGKILL)
        assert writer.wait(timeout=60) == -signal.SIGKILL
        assert _written(own_app) < 3 * PEOPLE

    last = [_start(own_app, tmp_path) for _ in range(2)]
    assert [writer.wait(timeout=120) for writer in last] == [0, 0]

    with own_app.app_context():
        counts = dict(db.session.execute(select(Message.kind, func.count()).group_by(Message.kind)).all())
        visits = db.session.scalar(select(func.count(Message.about_id.distinct())))
        keys = db.session.scalar(select(func.count(Message.key.distinct())))
    assert counts == {"visit_due_person": PEOPLE, "visit_due_tutor": PEOPLE, "visit_due_referent": PEOPLE}
    assert (visits, keys) == (PEOPLE, 3 * PEOPLE)
