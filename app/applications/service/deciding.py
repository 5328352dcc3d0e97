"""The employer decides: examine, postpone, invite, refuse, hire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.applications.models import Application, Hire
from app.applications.rules import ApplicationAction, ApplicationRefusal, RefusalReason, hire_refusals
from app.applications.service.moving import HIRED, begin, end, lock_for_hire, move, must_suit, open_ones
from app.applications.service.telling import tell_employer, tell_person, tell_proposer
from app.candidates.service import end_search
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.offers.rules import EmploymentKind
from app.offers.service import take_post

HIRE_FIELDS = {
    ApplicationRefusal.START_TOO_OLD: "start_on",
    ApplicationRefusal.START_BEFORE_OFFER: "start_on",
    ApplicationRefusal.END_BEFORE_START: "end_on",
    ApplicationRefusal.CDI_WITH_END: "end_on",
    ApplicationRefusal.HOURS_ABOVE_LEGAL: "hours_week",
}


@transaction
def review(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Take it into examination."""
    application, done = begin(application_id, ApplicationAction.REVIEW, by=by, version=version)
    if not done:
        move(application, ApplicationAction.REVIEW, by, today)
    return application


@transaction
def postpone(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Answer later; the person is told, the deadline stays."""
    application, done = begin(application_id, ApplicationAction.POSTPONE, by=by, version=version)
    if not done:
        move(application, ApplicationAction.POSTPONE, by, today)
        tell_person("application_postponed", application)
    return application


@transaction
def invite(
    application_id: UUID, *, at: datetime, place: str, by: Actor, version: int | None = None, today: date
) -> Application:
    """Propose an interview. ``at`` is an instant to come. Raises Refused."""
    application, done = begin(application_id, ApplicationAction.INVITE, by=by, version=version)
    if done:
        return application
    if at <= clock.now():
        raise Refused(ApplicationRefusal.INTERVIEW_PAST, {ApplicationRefusal.INTERVIEW_PAST: "day"})
    move(application, ApplicationAction.INVITE, by, today)
    application.interview_at, application.interview_place = at, place
    tell_person("application_interview", application)
    tell_proposer("application_interview_for", application)
    return application


@transaction
def refuse(
    application_id: UUID, *, reason: RefusalReason, text: str, by: Actor, version: int | None = None, today: date
) -> Application:
    """Say no, with one of the listed reasons and the text that the person will read."""
    application, done = begin(application_id, ApplicationAction.REFUSE, by=by, version=version)
    if done:
        return application
    move(application, ApplicationAction.REFUSE, by, today)
    application.refusal_reason, application.refusal_text = reason, text
    tell_person("application_refused", application)
    tell_proposer("application_refused_for", application)
    return application


@transaction
def hire(
    application_id: UUID,
    *,
    start_on: date,
    end_on: date | None,
    employment_kind: EmploymentKind,
    hours_week: Decimal,
    by: Actor,
    version: int | None = None,
    today: date,
) -> Hire:
    """Hire: takes a post, fills the offer with the last one, makes the person's other applications obsolete.

    Of two who hire for the last post, exactly one does. Raises Refused (all reasons), NotFound, StaleVersion.
    """
    lock_for_hire(application_id, by=by)
    application, done = begin(application_id, ApplicationAction.HIRE, by=by, version=version)
    must_suit(application, ApplicationAction.HIRE)
    if done:
        return db.session.scalars(select(Hire).where(Hire.application_id == application.id)).one()
    published_at = application.offer.published_at
    reasons = hire_refusals(
        start_on=start_on,
        end_on=end_on,
        hours_week=hours_week,
        open_ended=employment_kind is EmploymentKind.CDI,
        offered_on=clock.civil_day(published_at) if published_at else None,
        today=today,
    )
    if reasons:
        raise Refused(reasons, HIRE_FIELDS)
    move(application, ApplicationAction.HIRE, by, today)
    take_post(application.offer_id, by=by)
    kept = Hire(
        application_id=application.id,
        candidate_id=application.candidate_id,
        organisation_id=application.offer.organisation_id,
        employment_kind=employment_kind,
        start_on=start_on,
        end_on=end_on,
        hours_week=hours_week,
        recorded_by=by.user_id,
    )
    db.session.add(kept)
    db.session.flush()
    _others_end(application, today)
    tell_person("application_hired", application, hire=kept)
    tell_proposer("application_hired_for", application, hire=kept)
    end_search(application.candidate, by=by, why="Embauche")
    HIRED(kept, application, by)
    return kept


def _others_end(application: Application, today: date) -> None:
    """The person has a job: their other applications are without object, and employers who had them are told."""
    for other in open_ones(candidate_id=application.candidate_id):
        known = other.sent_at is not None
        end(other, today)
        if known:
            tell_employer("application_withdrawn", other)
