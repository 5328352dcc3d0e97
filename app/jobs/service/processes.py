"""A scheduler process says that it lives, and what is too old to be read is forgotten."""

import os
import socket
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import case, delete, func, or_, select, update

from app.core import clock
from app.core.db import db
from app.core.transaction import transaction
from app.jobs.models import JobRun, SchedulerProcess
from app.jobs.rules import RunOutcome

KEPT: Final = timedelta(days=400)
KEPT_RUNS: Final = 2_000
"""Of a job that runs every 15 seconds, 8 hours; of a daily one, everything."""


@transaction
def register() -> UUID:
    """A scheduler process begins; its id."""
    process = SchedulerProcess(host=socket.gethostname(), pid=os.getpid())
    db.session.add(process)
    db.session.flush()
    return process.id


@transaction
def beat(process_id: UUID) -> None:
    """The process lives."""
    mine = update(SchedulerProcess).where(SchedulerProcess.id == process_id)
    db.session.execute(mine.values(seen_at=clock.now()))


@transaction
def stopped(process_id: UUID) -> None:
    """The process ends, as it was asked to."""
    now = clock.now()
    mine = update(SchedulerProcess).where(SchedulerProcess.id == process_id)
    db.session.execute(mine.values(seen_at=now, stopped_at=now))


@transaction
def forget_runs(today: date) -> dict[str, int]:
    """Remove the runs that nobody reads any more. The latest of each job and the first process stay: they say since
    when something may have been missed.

    Runs that failed or were abandoned are kept ten times longer than those that went well; replays, as KEPT says.
    """
    now = clock.now()
    rank = func.row_number().over(
        partition_by=[JobRun.job, JobRun.due_at.is_(None)], order_by=[JobRun.started_at.desc(), JobRun.id]
    )
    ranked = select(JobRun.id, rank.label("rank")).subquery()
    well = JobRun.outcome == RunOutcome.DONE
    crowded = JobRun.due_at.is_not(None) & (ranked.c.rank > case((well, KEPT_RUNS), else_=10 * KEPT_RUNS))
    gone = delete(JobRun).where(
        JobRun.id == ranked.c.id,
        ranked.c.rank > 1,
        JobRun.ended_at.is_not(None),
        or_(JobRun.ended_at < now - KEPT, crowded),
    )
    removed = db.session.execute(gone.returning(JobRun.id)).all()
    first = select(func.min(SchedulerProcess.started_at)).scalar_subquery()
    old = delete(SchedulerProcess).where(SchedulerProcess.seen_at < now - KEPT, SchedulerProcess.started_at > first)
    processes = db.session.execute(old.returning(SchedulerProcess.id)).all()
    return {"removed": len(removed) + len(processes)}
