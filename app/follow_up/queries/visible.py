"""Whose follow-ups may somebody read, who may act on one, and who sees its alerts and its voices?"""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from app.accounts.models import Membership, User
from app.candidates.models import Candidate
from app.candidates.queries import candidates_visible_to
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.follow_up.models import Alert, Cover, FollowUp, HeldJob, Visit
from app.follow_up.rules.kinds import AlertLevel
from app.follow_up.rules.states import FollowUpState


def covered_by(actor: Actor, today: date) -> Select[UUID]:
    """The ids of the colleagues for whom the actor acts today, in the organisation where both are."""
    return select(Cover.absent_id).where(
        Cover.cover_id == actor.user_id,
        Cover.organisation_id == actor.organisation_id,
        Cover.first_day <= today,
        Cover.last_day >= today,
        Cover.ended_at.is_(None),
    )


def held_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """The follow-ups of which the actor is the referent, or covers the referent today."""
    if actor.role not in ACCOMPANIMENT or actor.user_id is None:
        return false()
    place = FollowUp.referent_organisation_id
    here = or_(place.is_(None), place == actor.organisation_id)
    still_there = or_(place.is_(None), place.in_(_places().where(Membership.user_id == actor.user_id)))
    return or_(
        and_(FollowUp.referent_id == actor.user_id, still_there),
        and_(here, FollowUp.referent_id.in_(covered_by(actor, today))),
    )


def _places() -> Select[UUID]:
    """The organisations in which somebody accompanies people now."""
    return select(Membership.organisation_id).where(Membership.left_at.is_(None), Membership.role.in_(ACCOMPANIMENT))


def held_by_nobody() -> ColumnElement[bool]:
    """Without a referent, or with one who has left the place that follows, or whose account is closed."""
    present = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id == FollowUp.referent_id,
            User.disabled_at.is_(None),
            Membership.organisation_id == FollowUp.referent_organisation_id,
            Membership.left_at.is_(None),
            Membership.role.in_(ACCOMPANIMENT),
        )
        .correlate(FollowUp)
    )
    return or_(FollowUp.referent_id.is_(None), ~present.exists())


def acted_on_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """Those on which the actor may act: theirs, those they cover, and their team's when they manage it.

    A follow-up of the team that nobody there holds any more is everybody's in it.
    """
    if actor.role not in ACCOMPANIMENT or actor.user_id is None:
        return false()
    team = FollowUp.referent_organisation_id == actor.organisation_id
    if actor.is_manager:
        return or_(held_by(actor, today), team)
    return or_(held_by(actor, today), and_(team, held_by_nobody()))


def follow_ups_visible_to(actor: Actor) -> Select[FollowUp]:
    """Those who accompany: theirs, their team's and those of the people whose file they read. The département: all.

    A person reads their own; an employer none here (its people are read through ``jobs_visible_to``).
    """
    query = select(FollowUp)
    match actor.role:
        case Role.DEPARTMENT | Role.SYSTEM:
            return query
        case Role.CANDIDATE:
            return query.where(FollowUp.candidate_id == actor.candidate_id, FollowUp.state != FollowUpState.STOPPED)
        case Role.REFERENT | Role.FACILITATOR:
            people = candidates_visible_to(actor).order_by(None).with_only_columns(Candidate.id)
            return query.where(
                or_(
                    held_by(actor, clock.today()),
                    FollowUp.referent_organisation_id == actor.organisation_id,
                    FollowUp.candidate_id.in_(people),
                )
            )
    return query.where(false())


def jobs_visible_to(actor: Actor) -> Select[HeldJob]:
    """An employer reads the jobs held in its own organisation while they run and for their follow-up's length;
    others, those of the follow-ups they read."""
    query = select(HeldJob).join(FollowUp, HeldJob.follow_up_id == FollowUp.id)
    if actor.role is Role.EMPLOYER:
        if actor.organisation_id is None:
            return query.where(false())
        return query.where(HeldJob.organisation_id == actor.organisation_id, FollowUp.state != FollowUpState.STOPPED)
    ids = follow_ups_visible_to(actor).order_by(None).with_only_columns(FollowUp.id)
    return query.where(HeldJob.follow_up_id.in_(ids))


def alerts_visible_to(actor: Actor) -> Select[Alert]:
    """The referent's and who covers them; a manager of the referent's organisation reads those that were escalated.

    Nobody else, the département included, and the employer least of all.
    """
    query = select(Alert).join(FollowUp, Alert.follow_up_id == FollowUp.id)
    if actor.role is Role.SYSTEM:
        return query
    mine: list[ColumnElement[bool]] = [held_by(actor, clock.today())]
    if actor.role in ACCOMPANIMENT and actor.organisation_id is not None:
        team = FollowUp.referent_organisation_id == actor.organisation_id
        mine.append(and_(team, held_by_nobody()))
        if actor.is_manager:
            mine.append(and_(team, Alert.level == AlertLevel.MANAGER))
    return query.where(or_(*mine))


AROUND: tuple[ORMOption, ...] = (
    joinedload(FollowUp.candidate),
    joinedload(FollowUp.referent),
    joinedload(FollowUp.referent_organisation),
    selectinload(FollowUp.jobs).options(joinedload(HeldJob.organisation), joinedload(HeldJob.commune)),
)
"""Options that load a follow-up with its person, referent and jobs: two statements."""


def the_follow_up(actor: Actor, follow_up_id: UUID, *options: ORMOption) -> FollowUp:
    """One that the actor may read, with what is around it. Raises NotFound."""
    query = follow_ups_visible_to(actor).where(FollowUp.id == follow_up_id).options(*AROUND, *options)
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def may_act(actor: Actor, follow_up: FollowUp) -> bool:
    """May the actor act on it: hold a visit, note a break, close an alert?"""
    query = select(FollowUp.id).where(FollowUp.id == follow_up.id, acted_on_by(actor, clock.today()))
    return db.session.scalar(query) is not None


def the_one_to_act_on(actor: Actor, follow_up_id: UUID, *, lock: bool = True) -> FollowUp:
    """One on which the actor may act, locked until the act ends. Raises NotFound."""
    query = select(FollowUp).where(FollowUp.id == follow_up_id)
    query = query.where(true() if actor.role is Role.SYSTEM else acted_on_by(actor, clock.today()))
    if lock:
        query = query.with_for_update(of=FollowUp)
    found = db.session.scalars(query.options(*AROUND).execution_options(populate_existing=True)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def the_visit(actor: Actor, visit_id: UUID, *, to_act: bool = False) -> Visit:
    """One visit of a follow-up that the actor may read, or may act on: then as it is now that it is locked.

    Raises NotFound.
    """
    visit = db.session.get(Visit, visit_id)
    if visit is None:
        raise NotFound
    follow_up = (the_one_to_act_on if to_act else the_follow_up)(actor, visit.follow_up_id)
    if to_act:
        db.session.refresh(visit)
    set_committed_value(visit, "follow_up", follow_up)  # after the refresh, which forgets it
    return visit
