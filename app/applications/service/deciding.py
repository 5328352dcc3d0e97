"""The employer decides: examine, postpone, invite, refuse, hire."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.applications.models import Application, Hire
from app.applications.rules import ApplicationAction, ApplicationRefusal, RefusalReason, hire_refusals
from app.applications.service.moving import HIRED, locked, move, open_ones
from app.applications.service.telling import tell_employer, tell_person, tell_proposer
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.offers.models import Offer
from app.offers.rules import EmploymentKind
from app.offers.service import take_post

HIRE_FIELDS = {
    ApplicationRefusal.START_BEFORE_TODAY: "start_on",
    ApplicationRefusal.END_BEFORE_START: "end_on",
    ApplicationRefusal.CDI_WITH_END: "end_on",
    ApplicationRefusal.HOURS_ABOVE_LEGAL: "hours_week",
}


@transaction
def review(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Take it into examination."""
    application = locked(application_id, by=by, version=version)
    move(application, ApplicationAction.REVIEW, by, today)
    return application


@transaction
def postpone(application_id: UUID, *, by: Actor, version: int | None = None, today: date) -> Application:
    """Answer later; the person is told, the deadline stays."""
    application = locked(application_id, by=by, version=version)
    move(application, ApplicationAction.POSTPONE, by, today)
    tell_person("application_postponed", application)
    return application


@transaction
def invite(
    application_id: UUID, *, at: datetime, place: str, by: Actor, version: int | None = None, today: date
) -> Application:
    """Propose an interview. ``at`` is an instant to come. Raises Refused."""
    if at <= clock.now():
        raise Refused(ApplicationRefusal.INTERVIEW_PAST, {ApplicationRefusal.INTERVIEW_PAST: "day"})
    application = locked(application_id, by=by, version=version)
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
    application = locked(application_id, by=by, version=version)
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

    Locks the person, then the offer, then the application, always in that order: of two who hire for the last post,
    exactly one does. Raises Refused (all reasons), NotFound, StaleVersion.
    """
    open_ended = employment_kind is EmploymentKind.CDI
    reasons = hire_refusals(
        start_on=start_on, end_on=end_on, hours_week=float(hours_week), open_ended=open_ended, today=today
    )
    if reasons:
        raise Refused(reasons, HIRE_FIELDS)
    _lock_around(application_id)
    application = locked(application_id, by=by, version=version)
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
    _others_obsolete(application, today)
    tell_person("application_hired", application, hire=kept)
    tell_proposer("application_hired_for", application, hire=kept)
    HIRED(kept, application, by)
    return kept


def _lock_around(application_id: UUID) -> None:
    row = db.session.execute(
        select(Application.candidate_id, Application.offer_id).where(Application.id == application_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    db.session.execute(select(Candidate.id).where(Candidate.id == row.candidate_id).with_for_update())
    db.session.execute(select(Offer.id).where(Offer.id == row.offer_id).with_for_update())


def _others_obsolete(application: Application, today: date) -> None:
    for other in open_ones(candidate_id=application.candidate_id):
        if other.id != application.id:
            known = other.sent_at is not None
            move(other, ApplicationAction.OBSOLETE, SYSTEM, today)
            if known:
                tell_employer("application_withdrawn", other)
