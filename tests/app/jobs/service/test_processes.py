"""A process says that it lives; old runs are forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.jobs import queries
from app.jobs.models import JobRun, SchedulerProcess
from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.service import processes

NOON = datetime(2026, 11, 5, 11, tzinfo=UTC)


def test_a_process_lives_while_it_says_so(session: scoped_session) -> None:
    with clock.frozen(NOON):
        assert queries.life(NOON).alive == 0
        process = processes.register()
    assert queries.life(NOON + timedelta(seconds=89)).alive == 1
    assert queries.life(NOON + timedelta(seconds=90)).alive == 0
    with clock.frozen(NOON + timedelta(seconds=60)):
        processes.beat(process)
    assert queries.life(NOON + timedelta(seconds=90)).alive == 1
    with clock.frozen(NOON + timedelta(seconds=91)):
        processes.stopped(process)
    assert queries.life(NOON + timedelta(seconds=92)).alive == 0
    assert queries.first_start() == NOON


def _a_run(started_at: datetime, outcome: RunOutcome = RunOutcome.DONE, job: str = "tests.often") -> JobRun:
    return JobRun(
        job=job, due_at=started_at, for_day=started_at.date(), trigger=RunTrigger.SCHEDULE, outcome=outcome,
        started_at=started_at, ended_at=started_at,
    )  # fmt: skip


def test_old_runs_are_forgotten_but_the_latest_and_the_troubles(
    session: scoped_session, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    monkeypatch.setattr(processes, "KEPT_RUNS", 3)
    now = clock.now()
    session.add_all(_a_run(now - timedelta(minutes=n)) for n in range(6))
    session.add(_a_run(now - timedelta(minutes=10), RunOutcome.FAILED))
    session.add(_a_run(now - timedelta(days=401), RunOutcome.FAILED))
    session.add(_a_run(now - timedelta(days=500), job="tests.seldom"))
    session.commit()
    assert processes.forget_runs(today) == {"removed": 4}
    counted = select(JobRun.job, JobRun.outcome, func.count()).group_by(JobRun.job, JobRun.outcome)
    assert {tuple(row) for row in session.execute(counted)} == {
        ("tests.often", RunOutcome.DONE, 3),
        ("tests.often", RunOutcome.FAILED, 1),
        ("tests.seldom", RunOutcome.DONE, 1),
    }
    assert processes.forget_runs(today) == {"removed": 0}


def test_the_first_process_is_remembered(session: scoped_session, today: date) -> None:
    for days in (900, 800, 1):
        with clock.frozen(clock.now() - timedelta(days=days)):
            processes.register()
    assert processes.forget_runs(today) == {"removed": 1}
    ages = {(clock.now() - process.started_at).days for process in session.scalars(select(SchedulerProcess))}
    assert ages == {900, 1}
