"""What do the facts say of a follow-up that is to be closed, and which ones has everybody left alone?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.follow_up.models import FollowUp, FollowUpTransition, HeldJob, JobBreak, Visit, Voice
from app.follow_up.rules import closing
from app.follow_up.rules.closing import WARNED_AFTER, Work
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.states import FollowUpState, VisitState

WARNED = "warn_to_close"
"""The act of the journal by which it is known that somebody was told."""


@dataclass(frozen=True, slots=True)
class Ending:
    """``closing_on``: day of the closing visit, agreed or held; ``last_news``: the last day somebody said a word."""

    closing_on: date | None
    last_news: date | None
    broken: frozenset[UUID]
    visits_left: int


def ending_of(follow_up: FollowUp) -> Ending:
    """One statement."""
    live = (VisitState.PLANNED, VisitState.HELD)
    of = Visit.follow_up_id == follow_up.id
    closing_on = select(func.max(func.coalesce(Visit.met_on, Visit.planned_on))).where(
        of, Visit.kind == VisitKind.CLOSING, Visit.state.in_(live)
    )
    met = select(func.max(Visit.met_on)).where(of, Visit.state == VisitState.HELD)
    said = select(func.max(Voice.said_on)).where(Voice.follow_up_id == follow_up.id)
    broken = select(func.array_agg(JobBreak.held_job_id)).where(JobBreak.follow_up_id == follow_up.id)
    left = select(func.count()).where(of, Visit.state == VisitState.PLANNED)
    row = db.session.execute(
        select(
            closing_on.scalar_subquery(), func.greatest(met.scalar_subquery(), said.scalar_subquery()),
            broken.scalar_subquery(), left.scalar_subquery(),
        )
    ).one()  # fmt: skip
    return Ending(row[0], row[1], frozenset(row[2] or ()), row[3])


def works_of(follow_up: FollowUp, today: date) -> list[Work]:
    """The jobs as the closing sees them; the first is the hire's."""
    first = _employer(follow_up.jobs[0]) if follow_up.jobs else None
    return [
        Work(closing.runs(job.end_on, job.ended_on, today), _employer(job) == first, job.plan) for job in follow_up.jobs
    ]


def _employer(job: HeldJob) -> Any:
    return job.organisation_id or job.employer_name.strip().lower()


def jobs_to_break(follow_up: FollowUp) -> list[HeldJob]:
    """Those whose end nobody noted, the newest first."""
    return sorted((job for job in follow_up.jobs if job.ended_on is None), key=lambda job: -job.rank)


def last_break(follow_up: FollowUp) -> JobBreak | None:
    """The newest."""
    query = select(JobBreak).where(JobBreak.follow_up_id == follow_up.id)
    return db.session.scalar(query.order_by(JobBreak.created_at.desc(), JobBreak.id).limit(1))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A follow-up whose six months have long been over and that nobody closed; ``warned_on``: somebody was told."""

    id: UUID
    ends_on: date
    warned_on: date | None


def forgotten(today: date) -> Sequence[Forgotten]:
    """One statement, the oldest first. A visit still to come keeps a follow-up from being one of them."""
    warned = (
        select(func.min(FollowUpTransition.at))
        .where(FollowUpTransition.follow_up_id == FollowUp.id, FollowUpTransition.action == WARNED)
        .scalar_subquery()
    )
    to_come = select(Visit.id).where(
        Visit.follow_up_id == FollowUp.id, Visit.state == VisitState.PLANNED, Visit.planned_on >= today
    )
    query = (
        select(FollowUp.id, FollowUp.ends_on, warned)
        .where(
            FollowUp.state.in_((FollowUpState.ACTIVE, FollowUpState.BROKEN)),
            FollowUp.ends_on < today - WARNED_AFTER,
            ~to_come.exists(),
        )
        .order_by(FollowUp.ends_on, FollowUp.id)
    )
    return [
        Forgotten(key, ends_on, clock.civil_day(at) if at is not None else None)
        for key, ends_on, at in db.session.execute(query)
    ]
