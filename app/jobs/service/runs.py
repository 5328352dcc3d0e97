"""The run log: a run is asked for, begins, ends, is found abandoned. Each act is one short transaction."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.jobs.models import JobRun
from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.rules.due import Slot
from app.jobs.rules.runs import replay_refusals


@transaction
def ask(name: str, day: date, *, row_id: UUID, by: Actor, today: date) -> None:
    """Write that an administrator wants a job run as if it were ``day``; asking twice with one id asks once.

    The scheduler begins it within seconds, or at its start. Raises Refused.
    """
    if reasons := replay_refusals(day, today):
        raise Refused(reasons, dict.fromkeys(reasons, "day"))
    made = _insert(id=row_id, job=name, for_day=day, outcome=RunOutcome.ASKED, by_user_id=by.user_id)
    if made is not None:
        audit.note(by, "job.asked", "job_run", row_id, job=name, day=day.isoformat())


@transaction
def begin_slot(name: str, slot: Slot, process_id: UUID | None) -> UUID | None:
    """The run of a slot begins; None when a run of this slot is already done or running."""
    return _insert(job=name, due_at=slot.due_at, for_day=slot.day, trigger=slot.trigger, process_id=process_id)


@transaction
def begin_replay(name: str, day: date) -> UUID | None:
    """A replay from the command line begins."""
    return _insert(job=name, for_day=day)


@transaction
def begin_asked(name: str, process_id: UUID | None) -> tuple[UUID, date] | None:
    """The oldest run of a job that was asked for begins; its id and its day, or None."""
    query = select(JobRun).where(JobRun.job == name, JobRun.outcome == RunOutcome.ASKED)
    run = db.session.scalar(query.order_by(JobRun.started_at, JobRun.id).limit(1).with_for_update(skip_locked=True))
    if run is None:
        return None
    run.outcome, run.started_at, run.process_id = RunOutcome.RUNNING, clock.now(), process_id
    return run.id, run.for_day


def _insert(**given: Any) -> UUID | None:
    run = {"id": uuid4(), "due_at": None, "trigger": RunTrigger.REPLAY, "outcome": RunOutcome.RUNNING, **given}
    made = insert(JobRun).values(started_at=clock.now(), counts={}, error="", **run)
    return db.session.scalar(made.on_conflict_do_nothing().returning(JobRun.id))


@transaction
def end(run_id: UUID, outcome: RunOutcome, counts: dict[str, Any], error: str) -> None:
    """A run ends. One that was taken for abandoned meanwhile stays so."""
    still = update(JobRun).where(JobRun.id == run_id, JobRun.outcome == RunOutcome.RUNNING)
    db.session.execute(still.values(outcome=outcome, ended_at=clock.now(), counts=counts, error=error))


@transaction
def abandon_left(name: str) -> int:
    """Whoever has the lock of a job knows that its runs still « running » are of dead processes. How many."""
    left = update(JobRun).where(JobRun.job == name, JobRun.outcome == RunOutcome.RUNNING).returning(JobRun.id)
    return len(db.session.scalars(left.values(outcome=RunOutcome.ABANDONED, ended_at=clock.now())).all())
