"""A job runs in its day, under its lock, and whatever it does is written."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Role
from app.core.transaction import transaction
from app.jobs import queries
from app.jobs.models import JobRun, SchedulerProcess
from app.jobs.rules import JobRefusal, RunOutcome, RunTrigger
from app.jobs.rules.due import RETRY_AFTER, CatchUp, Job, due_slots
from app.jobs.rules.when import PARIS, daily, every
from app.jobs.service import processes, runs
from app.jobs.service.locks import lock
from app.jobs.service.running import Busy, jobs_to_serve, replay, serve
from tests.factories.people import somebody

NAME = "tests.essai"


def at(words: str) -> datetime:
    """« 2026-11-05 06:30 », in Paris."""
    return datetime.fromisoformat(words).replace(tzinfo=PARIS)


def a_job(run: Callable[[date], Any], **values: Any) -> Job:
    said = {"when": daily("06:30"), "title": "Essai", "says": "Essaie.", **values}
    return Job(run=run, **said)


class Spy:
    """A job that remembers the days it was given, and the clock it saw."""

    def __init__(self, *answers: Any) -> None:
        self.days: list[date] = []
        self.clocks: list[date] = []
        self._answers = list(answers)

    def __call__(self, today: date) -> Any:
        self.days.append(today)
        self.clocks.append(clock.today())
        answer = self._answers.pop(0) if self._answers else 1
        if isinstance(answer, Exception):
            raise answer
        return answer


def served(job: Job, when: str) -> int:
    with clock.frozen(at(when)):
        return serve(NAME, job)


def logged() -> list[tuple[Any, ...]]:
    query = select(JobRun).where(JobRun.job == NAME).order_by(JobRun.started_at, JobRun.due_at)
    return [
        (run.for_day.isoformat(), run.trigger, run.outcome, run.counts)
        for run in db.session.scalars(query.execution_options(populate_existing=True))
    ]


@pytest.fixture
def lived(session: scoped_session) -> None:
    """A scheduler lived here before: on the second of November."""
    with clock.frozen(at("2026-11-02 12:00")):
        processes.register()


S, C, R = RunTrigger.SCHEDULE, RunTrigger.CATCH_UP, RunTrigger.REPLAY
DONE, FAILED, ABANDONED = RunOutcome.DONE, RunOutcome.FAILED, RunOutcome.ABANDONED


def test_a_job_runs_at_its_hour_once(lived: None) -> None:
    spy = Spy(3)
    job = a_job(spy)
    assert served(job, "2026-11-02 18:00") == 0
    assert served(job, "2026-11-03 06:30") == 1
    assert served(job, "2026-11-03 06:31") == 0
    assert spy.days == [date(2026, 11, 3)]
    assert logged() == [("2026-11-03", S, DONE, {"count": 3})]


def test_missed_days_are_caught_up_each_with_its_day_and_the_true_clock(lived: None) -> None:
    spy = Spy()
    job = a_job(spy, catch_up=CatchUp.EACH)
    assert served(job, "2026-11-03 06:30") == 1
    assert served(job, "2026-11-06 09:00") == 3
    assert spy.days == [date(2026, 11, day) for day in (3, 4, 5, 6)]
    assert spy.clocks == [date(2026, 11, 3), *[date(2026, 11, 6)] * 3]
    assert [trigger for _, trigger, *_ in logged()] == [S, C, C, C]


def test_a_job_that_raises_is_failed_and_keeps_no_one_from_running(lived: None) -> None:
    broken, well = Spy(ValueError("row of camille@exemple.fr")), Spy()
    served(a_job(broken, retries=0), "2026-11-03 06:30")
    with clock.frozen(at("2026-11-03 06:30")):
        assert serve("tests.other", a_job(well)) == 1
    run = db.session.scalars(select(JobRun).where(JobRun.job == NAME)).one()
    assert (run.outcome, run.error, run.counts) == (FAILED, "ValueError: row of …", {})
    assert run.ended_at is not None
    assert served(a_job(broken, retries=0), "2026-11-04 06:30") == 1
    assert [outcome for _, _, outcome, _ in logged()] == [FAILED, DONE]


def test_what_a_failed_job_had_not_committed_is_undone(lived: None) -> None:
    def half_done(today: date) -> None:
        db.session.add(SchedulerProcess(host="half", pid=1))
        db.session.flush()
        db.session.execute(text("SELECT 1 / 0"))

    served(a_job(half_done), "2026-11-03 06:30")
    assert db.session.scalar(select(SchedulerProcess).where(SchedulerProcess.host == "half")) is None
    (run,) = db.session.scalars(select(JobRun).where(JobRun.job == NAME)).all()
    assert run.error == "DivisionByZero: 22012"


def test_a_failed_slot_is_tried_again_later_and_written_beside(lived: None) -> None:
    spy = Spy(ValueError("no"), 2)
    job = a_job(spy)
    begun = at("2026-11-03 06:30")
    for moment, made in ((begun, 1), (begun + timedelta(minutes=1), 0), (begun + RETRY_AFTER[0], 1)):
        with clock.frozen(moment):
            assert serve(NAME, job) == made
    assert logged() == [("2026-11-03", S, FAILED, {}), ("2026-11-03", C, DONE, {"count": 2})]
    assert served(job, "2026-11-03 23:00") == 0


def test_a_run_left_by_a_dead_process_is_abandoned_and_run_again(lived: None) -> None:
    left = JobRun(
        job=NAME, due_at=at("2026-11-03 06:30"), for_day=date(2026, 11, 3), trigger=S,
        started_at=at("2026-11-03 06:30"), process_id=uuid4(),
    )  # fmt: skip
    db.session.add(left)
    db.session.commit()
    spy = Spy()
    assert served(a_job(spy), "2026-11-03 06:40") == 1
    assert logged() == [("2026-11-03", S, ABANDONED, {}), ("2026-11-03", C, DONE, {"count": 1})]
    assert served(a_job(spy), "2026-11-03 06:50") == 0


def test_a_run_taken_for_abandoned_stays_so_when_it_ends_after_all(lived: None) -> None:
    def slow(today: date) -> int:
        runs.abandon_left(NAME)
        return 1

    served(a_job(slow, retries=0, back=timedelta(minutes=30)), "2026-11-03 06:30")
    assert logged()[0] == ("2026-11-03", S, ABANDONED, {})


def test_who_does_not_have_the_lock_runs_nothing(lived: None) -> None:
    spy = Spy()
    with lock(NAME) as ours:
        assert ours
        assert served(a_job(spy), "2026-11-03 06:30") == 0
        with lock("tests.other") as other:
            assert other
        with pytest.raises(Busy):
            replay(NAME, a_job(spy), date(2026, 11, 3))
    assert served(a_job(spy), "2026-11-03 06:30") == 1


def test_a_slot_is_running_or_done_once_even_without_the_lock(lived: None) -> None:
    job = a_job(Spy())
    with clock.frozen(at("2026-11-03 06:30")):
        history = queries.histories({NAME: job}, clock.now())[NAME]
        (slot,) = due_slots(job, history, since=at("2026-11-02 12:00"), now=clock.now())
        assert runs.begin_slot(NAME, slot, None) is not None
        assert runs.begin_slot(NAME, slot, None) is None


def test_a_replay_sees_its_day_everywhere_and_the_log_the_true_time(session: scoped_session, today: date) -> None:
    spy = Spy(4)
    run = replay(NAME, a_job(spy), date(2024, 2, 29))
    assert (spy.days, spy.clocks) == ([date(2024, 2, 29)], [date(2024, 2, 29)])
    assert (run.trigger, run.outcome, run.due_at, run.for_day) == (R, DONE, None, date(2024, 2, 29))
    assert (clock.civil_day(run.started_at), run.counts) == (today, {"count": 4})


def test_a_replay_takes_no_slot(lived: None) -> None:
    job = a_job(Spy())
    with clock.frozen(at("2026-11-03 06:00")):
        replay(NAME, job, date(2026, 11, 3))
    assert served(job, "2026-11-03 06:30") == 1


def test_what_an_administrator_asks_for_runs_once_however_often_the_form_is_sent(lived: None) -> None:
    who, row_id, spy = somebody(Role.ADMINISTRATOR), uuid4(), Spy()
    job, day = a_job(spy), date(2026, 11, 1)
    with clock.frozen(at("2026-11-02 18:00")):
        for _ in range(2):
            runs.ask(NAME, day, row_id=row_id, by=who.actor, today=clock.today())
        assert jobs_to_serve({NAME: job}, uuid4(), clock.now()) == [NAME]
        assert serve(NAME, job) == 1
        assert serve(NAME, job) == 0
    assert (spy.days, spy.clocks) == ([day], [day])
    assert logged() == [("2026-11-01", R, DONE, {"count": 1})]
    run = db.session.scalars(select(JobRun).where(JobRun.job == NAME)).one()
    assert (run.id, run.by_user_id) == (row_id, who.user.id)


def test_a_day_ahead_is_refused(session: scoped_session, today: date) -> None:
    who = somebody(Role.ADMINISTRATOR)
    session.commit()
    with pytest.raises(Refused) as refused:
        runs.ask(NAME, today + timedelta(days=1), row_id=uuid4(), by=who.actor, today=today)
    assert refused.value.reasons == (JobRefusal.DAY_AHEAD,)
    assert logged() == []


def test_a_job_beyond_its_limit_is_stopped_at_its_next_statement(lived: None) -> None:
    def endless(today: date) -> None:
        while True:
            db.session.execute(text("SELECT 1"))

    served(a_job(endless, limit=timedelta(milliseconds=50), retries=0), "2026-11-03 06:30")
    run = db.session.scalars(select(JobRun).where(JobRun.job == NAME)).one()
    assert (run.outcome, run.error) == (FAILED, "TooLong")


@transaction
def _sleep() -> None:
    db.session.execute(text("SELECT pg_sleep(600)"))


def test_a_statement_that_lasts_is_cancelled_at_the_limit(own_app: Any) -> None:
    with own_app.app_context():
        run = replay(NAME, a_job(lambda today: _sleep(), limit=timedelta(milliseconds=300)), clock.today())
        assert (run.outcome, run.error) == (FAILED, "QueryCanceled: 57014")


def test_the_scheduler_looks_for_what_is_due_asked_for_or_left(lived: None) -> None:
    mine, other = uuid4(), uuid4()
    schedule = {name: a_job(Spy(), when=daily(hour)) for name, hour in (("a", "06:30"), ("b", "20:00"), ("c", "20:00"))}
    now = at("2026-11-03 07:00")
    with clock.frozen(now):
        for name, process in (("b", mine), ("c", other)):
            slot_at = at("2026-11-02 20:00")
            db.session.add(JobRun(job=name, due_at=slot_at, for_day=date(2026, 11, 2), trigger=S, process_id=process))
        db.session.commit()
        assert jobs_to_serve(schedule, mine, now) == ["a", "c"]
        assert jobs_to_serve({}, mine, now) == []


def test_looking_costs_as_much_whatever_the_jobs(lived: None, statements: list[str]) -> None:
    schedule = {f"job{n}": a_job(Spy(), when=every(minutes=1), back=timedelta(hours=1)) for n in range(40)}
    statements.clear()
    assert len(jobs_to_serve(schedule, uuid4(), clock.now())) == 40
    assert len(statements) <= 4
