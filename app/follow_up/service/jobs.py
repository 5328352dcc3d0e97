"""A job is renewed, open-ended, elsewhere: one more row. What was typed wrongly is corrected in its own."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.candidates.service import end_search
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.french import date_words, phone
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.follow_up.labels.opening import CHANGES
from app.follow_up.models import FollowUp, HeldJob, Visit
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.queries.visits import the_job
from app.follow_up.rules.calendar import plan, six_months_end
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.opening import (
    JobChange,
    JobTerms,
    OpeningRefusal,
    change_refusals,
    correction_refusals,
    opening_refusals,
)
from app.follow_up.rules.states import FOLLOW_UP, FollowUpAction, FollowUpState, VisitState
from app.follow_up.service import journal
from app.follow_up.service.calendar import recompute
from app.follow_up.service.opening import JOB_FIELDS, lock_person_of, new_job, same_job, write_terms

_DAY = timedelta(days=1)


def terms_of(job: HeldJob) -> JobTerms:
    """What a row says."""
    return JobTerms(**{name: getattr(job, name) for name in JobTerms.__dataclass_fields__})


@transaction
def change_job(
    follow_up_id: UUID, change: JobChange, terms: JobTerms, *, why: str, by: Actor, row_id: UUID, today: date
) -> HeldJob:
    """One more job in the same six months; the one before ends the day before. Sent twice, it is one.

    After a break it resumes the follow-up. Raises NotFound, Refused (all reasons).
    """
    lock_person_of(follow_up_id)
    follow_up = the_one_to_act_on(by, follow_up_id)
    if (made := db.session.get(HeldJob, row_id)) is not None:
        if made.follow_up_id != follow_up.id:
            raise NotFound
        return made
    last = follow_up.jobs[-1]
    reasons = change_refusals(terms, follow_up.state, last.start_on, today)
    if same_job(follow_up.candidate_id, terms):
        reasons = (*reasons, OpeningRefusal.SAME_JOB)
    if reasons:
        raise Refused(reasons, JOB_FIELDS)
    if last.ended_on is None or last.ended_on >= terms.start_on:
        last.ended_on = terms.start_on - _DAY
    job = new_job(follow_up, last.rank + 1, terms, why.strip() or CHANGES[change], id=row_id)
    db.session.flush()
    words = f"{CHANGES[change]}, à partir du {date_words(terms.start_on)}"
    journal.log(follow_up.id, "job", job.id, "change", by, words=words)
    if follow_up.state is FollowUpState.BROKEN:
        journal.move(follow_up, FOLLOW_UP, FollowUpAction.RESUME, by, follow_up_id=follow_up.id, subject="follow_up")
        follow_up.settled_on = None
        end_search(follow_up.candidate, by=by, why=CHANGES[change])
        _plan_left(follow_up, terms.trial_ends_on, today)
    _again(follow_up, by, today)
    return job


def _plan_left(follow_up: FollowUp, trial_ends_on: date | None, today: date) -> None:
    """The break called off what was to come: the steps whose day is still ahead are planned again."""
    gone = (VisitState.CANCELLED, VisitState.ABSENT, VisitState.NO_ANSWER, VisitState.REFUSED)
    query = select(Visit.kind).where(Visit.follow_up_id == follow_up.id, Visit.state.not_in(gone))
    known = set(db.session.scalars(query))
    for kind, on in plan(follow_up.starts_on, trial_ends_on).items():
        if kind not in known and on >= today:
            mode = MeetingMode.PHONE if kind is VisitKind.FIRST_CALL else MeetingMode.PLACE
            db.session.add(Visit(follow_up_id=follow_up.id, kind=kind, due_on=on, planned_on=on, mode=mode))
    db.session.flush()


@transaction
def correct_job(job_id: UUID, terms: JobTerms, *, by: Actor, version: int, today: date) -> HeldJob:
    """Facts that were typed wrongly. The first day of the hire's job moves the six months with it.

    Raises NotFound, Refused (all reasons), StaleVersion.
    """
    follow_up, job = _to_correct(job_id, by)
    if job.version != version:
        if terms_of(job) == terms:
            return job  # the same correction, sent twice
        raise StaleVersion(theirs_of(job))
    rank = follow_up.jobs.index(job)
    after = follow_up.jobs[rank - 1].start_on if rank else None
    following = follow_up.jobs[rank + 1].start_on if rank + 1 < len(follow_up.jobs) else None
    reasons = correction_refusals(terms, follow_up.state, after=after, before=following)
    if rank == 0 and terms.start_on != job.start_on:
        reasons = tuple(dict.fromkeys((*reasons, *opening_refusals(terms, today))))
    if same_job(follow_up.candidate_id, terms, but=job.id):
        reasons = (*reasons, OpeningRefusal.SAME_JOB)
    if reasons:
        raise Refused(reasons, JOB_FIELDS)
    if rank and terms.start_on != job.start_on and follow_up.jobs[rank - 1].ended_on == job.start_on - _DAY:
        follow_up.jobs[rank - 1].ended_on = terms.start_on - _DAY
    if rank == 0:
        follow_up.starts_on, follow_up.ends_on = terms.start_on, six_months_end(terms.start_on)
    changed = _changed(job, terms)
    write_terms(job, terms)
    if changed:
        journal.log(follow_up.id, "job", job.id, "correct", by, words="Corrigé\u00a0: " + ", ".join(changed))
    _again(follow_up, by, today)
    return job


_NAMES = {
    "title": "le poste", "employment_kind": "le contrat", "start_on": "le début", "hours_week": "les heures",
    "end_on": "la fin", "trial_ends_on": "la fin d’essai", "organisation_id": "l’employeur",
    "employer_name": "l’employeur", "trade_slug": "le métier", "commune_insee": "la commune",
    "tutor_name": "le tuteur", "tutor_phone": "le tuteur", "tutor_email": "le tuteur",
}  # fmt: skip


def _changed(job: HeldJob, terms: JobTerms) -> list[str]:
    """What a correction touches, in words; never the values."""
    before, after = asdict(terms_of(job)), asdict(terms)
    return list(dict.fromkeys(_NAMES[name] for name in before if before[name] != after[name]))


def _to_correct(job_id: UUID, by: Actor) -> tuple[FollowUp, HeldJob]:
    follow_up_id = db.session.scalar(select(HeldJob.follow_up_id).where(HeldJob.id == job_id))
    if follow_up_id is None:
        raise NotFound
    lock_person_of(follow_up_id)
    follow_up = the_one_to_act_on(by, follow_up_id)
    return follow_up, next(job for job in follow_up.jobs if job.id == job_id)


def theirs_of(job: HeldJob) -> dict[str, Any]:
    """The fields of the form as the row has them, for the page of two editors."""
    names = (
        "title", "start_on", "end_on", "trial_ends_on", "hours_week", "tutor_name", "tutor_phone", "tutor_email",
        "version",
    )  # fmt: skip
    said = {name: getattr(job, name) for name in names}
    return {**said, "tutor_phone": phone(job.tutor_phone), "employment_kind": job.employment_kind.value}


def _again(follow_up: FollowUp, by: Actor, today: date) -> None:
    """The calendar follows the dates of the job: steps not held, and not moved by agreement."""
    db.session.flush()
    db.session.refresh(follow_up, ["jobs"])
    if follow_up.state is FollowUpState.ACTIVE:
        recompute(follow_up, today, by)


@transaction
def set_tutor(job_id: UUID, *, name: str, telephone: str | None, email: str | None, by: Actor, version: int) -> HeldJob:
    """Who receives the person in the firm, and how to reach them: said by the firm itself, or by the referent.

    Raises NotFound, StaleVersion.
    """
    job = the_job(by, job_id) if by.role is Role.EMPLOYER else _to_correct(job_id, by)[1]
    wanted = (name.strip(), telephone or None, email or None)
    if job.version != version:
        if (job.tutor_name, job.tutor_phone, job.tutor_email) == wanted:
            return job
        raise StaleVersion(theirs_of(job))
    if (job.tutor_name, job.tutor_phone, job.tutor_email) != wanted:
        write_terms(job, replace(terms_of(job), tutor_name=wanted[0], tutor_phone=wanted[1], tutor_email=wanted[2]))
        journal.log(job.follow_up_id, "job", job.id, "set_tutor", by)
    db.session.flush()
    return job
