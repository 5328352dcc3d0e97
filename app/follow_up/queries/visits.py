"""What does a referent read before a visit, and who may answer for which job?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.clauses.models import HourLine
from app.clauses.queries.people import DECLARED
from app.core.db import db
from app.core.errors import NotFound
from app.core.quantities import add_months
from app.core.roles import Actor
from app.follow_up.models import Absence, Alert, FollowUp, HeldJob, TutorLink, Visit
from app.follow_up.queries.visible import alerts_visible_to, follow_ups_visible_to, jobs_visible_to
from app.follow_up.queries.voices import absences_of
from app.follow_up.rules.reports import REPORTED, Steps
from app.follow_up.rules.states import AlertState, FollowUpState, VisitState

LOOK_BACK: Final = timedelta(days=60)
"""For how long an absence is recalled before a visit."""
_MONTHS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class MonthDone:
    """Hours declared for one month; ``share`` of the full month of the job, None for a month begun or ended midway."""

    month: date
    hours: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Before:
    """What happened since the hire, for whoever prepares a visit."""

    last: Visit | None
    alerts: Sequence[Alert]
    absences: Sequence[Absence]
    hours: Sequence[MonthDone]


def visits_of(follow_up_id: UUID) -> Sequence[Visit]:
    """Every visit in the order of the calendar, with who reported."""
    query = select(Visit).where(Visit.follow_up_id == follow_up_id).options(joinedload(Visit.reporter))
    return db.session.scalars(query.order_by(Visit.planned_on, Visit.due_on, Visit.id)).all()


def next_planned(visits: Sequence[Visit]) -> Visit | None:
    """The first visit still to be held."""
    return next((visit for visit in visits if visit.state is VisitState.PLANNED), None)


def last_reported(visits: Sequence[Visit], but: UUID | None = None) -> Visit | None:
    """The visit reported last, another than ``but``."""
    done = [visit for visit in visits if visit.state in REPORTED and visit.id != but]
    return max(done, key=lambda visit: (visit.met_on or visit.planned_on, visit.planned_on), default=None)


def job_at(follow_up: FollowUp, day: date) -> HeldJob | None:
    """The job held on a day: the newest that has begun and has not ended; else the one that begins next."""
    running = [job for job in follow_up.jobs if job.ended_on is None or job.ended_on >= day]
    begun = [job for job in running if job.start_on <= day]
    if begun:
        return max(begun, key=lambda job: (job.start_on, job.rank))
    return min(running, key=lambda job: (job.start_on, job.rank), default=None)


def before_visit(actor: Actor, visit: Visit, today: date) -> Before:
    """The last visit, open alerts that the actor may see, absences and hours; four statements."""
    follow_up = visit.follow_up
    return Before(
        last=last_reported(visits_of(follow_up.id), but=visit.id),
        alerts=open_alerts(actor, follow_up.id),
        absences=absences_of(follow_up.id, today - LOOK_BACK),
        hours=hours_of(follow_up, today),
    )


def open_alerts(actor: Actor, follow_up_id: UUID) -> Sequence[Alert]:
    """Those that are not closed and that the actor may see."""
    query = alerts_visible_to(actor).where(Alert.follow_up_id == follow_up_id, Alert.state != AlertState.CLOSED)
    return db.session.scalars(query.order_by(Alert.opened_on, Alert.id)).all()


def hours_of(follow_up: FollowUp, today: date) -> list[MonthDone]:
    """Hours declared for the person, month by month, the latest three."""
    job = job_at(follow_up, today)
    month = HourLine.month
    query = (
        select(month, func.sum(HourLine.hours))
        .where(
            HourLine.candidate_id == follow_up.candidate_id,
            HourLine.state.in_(DECLARED),
            month >= follow_up.starts_on.replace(day=1),
        )
        .group_by(month)
        .order_by(month.desc())
        .limit(_MONTHS_SHOWN)
    )
    return [MonthDone(on, hours, _share(job, on, hours, today)) for on, hours in db.session.execute(query)]


def _share(job: HeldJob | None, month: date, hours: Decimal, today: date) -> Decimal | None:
    after = add_months(month, 1)
    if job is None or job.start_on > month or after > today or (job.ended_on and job.ended_on < after):
        return None
    return hours * 12 / (job.hours_week * 52)


def steps_around(visit: Visit) -> Steps:
    """The other steps still in the calendar, and the six months: what a new try must fit in."""
    follow_up = visit.follow_up
    gone = (VisitState.CANCELLED, VisitState.SKIPPED, VisitState.ABSENT, VisitState.NO_ANSWER, VisitState.REFUSED)
    query = select(Visit.kind, Visit.planned_on).where(
        Visit.follow_up_id == follow_up.id, Visit.kind != visit.kind, Visit.state.not_in(gone)
    )
    others = {row[0]: row[1] for row in db.session.execute(query)}
    return Steps(others, follow_up.starts_on, follow_up.ends_on)


def my_jobs(actor: Actor, today: date) -> list[HeldJob]:
    """The jobs that a person has now, with their follow-up: those of which they may speak."""
    ids = follow_ups_visible_to(actor).where(FollowUp.state == FollowUpState.ACTIVE).with_only_columns(FollowUp.id)
    query = (
        select(HeldJob)
        .where(HeldJob.follow_up_id.in_(ids), (HeldJob.ended_on.is_(None)) | (HeldJob.ended_on >= today))
        .options(joinedload(HeldJob.follow_up), joinedload(HeldJob.organisation))
        .order_by(HeldJob.start_on.desc(), HeldJob.rank.desc())
    )
    latest: dict[UUID, HeldJob] = {}
    for job in db.session.scalars(query):
        latest.setdefault(job.follow_up_id, job)
    return list(latest.values())


def the_job(actor: Actor, job_id: UUID) -> HeldJob:
    """A job that the actor may read, with the person and who follows them. Raises NotFound."""
    around = joinedload(HeldJob.follow_up)
    query = (
        jobs_visible_to(actor)
        .where(HeldJob.id == job_id)
        .options(around.joinedload(FollowUp.candidate), joinedload(HeldJob.organisation))
        .options(around.joinedload(FollowUp.referent), around.joinedload(FollowUp.referent_organisation))
    )
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def link_of(hashed: bytes) -> TutorLink | None:
    """The link of a secret."""
    return db.session.scalar(select(TutorLink).where(TutorLink.token_hash == hashed))
