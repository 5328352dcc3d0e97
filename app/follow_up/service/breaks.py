"""A job is lost: it is recorded once, what was planned is called off, and the search begins again the same day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.candidates.queries import contact_of
from app.candidates.service import resume_search
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.french import date_words
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.models import FollowUp, HeldJob, JobBreak
from app.follow_up.queries.endings import jobs_to_break
from app.follow_up.queries.searching import account_of
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.rules.breaks import BreakRefusal, Spell, Term, break_refusals, searches_again, still_works
from app.follow_up.rules.kinds import AlertOutcome, BreakCause, BreakDecider
from app.follow_up.rules.states import FOLLOW_UP, FollowUpAction, FollowUpState
from app.follow_up.service import alerts, calendar, endings, journal
from app.follow_up.service.opening import lock_person_of
from app.messages import service as messages
from app.messages.rules import Channel, Recipient

FIELDS = {
    BreakRefusal.NO_JOB: "job",
    BreakRefusal.BEFORE_START: "last_day",
    BreakRefusal.TOO_FAR: "last_day",
    BreakRefusal.AFTER_TERM: "last_day",
    BreakRefusal.NO_TERM: "cause",
    BreakRefusal.BEFORE_TERM: "last_day",
    BreakRefusal.TRIAL_OVER: "cause",
    BreakRefusal.OTHER_DECIDER: "decided_by",
    BreakRefusal.TERM_ONLY: "decided_by",
}
WHY_READY = "Emploi terminé : la recherche reprend"


@dataclass(frozen=True, slots=True)
class Break:
    """What is said of the end of a job. ``job_id`` None: the only one that runs."""

    last_day: date
    cause: BreakCause
    decided_by: BreakDecider
    tried: str = ""
    next_words: str = ""
    job_id: UUID | None = None


@transaction
def break_job(follow_up_id: UUID, said: Break, *, by: Actor, row_id: UUID, today: date) -> JobBreak:
    """Record the end of a job; the same job broken again is the break already there.

    With no other job the follow-up is broken: visits are called off, alerts close, the person is proposed again if
    their file allows it, and learns where the openings are. Raises NotFound, Refused (all reasons).
    """
    lock_person_of(follow_up_id)
    follow_up = the_one_to_act_on(by, follow_up_id)
    if (made := _made(follow_up, row_id, said.job_id)) is not None:
        return made
    if follow_up.state is not FollowUpState.ACTIVE:
        FOLLOW_UP.target(FollowUpAction.BREAK, follow_up.state, by.role)
    job = _job(follow_up, said)
    term = Term(job.start_on, job.end_on, job.trial_ends_on)
    if reasons := break_refusals(term, said.last_day, said.cause, said.decided_by, today):
        raise Refused(reasons, FIELDS)
    made = _record(follow_up, job, said, by, row_id, today)
    others = [Spell(one.start_on, one.ended_on or one.end_on) for one in follow_up.jobs if one.id != job.id]
    works = still_works(others, said.last_day, today)
    if works:
        alerts.close_all(follow_up, by, AlertOutcome.BROKEN, which=lambda one: one.facts.get("job") == str(job.id))
    else:
        _lose(follow_up, by, today)
    if searches_again(said.cause, works):
        _search_again(follow_up, made, by)
    return made


def _made(follow_up: FollowUp, row_id: UUID, job_id: UUID | None) -> JobBreak | None:
    """The break sent a moment ago, or that of the same job; the only one when no job is left to break."""
    if (made := db.session.get(JobBreak, row_id)) is not None:
        if made.follow_up_id != follow_up.id:
            raise NotFound
        return made
    query = select(JobBreak).where(JobBreak.follow_up_id == follow_up.id).order_by(JobBreak.created_at.desc())
    known = db.session.scalars(query).all()
    if job_id is not None:
        return next((one for one in known if one.held_job_id == job_id), None)
    return known[0] if known and not jobs_to_break(follow_up) else None


def _job(follow_up: FollowUp, said: Break) -> HeldJob:
    jobs = jobs_to_break(follow_up)
    if said.job_id is None:
        found = jobs[0] if len(jobs) == 1 else None
    else:
        found = next((job for job in jobs if job.id == said.job_id), None)
    if found is None:
        raise Refused(BreakRefusal.NO_JOB, FIELDS)
    return found


def _record(follow_up: FollowUp, job: HeldJob, said: Break, by: Actor, row_id: UUID, today: date) -> JobBreak:
    """The cause stays in its column: the journal has readers who need not know it."""
    made = JobBreak(
        id=row_id,
        follow_up_id=follow_up.id,
        held_job_id=job.id,
        last_day=said.last_day,
        cause=said.cause,
        decided_by=said.decided_by,
        tried=said.tried.strip(),
        next_words=said.next_words.strip(),
        recorded_on=today,
        recorded_by=by.user_id,
    )
    db.session.add(made)
    job.ended_on = said.last_day
    words = f"Fin de l’emploi, dernier jour le {date_words(said.last_day)}"
    journal.log(follow_up.id, "job", job.id, "break", by, words=words)
    db.session.flush()
    return made


def _lose(follow_up: FollowUp, by: Actor, today: date) -> None:
    journal.move(follow_up, FOLLOW_UP, FollowUpAction.BREAK, by, follow_up_id=follow_up.id, subject="follow_up")
    follow_up.settled_on = today
    calendar.cancel_left(follow_up, by)
    alerts.close_all(follow_up, by, AlertOutcome.BROKEN)
    endings.revoke_links(FollowUp.id == follow_up.id)
    db.session.flush()
    endings.hold_messages(follow_up.id)


def _search_again(follow_up: FollowUp, made: JobBreak, by: Actor) -> None:
    """Who agrees to be shown learns the same day where the openings are; somebody who said no is not written to."""
    person = follow_up.candidate
    resume_search(person, by=by, why=WHY_READY)
    if person.consent_at is None:
        return
    referent, place = follow_up.referent, follow_up.referent_organisation
    contact = contact_of(person)
    phone = (referent.phone if referent else None) or (place.phone if place else None)
    messages.queue(
        "openings_again",
        Recipient(person.first_name, account_of(person.id), person.email, person.phone, prefers=Channel.SMS),
        about=("candidate", person.id),
        key=f"openings_again:{made.id}",
        url=messages.link_to("matches.for_me"),
        who=referent.full_name if referent else "",
        phone=phone or (contact.phone if contact else None),
    )
