"""A tutor without an account answers three questions: a link is sent, opened, used once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from app.accounts import service as accounts
from app.accounts.rules.throttles import LINK_PER_ADDRESS, Visitor, address_group
from app.accounts.service.hashing import new_token, token_hash
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import SYSTEM, Actor, Role
from app.core.transaction import transaction
from app.follow_up.models import FollowUp, HeldJob, TutorLink, Visit
from app.follow_up.queries.visible import the_one_to_act_on
from app.follow_up.queries.visits import job_at, link_of, the_job
from app.follow_up.rules.kinds import VoiceSide
from app.follow_up.rules.links import LINK_LIFE, LinkRefusal, LinkStanding, link_standing
from app.follow_up.rules.reports import Answers
from app.follow_up.rules.states import FollowUpState
from app.follow_up.service import journal
from app.follow_up.service.alerts import refresh
from app.follow_up.service.voices import add_absences, add_answers, lock
from app.messages import service as messages
from app.messages.rules import Channel, MessageState, Recipient
from app.messages.service.previews import Previews, previews

KIND = "tutor_questions"
_SAMPLE = "lien-secret"


@dataclass(frozen=True, slots=True)
class Opened:
    """A link as its page shows it."""

    link: TutorLink
    job: HeldJob
    standing: LinkStanding

    @property
    def follow_up(self) -> FollowUp:
        return self.job.follow_up


def addresses(job: HeldJob | None) -> dict[Channel, str]:
    """Where the tutor of a job can be written to."""
    known = {Channel.EMAIL: job.tutor_email, Channel.SMS: job.tutor_phone} if job else {}
    return {channel: address for channel, address in known.items() if address}


def _recipient(job: HeldJob, channel: Channel) -> Recipient:
    name = job.tutor_name or "Le tuteur"
    return Recipient(name=name, email=job.tutor_email, phone=job.tutor_phone, prefers=channel)


def _context(follow_up: FollowUp, job: HeldJob, token: str) -> dict[str, Any]:
    """What the message says: first name and initial of the person, who asks, until when. Never which service."""
    until = clock.civil_day(clock.now() + LINK_LIFE)
    referent, place = follow_up.referent, follow_up.referent_organisation
    return {
        "person": follow_up.candidate.short_name,
        "tutor": job.tutor_name,
        "asker": referent.full_name if referent else "",
        "phone": (referent.phone if referent else None) or (place.phone if place else None),
        "until": until,
        "url": messages.link_to("follow_up.tutor", token=token),
    }


def preview(follow_up: FollowUp, job: HeldJob) -> Previews:
    """What would leave; the address in it is made at the sending."""
    return previews(KIND, _recipient(job, Channel.EMAIL), **_context(follow_up, job, _SAMPLE))


@transaction
def ask_tutor(
    follow_up_id: UUID, channel: Channel, *, by: Actor, row_id: UUID, today: date, visit_id: UUID | None = None
) -> TutorLink:
    """Send the link; an earlier one serves no more. Sent twice, it is one. Raises NotFound, Refused."""
    follow_up = the_one_to_act_on(by, follow_up_id)
    if (known := db.session.get(TutorLink, row_id)) is not None:
        return known
    job = job_at(follow_up, today)
    if job is None or follow_up.state is not FollowUpState.ACTIVE:
        raise Refused(LinkRefusal.NO_JOB)
    address = addresses(job).get(channel)
    if address is None:
        raise Refused(LinkRefusal.NO_TUTOR_ADDRESS, {LinkRefusal.NO_TUTOR_ADDRESS: "channel"})
    now, token = clock.now(), new_token()
    db.session.execute(
        update(TutorLink)
        .where(TutorLink.held_job_id == job.id, TutorLink.used_at.is_(None), TutorLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    link = TutorLink(
        id=row_id,
        follow_up_id=follow_up.id,
        held_job_id=job.id,
        visit_id=_visit_of(follow_up, visit_id),
        token_hash=token_hash(token),
        sent_to=address,
        created_at=now,
        expires_at=now + LINK_LIFE,
        asked_by=by.user_id,
    )
    db.session.add(link)
    journal.log(follow_up.id, "link", link.id, "send", by, words="Questions envoyées au tuteur, par lien")
    sent = messages.queue(
        KIND,
        _recipient(job, channel),
        about=("follow_up", follow_up.id),
        channel=channel,
        key=f"{KIND}:{link.id}",
        **_context(follow_up, job, token),
    )
    if sent is not None and sent.state is MessageState.UNWANTED:
        raise Refused(LinkRefusal.UNWANTED)
    return link


def _visit_of(follow_up: FollowUp, visit_id: UUID | None) -> UUID | None:
    """The visit that the answers prepare, when it is one of this follow-up."""
    query = select(Visit.id).where(Visit.id == visit_id, Visit.follow_up_id == follow_up.id)
    return db.session.scalar(query) if visit_id else None


def open_link(token: str, visitor: Visitor) -> Opened:
    """What a secret opens, or why it no longer does. Reading uses nothing up. Raises NotFound, Throttled."""
    link = link_of(token_hash(token))
    if link is None:
        accounts.count(LINK_PER_ADDRESS, address_group(visitor.address))
        raise NotFound
    return _opened(link)


def _opened(link: TutorLink) -> Opened:
    job = the_job(SYSTEM, link.held_job_id)
    ended = job.ended_on is not None and job.ended_on < clock.today()
    followed = job.follow_up.state is FollowUpState.ACTIVE and not ended
    standing = link_standing(clock.now(), link.expires_at, link.used_at, link.revoked_at, followed=followed)
    return Opened(link, job, standing)


@transaction
def answer(token: str, answers: Answers, days: tuple[date, ...], *, today: date) -> Opened:
    """Use the link: words, answers and days of absence become those of the follow-up. Raises NotFound, Refused.

    ``standing`` of what comes back is OPEN when this call used it, else why nothing was done.
    """
    link = link_of(token_hash(token))
    if link is None:
        raise NotFound
    follow_up = lock(link.follow_up_id)
    db.session.refresh(link)
    found = _opened(link)
    if found.standing is not LinkStanding.OPEN:
        return found
    job = found.job
    by = Actor(Role.EMPLOYER, job.tutor_name or "Le tuteur", organisation_id=job.organisation_id)
    add_absences(days, job, VoiceSide.TUTOR, by, follow_up, today, "days")
    add_answers(
        answers, job, by, follow_up.id, voice_id=uuid4(), speaker=by.name, heard="link", said_on=today
    )  # fmt: skip
    link.used_at = clock.now()
    db.session.flush()
    refresh([follow_up.id], today)
    return found
