"""A job runs: under its lock, in its day, within its time; whatever it does is written and stops no other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog

from app.core import clock
from app.core.db import db
from app.core.logs import log
from app.jobs import queries
from app.jobs.models import JobRun
from app.jobs.rules import RunOutcome
from app.jobs.rules.due import Job, Schedule, due_slots
from app.jobs.rules.runs import counts_of, error_words
from app.jobs.service import limits, runs
from app.jobs.service.locks import lock


class Busy(Exception):
    """Another process runs this job now."""


def serve(name: str, job: Job, process_id: UUID | None = None, stopping: Callable[[], bool] = lambda: False) -> int:
    """Make every run of a job that is due or asked for; how many. 0 when another process has the job."""
    with lock(name) as ours:
        if not ours:
            return 0
        if left := runs.abandon_left(name):
            log().warning("runs abandoned", job=name, runs=left)
        made = 0
        while not stopping() and (begun := _begin_next(name, job, process_id)):
            _make(name, job, *begun)
            made += 1
        return made


def _begin_next(name: str, job: Job, process_id: UUID | None) -> tuple[UUID, date, bool] | None:
    """What was asked for first, then the oldest slot due: the run, its day, and is it a replay?"""
    if asked := runs.begin_asked(name, process_id):
        return *asked, True
    now = clock.now()
    history = queries.histories({name: job}, now)[name]
    for slot in due_slots(job, history, since=queries.first_start() or now, now=now):
        run_id = runs.begin_slot(name, slot, process_id)
        if run_id is not None:
            return run_id, slot.day, False
    return None


def replay(name: str, job: Job, day: date) -> JobRun:
    """Run a job now as if it were that day, from the command line; its run. Raises Busy."""
    with lock(name) as ours:
        if not ours:
            raise Busy(name)
        runs.abandon_left(name)
        run_id = runs.begin_replay(name, day)
        assert run_id is not None
        _make(name, job, run_id, day, True)
        return queries.the_run(run_id)


def _make(name: str, job: Job, run_id: UUID, day: date, replayed: bool) -> None:
    with structlog.contextvars.bound_contextvars(job=name, run=str(run_id)):
        outcome, counts, error = _run(job, day, _day_of(day) if replayed else nullcontext())
        runs.end(run_id, outcome, counts, error)
        log().info("job ended", outcome=outcome.value, day=day.isoformat(), **_numbers(counts))


def _run(job: Job, day: date, in_its_day: Any) -> tuple[RunOutcome, dict[str, Any], str]:
    db.session.expire_all()  # the run before may have left rows as they were then
    try:
        with in_its_day, limits.within(job.limit):
            result = job.run(day)
    except Exception as error:  # noqa: BLE001 - the edge of a job: one that raises stops no other
        log().exception("job failed")
        return RunOutcome.FAILED, {}, error_words(error)
    finally:
        db.session.rollback()  # what a job read, or left half done, keeps no transaction open
    return RunOutcome.DONE, counts_of(result), ""


@contextmanager
def _day_of(day: date) -> Iterator[None]:
    """Everything inside sees that day. A replay of today keeps the true time."""
    with nullcontext() if day == clock.today() else clock.frozen(day):
        yield


def _numbers(counts: dict[str, Any]) -> dict[str, int]:
    return {f"n_{name}": value for name, value in counts.items() if isinstance(value, int)}


def jobs_to_serve(schedule: Schedule, process_id: UUID, now: datetime) -> list[str]:
    """The jobs that have something due, asked for, or left by another process: a handful of statements for all."""
    since, known = queries.first_start() or now, queries.histories(schedule, now)
    due = {name for name, job in schedule.items() if due_slots(job, known[name], since=since, now=now)}
    return sorted(due | (set(queries.open_elsewhere(process_id)) & schedule.keys()))
