"""A visit has another day, another hour or is called off: the person and the tutor are told, once for each change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from app.accounts.models import User
from app.core.db import db
from app.core.roles import Actor
from app.follow_up.labels.calendar import meeting_words
from app.follow_up.models import FollowUp, HeldJob, Visit
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.kinds import MeetingMode
from app.messages import service as messages
from app.messages.models import Message
from app.messages.rules import Channel, MessageState, Recipient

PERSON, TUTOR = "visit_moved_person", "visit_moved_tutor"


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told by a message; the others must be called. ``tutor`` None: the tutor is not part of it."""

    person: bool
    tutor: bool | None


def tell(visit: Visit, by: Actor, today: date, *, called_off: bool = False) -> Told:
    """Write to both. What waited to be sent about the visit is out of date, and stays here."""
    waiting = Message.state.in_((MessageState.QUEUED, MessageState.WAITING))
    db.session.execute(update(Message).where(Message.about_id == visit.id, waiting).values(state=MessageState.UNWANTED))
    follow_up = visit.follow_up
    job = job_at(follow_up, visit.planned_on)
    said = _context(visit, follow_up, by, called_off, today)
    person = _queue(PERSON, person_of(follow_up), visit, employer=_employer(job), **said)
    if not visit.with_tutor or job is None:
        return Told(person, None)
    tutor = Recipient(job.tutor_name or "", email=job.tutor_email, phone=job.tutor_phone)
    return Told(person, _queue(TUTOR, tutor, visit, person=follow_up.candidate.short_name, **said))


def person_of(follow_up: FollowUp) -> Recipient:
    """The person followed: by SMS first."""
    candidate = follow_up.candidate
    account = db.session.scalar(select(User.id).where(User.candidate_id == candidate.id, User.disabled_at.is_(None)))
    return Recipient(candidate.first_name, account, candidate.email, candidate.phone, prefers=Channel.SMS)


def _context(visit: Visit, follow_up: FollowUp, by: Actor, called_off: bool, today: date) -> dict[str, Any]:
    referent, place = follow_up.referent, follow_up.referent_organisation
    return {
        "who": referent.full_name if referent else by.name,
        "when": meeting_words(visit.planned_on, visit.planned_at, today),
        "called_off": called_off,
        "mode": visit.mode.value,
        "place": visit.place if visit.mode is not MeetingMode.PHONE else "",
        "phone": (referent.phone if referent else None) or (place.phone if place else None),
    }


def _employer(job: HeldJob | None) -> str:
    if job is None:
        return ""
    return job.organisation.name if job.organisation else job.employer_name


def _queue(kind: str, to: Recipient, visit: Visit, **context: Any) -> bool:
    key = f"{kind}:{visit.id}:{visit.sequence}"
    if db.session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return True
    return messages.queue(kind, to, about=("visit", visit.id), key=key, **context) is not None
