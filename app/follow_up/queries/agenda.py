"""Which visits does somebody put in their calendar program, and how was a visit moved?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from app.accounts.models import Membership, User
from app.core.clock import PARIS
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.follow_up.models import CalendarFeed, Cover, FollowUp, HeldJob, Visit, VisitMove
from app.follow_up.queries.visible import follow_ups_visible_to, jobs_visible_to
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.states import VisitState
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationState

BEFORE: Final = timedelta(days=60)
AFTER: Final = timedelta(days=400)
"""What a feed holds, around today. A visit called off stays as such for as long as the past does."""


def moves_of(visit_id: UUID) -> Sequence[VisitMove]:
    """How a visit was moved, the last first."""
    query = select(VisitMove).where(VisitMove.visit_id == visit_id)
    return db.session.scalars(query.order_by(VisitMove.at.desc(), VisitMove.id)).all()


def states_by_kind(follow_up_id: UUID) -> Mapping[VisitKind, frozenset[VisitState]]:
    """In which states the visits of each step are."""
    rows = db.session.execute(select(Visit.kind, Visit.state).where(Visit.follow_up_id == follow_up_id))
    found: dict[VisitKind, set[VisitState]] = {}
    for kind, state in rows:
        found.setdefault(kind, set()).add(state)
    return {kind: frozenset(states) for kind, states in found.items()}


def visit_of_mine(actor: Actor, visit_id: UUID) -> Visit:
    """A visit that the actor may put in their calendar: those who accompany, the person, the tutor's side.

    A firm: those in which its tutor takes part while it employs the person. Raises NotFound.
    """
    query = select(Visit).where(Visit.id == visit_id, Visit.state != VisitState.SKIPPED)
    if actor.role is Role.EMPLOYER:
        job = jobs_visible_to(actor).order_by(None).with_only_columns(HeldJob.follow_up_id)
        job = job.where(
            HeldJob.start_on <= Visit.planned_on,
            or_(HeldJob.ended_on.is_(None), HeldJob.ended_on >= Visit.planned_on),
        ).correlate(Visit)
        query = query.where(Visit.with_tutor, Visit.follow_up_id.in_(job))
    else:
        mine = follow_ups_visible_to(actor).order_by(None).with_only_columns(FollowUp.id)
        query = query.where(Visit.follow_up_id.in_(mine))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def open_feed(user_id: UUID) -> CalendarFeed | None:
    """The address that somebody has now."""
    return db.session.scalar(
        select(CalendarFeed).where(CalendarFeed.user_id == user_id, CalendarFeed.revoked_at.is_(None))
    )


def feed_of(hashed: bytes) -> CalendarFeed | None:
    """The feed of a secret: not revoked, its owner may sign in, and still accompanies somewhere."""
    places = _places().where(Membership.user_id == CalendarFeed.user_id).correlate(CalendarFeed)
    return db.session.scalar(
        select(CalendarFeed)
        .join(User, User.id == CalendarFeed.user_id)
        .where(
            CalendarFeed.token_hash == hashed,
            CalendarFeed.revoked_at.is_(None),
            User.disabled_at.is_(None),
            places.exists(),
        )
    )


def _places() -> Any:
    """The organisations in which somebody accompanies people now."""
    return (
        select(Membership.organisation_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.left_at.is_(None),
            Membership.role.in_(ACCOMPANIMENT),
            Organisation.state == OrganisationState.APPROVED,
        )
    )


def visits_in_feed(user_id: UUID, today: date) -> Sequence[Visit]:
    """Those of the follow-ups that somebody holds, or covers today, in a place where they still are."""
    place, mine = FollowUp.referent_organisation_id, _places().where(Membership.user_id == user_id)
    covered = select(Cover.id).where(
        Cover.absent_id == FollowUp.referent_id,
        Cover.cover_id == user_id,
        Cover.organisation_id.in_(mine),
        or_(place.is_(None), place == Cover.organisation_id),
        Cover.first_day <= today,
        Cover.last_day >= today,
        Cover.ended_at.is_(None),
    )
    called_off_lately = Visit.updated_at >= datetime.combine(today - BEFORE, time(), PARIS)
    query = (
        select(Visit)
        .join(Visit.follow_up)
        .where(
            or_(FollowUp.referent_id == user_id, covered.correlate(FollowUp).exists()),
            or_(place.is_(None), place.in_(mine)),
            Visit.planned_on.between(today - BEFORE, today + AFTER),
            Visit.state != VisitState.SKIPPED,
            or_(Visit.state != VisitState.CANCELLED, called_off_lately),
        )
        .order_by(Visit.planned_on, Visit.id)
    )
    return db.session.scalars(query).all()


def coming_in_feed(user_id: UUID, today: date) -> int:
    """How many visits to come a feed of theirs holds."""
    return sum(
        visit.planned_on >= today and visit.state is VisitState.PLANNED for visit in visits_in_feed(user_id, today)
    )
