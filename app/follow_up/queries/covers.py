"""Who of a team is away, who acts for them, and who could?"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Membership, User
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.models import Cover


def colleagues_of(organisation_id: UUID | None) -> Sequence[User]:
    """The present members of an organisation who accompany people and may sign in, by name."""
    query = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(ACCOMPANIMENT),
            Membership.left_at.is_(None),
            User.disabled_at.is_(None),
        )
        .distinct()
    )
    return db.session.scalars(query.order_by(User.last_name, User.first_name, User.id)).all()


def covers_visible_to(actor: Actor) -> Select[Cover]:
    """The whole team reads who is away: it answers the phone for them."""
    return select(Cover).where(Cover.organisation_id == actor.organisation_id)


def covers_listed(actor: Actor, today: date) -> Select[Cover]:
    """Those running and to come first, then the past, the newest first."""
    over = or_(Cover.ended_at.is_not(None), Cover.last_day < today)
    return (
        covers_visible_to(actor)
        .options(joinedload(Cover.absent), joinedload(Cover.cover))
        .order_by(over, Cover.first_day.desc(), Cover.id)
    )


def the_cover(actor: Actor, cover_id: UUID) -> Cover:
    """One that the actor may end: their own absence, or any of the team they manage. Raises NotFound."""
    query = covers_visible_to(actor).where(Cover.id == cover_id).with_for_update(of=Cover)
    if not actor.is_manager:
        query = query.where(Cover.absent_id == actor.user_id)
    found = db.session.scalar(query.options(joinedload(Cover.absent), joinedload(Cover.cover)))
    if found is None:
        raise NotFound
    return found


def open_covers(user_ids: Sequence[UUID], today: date) -> Sequence[Cover]:
    """The covers not over in which one of these people is away or acts, whatever the organisation of the cover."""
    among: Any = or_(Cover.absent_id.in_(user_ids), Cover.cover_id.in_(user_ids))
    query = select(Cover).where(among, Cover.ended_at.is_(None), Cover.last_day >= today)
    return db.session.scalars(query.order_by(Cover.first_day, Cover.id)).all()
