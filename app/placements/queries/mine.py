"""A person's own stages: those that live first, then the others, the newest on top."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.roles import Actor, Role
from app.placements.models import Placement
from app.placements.queries.visible import placements_visible_to
from app.placements.rules.states import DEAD, PlacementState

MOST = 60
_OVER = DEAD | {PlacementState.CLOSED}


def placements_of(actor: Actor) -> tuple[Sequence[Placement], Sequence[Placement]]:
    """(to come or running, over). One statement; nothing for somebody who is no candidate."""
    if actor.role is not Role.CANDIDATE:
        return (), ()
    query = (
        placements_visible_to(actor)
        .options(joinedload(Placement.commune), joinedload(Placement.candidate))
        .order_by(case((Placement.state.in_(_OVER), 1), else_=0), Placement.starts_on.desc(), Placement.id)
        .limit(MOST)
    )
    found = db.session.scalars(query).unique().all()
    return [one for one in found if one.state not in _OVER], [one for one in found if one.state in _OVER]


def has_placements(actor: Actor) -> bool:
    """Has the person a stage, whatever its state?"""
    return bool(db.session.scalar(select(placements_visible_to(actor).with_only_columns(Placement.id).exists())))
