"""What does the run log say of a slot, of a job, of the schedulers? The scheduler and the administrators read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import DateTime, Select, Text, Values, column, exists, func, select, true, values
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.core.db import db
from app.core.errors import NotFound
from app.jobs.models import JobRun, SchedulerProcess
from app.jobs.rules import RunOutcome
from app.jobs.rules.due import History, Job, Schedule, Trouble

ALIVE: Final = timedelta(seconds=90)
"""A scheduler says every 30 seconds that it lives; three times silent, it is taken for dead."""
_OPEN = (RunOutcome.ASKED, RunOutcome.RUNNING)


# --- for the scheduler ------------------------------------------------------------------------------------


def histories(schedule: Schedule, now: datetime) -> Mapping[str, History]:
    """The latest slot of each job, and those within its span of catching up that have no done or running run."""
    if not schedule:
        return {}
    troubles: dict[str, dict[datetime, Trouble]] = {name: {} for name in schedule}
    for run in db.session.scalars(_troubled(schedule, now)):
        assert run.due_at is not None
        assert run.ended_at is not None
        seen = troubles[run.job].get(run.due_at)
        failed = run.outcome is RunOutcome.FAILED
        troubles[run.job][run.due_at] = Trouble(
            run.due_at,
            failures=(seen.failures if seen else 0) + failed,
            deaths=(seen.deaths if seen else 0) + (not failed),
            last_outcome=run.outcome,
            last_ended_at=run.ended_at,
        )
    latest = _latest_due(schedule)
    return {name: History(latest.get(name), tuple(troubles[name].values())) for name in schedule}


def _latest_due(names: Iterable[str]) -> Mapping[str, datetime | None]:
    asked = _listed(names)
    latest = select(func.max(JobRun.due_at)).where(JobRun.job == asked.c.name).scalar_subquery()
    return {name: due_at for name, due_at in db.session.execute(select(asked.c.name, latest))}  # noqa: C416


def _listed(names: Iterable[str]) -> Values:
    return values(column("name", Text), name="listed").data([(name,) for name in names])


def _troubled(schedule: Schedule, now: datetime) -> Select[JobRun]:
    """The tries that failed or were abandoned, slot by slot, the last one last."""
    floors = values(column("name", Text), column("floor", DateTime(timezone=True)), name="floors")
    floors = floors.data([(name, now - job.back) for name, job in schedule.items()])
    other = aliased(JobRun)
    served = exists().where(
        other.job == JobRun.job,
        other.due_at == JobRun.due_at,
        other.outcome.in_((RunOutcome.RUNNING, RunOutcome.DONE)),
    )
    tries = (JobRun.job == floors.c.name) & (JobRun.due_at > floors.c.floor)
    query = select(JobRun).join(floors, tries)
    query = query.where(JobRun.outcome.in_((RunOutcome.FAILED, RunOutcome.ABANDONED)), ~served)
    return query.order_by(JobRun.due_at, JobRun.ended_at).execution_options(populate_existing=True)


def first_start() -> datetime | None:
    """When a scheduler first lived here: nothing was missed before."""
    return db.session.scalar(select(func.min(SchedulerProcess.started_at)))


def open_elsewhere(process_id: UUID) -> Sequence[str]:
    """The jobs that have a run asked for, or one that another process began and may have left."""
    others = JobRun.process_id.is_distinct_from(process_id)
    return db.session.scalars(select(JobRun.job).where(JobRun.outcome.in_(_OPEN), others).distinct()).all()


def asked_jobs() -> Sequence[str]:
    """The jobs that somebody asked to run."""
    return db.session.scalars(select(JobRun.job).where(JobRun.outcome == RunOutcome.ASKED).distinct()).all()


# --- for the pages ----------------------------------------------------------------------------------------


def last_runs(names: Sequence[str]) -> Mapping[str, JobRun]:
    """The run of each job that began last."""
    asked = _listed(names)
    last = select(JobRun).where(JobRun.job == asked.c.name).order_by(JobRun.started_at.desc()).limit(1).lateral()
    query = select(aliased(JobRun, last)).select_from(asked).join(last, true())
    return {run.job: run for run in db.session.scalars(query)}


def runs(name: str, outcome: RunOutcome | None = None) -> Select[JobRun]:
    """The runs of a job, the newest first."""
    query = select(JobRun).where(JobRun.job == name)
    if outcome is not None:
        query = query.where(JobRun.outcome == outcome)
    return query.order_by(JobRun.started_at.desc(), JobRun.id)


def names_of_users(runs: Iterable[JobRun]) -> Mapping[UUID, str]:
    """Who asked for these runs."""
    ids = {run.by_user_id for run in runs if run.by_user_id is not None}
    if not ids:
        return {}
    return {user.id: user.full_name for user in db.session.scalars(select(User).where(User.id.in_(ids)))}


def the_run(run_id: UUID) -> JobRun:
    """One run; raises NotFound."""
    run = db.session.get(JobRun, run_id, populate_existing=True)
    if run is None:
        raise NotFound
    return run


@dataclass(frozen=True, slots=True)
class Life:
    """Which schedulers live, and when one was last seen."""

    alive: int
    seen_at: datetime | None
    started_at: datetime | None


def life(now: datetime) -> Life:
    """Does the scheduler live?"""
    living = SchedulerProcess.stopped_at.is_(None) & (SchedulerProcess.seen_at > now - ALIVE)
    query = select(
        func.count().filter(living),
        func.max(SchedulerProcess.seen_at),
        func.max(SchedulerProcess.started_at).filter(living),
    )
    return Life(*db.session.execute(query).one())


@dataclass(frozen=True, slots=True)
class JobLine:
    """A line of the list: a row of the schedule, its last run, its next slot."""

    name: str
    job: Job
    last: JobRun | None
    next_at: datetime


def job_lines(schedule: Schedule, now: datetime) -> list[JobLine]:
    """The whole schedule, in its order."""
    last = last_runs(list(schedule))
    return [JobLine(name, job, last.get(name), job.when.after(now)) for name, job in schedule.items()]
