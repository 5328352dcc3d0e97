"""A scheduler process with quick jobs, for tests that kill it.

Jobs speak to the test through a folder: they write lines in a file of their name, and « wait » waits for « go ».
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.core import logs
from app.core.settings import Settings
from app.factory import create_app
from app.jobs.rules.due import CatchUp, Job, Schedule
from app.jobs.rules.when import every
from app.jobs.scheduler import Scheduler

NEVER = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Once:
    """One slot, in the past when the process starts."""

    at: datetime

    def after(self, instant: datetime) -> datetime:
        return self.at if instant < self.at else NEVER

    def between(self, start: datetime, end: datetime) -> list[datetime]:
        return [self.at] if start < self.at <= end else []


def _say(path: Path, word: str) -> None:
    with path.open("a") as file:
        file.write(f"{word}\n")


def tick(folder: Path, today: date) -> int:
    _say(folder / "tick", "ran")
    return 1


def broken(folder: Path, today: date) -> None:
    _say(folder / "broken", "ran")
    raise ValueError("on purpose")


def wait(folder: Path, today: date) -> int:
    _say(folder / "wait", "begun")
    while not (folder / "go").exists():
        time.sleep(0.02)
    _say(folder / "wait", "finished")
    return 1


def a_schedule(folder: Path, slot: datetime) -> Schedule:
    """Two jobs every second, one of which raises, and one that was due once, ten minutes ago."""
    often = every(seconds=1)
    said = {"title": "Essai", "says": "Essaie.", "catch_up": CatchUp.EACH, "back": timedelta(hours=1), "retries": 0}
    return {
        "tick": Job(run=partial(tick, folder), when=often, **said),
        "broken": Job(run=partial(broken, folder), when=often, **said),
        "wait": Job(run=partial(wait, folder), when=Once(slot), **said),
    }


def live(settings: Settings, folder: Path, slot: datetime, names: tuple[str, ...]) -> None:
    """Be a scheduler for these jobs, until told to stop."""
    with (folder / "log").open("a") as sys.stderr:
        logs.configure()
        known = a_schedule(folder, slot)
        schedule = {name: known[name] for name in names}
        Scheduler(create_app(settings), schedule, beat=timedelta(seconds=1), patience=timedelta(seconds=10)).run()
