"""Real scheduler processes: several at once, one killed in the middle of a job, one told to stop."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM
from app.jobs.models import JobRun, SchedulerProcess
from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.service import runs
from tests.app.jobs.quick import live

PATIENCE_SECONDS = 180
S, C, R = RunTrigger.SCHEDULE, RunTrigger.CATCH_UP, RunTrigger.REPLAY
DONE, FAILED, ABANDONED, RUNNING = RunOutcome.DONE, RunOutcome.FAILED, RunOutcome.ABANDONED, RunOutcome.RUNNING

Start = Callable[..., BaseProcess]


@pytest.fixture
def start(own_app: Flask, tmp_path: Path) -> Iterator[Start]:
    """``start("tick", "wait")``: a scheduler process with these jobs, on a database where one lived an hour ago."""
    now = clock.now()
    with own_app.app_context():
        before = now - timedelta(hours=1)
        db.session.add(SchedulerProcess(host="before", pid=1, started_at=before, seen_at=before, stopped_at=before))
        db.session.commit()
    processes = get_context("forkserver")  # one process loads the portal, and each scheduler is a copy of it
    processes.set_forkserver_preload(["tests.app.jobs.quick"])
    settings = own_app.extensions["settings"]
    started: list[BaseProcess] = []

    def begin(*names: str) -> BaseProcess:
        process = processes.Process(target=live, args=(settings, tmp_path, now - timedelta(minutes=10), names))
        process.start()
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.join()
        process.close()


def until(true: Callable[[], Any], app: Flask) -> Any:
    """Wait for a condition, generously."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with app.app_context():
            if found := true():
                return found
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def lines(folder: Path, name: str) -> list[str]:
    path = folder / name
    return path.read_text().split() if path.exists() else []


def logged(app: Flask, name: str) -> list[tuple[Any, ...]]:
    with app.app_context():
        query = select(JobRun).where(JobRun.job == name).order_by(JobRun.started_at)
        return [(run.trigger, run.outcome) for run in db.session.scalars(query)]


def count(name: str, outcome: RunOutcome) -> int:
    query = select(func.count()).select_from(JobRun).where(JobRun.job == name, JobRun.outcome == outcome)
    return db.session.scalar(query) or 0


def living() -> int:
    query = select(func.count()).select_from(SchedulerProcess).where(SchedulerProcess.stopped_at.is_(None))
    return db.session.scalar(query) or 0


def stop(*processes: BaseProcess) -> list[int | None]:
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(PATIENCE_SECONDS)
    return [process.exitcode for process in processes]


def test_three_schedulers_run_each_slot_once_and_a_broken_job_stops_no_other(
    own_app: Flask, start: Start, tmp_path: Path
) -> None:
    three = [start("tick", "broken") for _ in range(3)]
    until(lambda: living() == 3, own_app)
    with own_app.app_context():
        before = count("tick", DONE)
    until(lambda: count("tick", DONE) >= before + 8 and count("broken", FAILED) >= 8, own_app)
    assert stop(*three) == [0, 0, 0]
    with own_app.app_context():
        ran = db.session.scalars(select(JobRun).where(JobRun.job == "tick").order_by(JobRun.due_at)).all()
        workers = {run.process_id for run in ran}
        assert living() == 0
    assert {run.outcome for run in ran} == {DONE}
    slots = [run.due_at for run in ran if run.due_at]
    assert max(Counter(slots).values()) == 1
    assert {later - earlier for earlier, later in pairwise(slots)} == {timedelta(seconds=1)}
    assert len(lines(tmp_path, "tick")) == len(ran)
    assert None not in workers
    failed = logged(own_app, "broken")
    assert {outcome for _, outcome in failed} == {FAILED}
    assert len(lines(tmp_path, "broken")) == len(failed)


def test_a_job_whose_scheduler_is_killed_is_abandoned_and_run_again_once(
    own_app: Flask, start: Start, tmp_path: Path
) -> None:
    first = start("wait")
    until(lambda: lines(tmp_path, "wait") == ["begun"], own_app)
    first.kill()
    first.join()
    assert logged(own_app, "wait") == [(C, RUNNING)]
    second = start("wait")
    until(lambda: count("wait", ABANDONED) == 1 and count("wait", RUNNING) == 1, own_app)
    (tmp_path / "go").touch()
    until(lambda: count("wait", DONE) == 1, own_app)
    assert stop(second) == [0]
    assert logged(own_app, "wait") == [(C, ABANDONED), (C, DONE)]
    assert lines(tmp_path, "wait") == ["begun", "begun", "finished"]
    third = start("wait")
    until(lambda: living() == 2, own_app)  # the one that was killed never said that it stopped
    assert stop(third) == [0]
    assert lines(tmp_path, "wait") == ["begun", "begun", "finished"]


def test_a_scheduler_that_lives_takes_over_what_another_left(own_app: Flask, start: Start, tmp_path: Path) -> None:
    first = start("wait")
    until(lambda: lines(tmp_path, "wait") == ["begun"], own_app)
    second = start("wait")
    until(lambda: living() == 2, own_app)
    first.kill()
    until(lambda: lines(tmp_path, "wait") == ["begun", "begun"], own_app)
    (tmp_path / "go").touch()
    until(lambda: count("wait", DONE) == 1, own_app)
    assert stop(second) == [0]
    assert logged(own_app, "wait") == [(C, ABANDONED), (C, DONE)]


def test_a_scheduler_told_to_stop_lets_its_job_end(own_app: Flask, start: Start, tmp_path: Path) -> None:
    process = start("wait", "tick")
    until(lambda: lines(tmp_path, "wait") == ["begun"], own_app)
    process.terminate()
    (tmp_path / "go").touch()
    process.join(PATIENCE_SECONDS)
    assert process.exitcode == 0
    assert logged(own_app, "wait") == [(C, DONE)]
    with own_app.app_context():
        assert living() == 0


def test_a_job_that_does_not_end_is_left_to_the_next_scheduler(own_app: Flask, start: Start, tmp_path: Path) -> None:
    process = start("wait")
    until(lambda: lines(tmp_path, "wait") == ["begun"], own_app)
    assert stop(process) == [1]
    assert logged(own_app, "wait") == [(C, RUNNING)]
    (tmp_path / "go").touch()
    following = start("wait")
    until(lambda: count("wait", DONE) == 1, own_app)
    assert stop(following) == [0]
    assert logged(own_app, "wait") == [(C, ABANDONED), (C, DONE)]


def test_a_run_asked_for_from_the_page_is_picked_up(own_app: Flask, start: Start, tmp_path: Path) -> None:
    (tmp_path / "go").touch()
    process = start("wait")
    until(lambda: count("wait", DONE) == 1, own_app)
    with own_app.app_context():
        runs.ask("wait", date(2026, 1, 2), row_id=uuid4(), by=SYSTEM, today=date(2026, 1, 3))
    until(lambda: count("wait", DONE) == 2, own_app)
    assert logged(own_app, "wait") == [(C, DONE), (R, DONE)]
    assert stop(process) == [0]
