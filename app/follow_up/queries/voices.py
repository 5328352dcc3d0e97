"""Whose words may somebody read, and which were the last?"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.follow_up.models import Absence, Exchange, FollowUp, HeldJob, Voice
from app.follow_up.queries.visible import follow_ups_visible_to, jobs_visible_to
from app.follow_up.rules.kinds import VoiceSide


def voices_visible_to(actor: Actor) -> Select[Voice]:
    """Both sides for those who accompany; the person reads their own words, an employer those about its own job.

    The département reads none: words are for those who act.
    """
    query = select(Voice)
    if actor.role is Role.SYSTEM:
        return query
    if actor.role is Role.EMPLOYER:
        jobs = jobs_visible_to(actor).with_only_columns(HeldJob.id)
        return query.where(Voice.side == VoiceSide.TUTOR, Voice.held_job_id.in_(jobs))
    if actor.role is Role.CANDIDATE or actor.role in ACCOMPANIMENT:
        mine = follow_ups_visible_to(actor).order_by(None).with_only_columns(FollowUp.id)
        query = query.where(Voice.follow_up_id.in_(mine))
        return query.where(Voice.side == VoiceSide.PERSON) if actor.role is Role.CANDIDATE else query
    return query.where(false())


def last_voices(actor: Actor, follow_up_id: UUID) -> Mapping[VoiceSide, Voice]:
    """The latest words or answers of each side that the actor may read; one statement."""
    query = (
        voices_visible_to(actor)
        .where(Voice.follow_up_id == follow_up_id)
        .ext(distinct_on(Voice.side))
        .order_by(Voice.side, Voice.said_on.desc(), Voice.said_at.desc())
    )
    return {voice.side: voice for voice in db.session.scalars(query)}


def voices_of_visit(actor: Actor, visit_id: UUID) -> Mapping[VoiceSide, Voice]:
    """What was said at one visit."""
    query = voices_visible_to(actor).where(Voice.visit_id == visit_id)
    return {voice.side: voice for voice in db.session.scalars(query)}


def absences_of(follow_up_id: UUID, since: date) -> Sequence[Absence]:
    """Days of absence since a day, the latest first; for those who may read the follow-up."""
    query = select(Absence).where(Absence.follow_up_id == follow_up_id, Absence.on >= since)
    return db.session.scalars(query.order_by(Absence.on.desc())).all()


def exchanges_of(follow_up_id: UUID, limit: int = 3) -> Sequence[Exchange]:
    """The latest exchanges outside the visits; for those who may act on the follow-up or read it as they do."""
    query = select(Exchange).where(Exchange.follow_up_id == follow_up_id)
    return db.session.scalars(query.order_by(Exchange.on.desc(), Exchange.at.desc()).limit(limit)).all()
