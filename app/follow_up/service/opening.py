"""A hire, an event, a stage or a job found elsewhere opens a follow-up: six months, a referent, a calendar."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import User
from app.applications.models import Application, Hire
from app.audit import service as audit
from app.candidates.models import Candidate
from app.candidates.queries import the_candidate
from app.candidates.service import end_search
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.follow_up.labels.kinds import ORIGINS
from app.follow_up.models import FollowUp, FollowUpAssignment, HeldJob
from app.follow_up.rules.calendar import six_months_end, trial_end_by_law
from app.follow_up.rules.kinds import CloseOutcome, FollowUpOrigin
from app.follow_up.rules.opening import JobTerms, OpeningRefusal, goes_on, opening_refusals
from app.follow_up.rules.states import FOLLOW_UP, FollowUpAction, FollowUpState
from app.follow_up.service import journal
from app.follow_up.service.calendar import plan_visits
from app.follow_up.service.endings import end_plans
from app.offers.models import Offer
from app.offers.rules import EmploymentKind

_R = OpeningRefusal
JOB_FIELDS: Final = {
    _R.TOO_FAR: "start_on",
    _R.SIX_MONTHS_OVER: "start_on",
    _R.NOT_AFTER_LAST: "start_on",
    _R.NOT_BEFORE_NEXT: "start_on",
    _R.END_BEFORE_START: "end_on",
    _R.CDI_WITH_END: "end_on",
    _R.HOURS: "hours_week",
    _R.TRIAL_OUTSIDE: "trial_ends_on",
    _R.NO_EMPLOYER: "employer",
    _R.NO_TITLE: "title",
}
"""Beside which field of the form each refusal stands."""


@transaction
def open_follow_up(
    candidate_id: UUID, terms: JobTerms, *, origin: FollowUpOrigin, by: Actor, row_id: UUID, today: date
) -> FollowUp:
    """By hand, for a job found elsewhere, at an event or after a stage. Sent twice, it is opened once.

    Raises NotFound, Refused (all reasons).
    """
    if by.role not in ACCOMPANIMENT | {Role.SYSTEM}:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    candidate = the_candidate(by, candidate_id)
    lock_person(candidate.id)
    if (made := db.session.get(FollowUp, row_id)) is not None:
        if made.candidate_id != candidate.id:
            raise NotFound
        return made
    reasons = opening_refusals(terms, today)
    if same_job(candidate.id, terms):
        reasons = (*reasons, _R.SAME_JOB)
    if reasons:
        raise Refused(reasons, JOB_FIELDS)
    place = candidate.referent_organisation_id or candidate.facilitator_organisation_id or by.organisation_id
    opened = _opened(candidate, terms, place, by=by, today=today, id=row_id, origin=origin)
    end_search(candidate, by=by, why=ORIGINS[origin])
    return opened


def hired(hire: Hire, application: Application, by: Actor) -> None:
    """A listener: a hire through the portal opens its follow-up. The hire itself is never blocked.

    One recorded so late that its six months are over, or whose job somebody has opened by hand, opens nothing.
    """
    if db.session.scalar(select(FollowUp.id).where(FollowUp.hire_id == hire.id)) is not None:
        return
    candidate, today = db.session.get_one(Candidate, hire.candidate_id), clock.today()
    terms = _terms_of(hire, application)
    if six_months_end(hire.start_on) < today or same_job(candidate.id, terms):
        audit.note(by, "follow_up.hire.not_opened", "hire", hire.id)
        return
    place = (
        candidate.referent_organisation_id
        or candidate.facilitator_organisation_id
        or application.proposed_by_organisation_id
    )
    origin = FollowUpOrigin.APPLICATION
    _opened(candidate, terms, place, by=by, today=today, hire_id=hire.id, origin=origin)


def _terms_of(hire: Hire, application: Application) -> JobTerms:
    """The job as the offer and the hire say it; the end of the trial is what the law allows, to be corrected."""
    offer = db.session.get_one(Offer, application.offer_id)
    open_ended = hire.employment_kind is EmploymentKind.CDI
    return JobTerms(
        title=offer.title,
        employment_kind=hire.employment_kind,
        start_on=hire.start_on,
        hours_week=hire.hours_week,
        end_on=hire.end_on,
        trial_ends_on=trial_end_by_law(open_ended, hire.start_on, hire.end_on),
        organisation_id=hire.organisation_id,
        trade_slug=offer.trade_slug,
        commune_insee=offer.commune_insee,
    )


def lock_person(candidate_id: UUID) -> None:
    """Two acts on the follow-ups of one person wait for each other."""
    db.session.execute(select(Candidate.id).where(Candidate.id == candidate_id).with_for_update())


def lock_person_of(follow_up_id: UUID) -> None:
    """The person before the follow-up, everywhere in this order: two acts at once wait, and never for each other."""
    person = select(Candidate.id).join(FollowUp, FollowUp.candidate_id == Candidate.id)
    db.session.execute(person.where(FollowUp.id == follow_up_id).with_for_update(of=Candidate))


def same_job(candidate_id: UUID, terms: JobTerms, but: UUID | None = None) -> bool:
    """Is this job, with the same employer from the same day, followed already?"""
    if terms.organisation_id is not None:
        employer: Any = HeldJob.organisation_id == terms.organisation_id
    else:
        employer = func.lower(HeldJob.employer_name) == terms.employer_name.strip().lower()
    query = exists().where(
        HeldJob.follow_up_id == FollowUp.id,
        FollowUp.candidate_id == candidate_id,
        FollowUp.state != FollowUpState.STOPPED,
        HeldJob.start_on == terms.start_on,
        employer,
    )
    return bool(db.session.scalar(select(query if but is None else query.where(HeldJob.id != but))))


def new_job(follow_up: FollowUp, rank: int, terms: JobTerms, words: str = "", **values: Any) -> HeldJob:
    """One more row of job."""
    job = HeldJob(follow_up_id=follow_up.id, rank=rank, change_words=words, **values)
    write_terms(job, terms)
    db.session.add(job)
    return job


def write_terms(job: HeldJob, terms: JobTerms) -> None:
    """What is said of a job, in its row: an organisation of the portal needs no name beside it."""
    for name in JobTerms.__dataclass_fields__:
        setattr(job, name, getattr(terms, name))
    job.title = terms.title.strip()
    job.employer_name = "" if terms.organisation_id else terms.employer_name.strip()


def _opened(
    candidate: Candidate, terms: JobTerms, place: UUID | None, *, by: Actor, today: date, **values: Any
) -> FollowUp:
    referent = _present(candidate.referent_id)
    opened = FollowUp(
        candidate_id=candidate.id,
        starts_on=terms.start_on,
        ends_on=six_months_end(terms.start_on),
        opened_on=today,
        opened_by=by.user_id,
        referent_id=referent,
        referent_organisation_id=place,
        **values,
    )
    db.session.add(opened)
    db.session.flush()
    new_job(opened, 1, terms)
    db.session.add(FollowUpAssignment(follow_up_id=opened.id, user_id=referent, organisation_id=place, since=today))
    journal.log(
        opened.id, "follow_up", opened.id, "open", by, to_state=opened.state.value, words=ORIGINS[opened.origin]
    )
    db.session.flush()
    db.session.refresh(opened, ["jobs", "candidate"])
    plan_visits(opened, today)
    for earlier in _earlier(candidate.id, opened.id):
        _pass_on(earlier, terms, by, today)
    db.session.flush()
    return opened


def _present(user_id: UUID | None) -> UUID | None:
    """A referent whose account is closed is nobody."""
    user = db.session.get(User, user_id) if user_id else None
    return user.id if user is not None and user.disabled_at is None else None


def _earlier(candidate_id: UUID, but: UUID) -> list[FollowUp]:
    query = (
        select(FollowUp)
        .where(FollowUp.candidate_id == candidate_id, FollowUp.id != but, FollowUp.state != FollowUpState.STOPPED)
        .options(selectinload(FollowUp.jobs).joinedload(HeldJob.organisation), joinedload(FollowUp.candidate))
        .order_by(FollowUp.starts_on, FollowUp.id)
        .with_for_update(of=FollowUp)
    )
    return list(db.session.scalars(query.execution_options(populate_existing=True)).unique())


def _pass_on(earlier: FollowUp, terms: JobTerms, by: Actor, today: date) -> None:
    """The job before was lost or is over: the new one is written there too, and that follow-up closes."""
    last = earlier.jobs[-1]
    ended = last.ended_on or last.end_on
    if not goes_on(earlier.state, ended, terms.start_on):
        return
    last.ended_on = ended
    words = "Nouvel emploi\u00a0: son propre suivi est ouvert"
    job = new_job(earlier, last.rank + 1, terms, words)
    db.session.flush()
    journal.log(earlier.id, "job", job.id, "change", by, words=words)
    if earlier.state is FollowUpState.CLOSED:
        return
    journal.move(earlier, FOLLOW_UP, FollowUpAction.CLOSE, by, follow_up_id=earlier.id, subject="follow_up")
    earlier.settled_on, earlier.close_outcome, earlier.close_words = today, CloseOutcome.OTHER_JOB, words
    end_plans(earlier, by)
