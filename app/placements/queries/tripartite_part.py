"""What does the page of a stage say of the meetings of three about it?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.labels.states import TRIPARTITE_LOOKS, TRIPARTITE_STATES
from app.placements.models import Placement, TripartiteMeeting
from app.placements.queries.tripartite import meets_at
from app.placements.queries.visible import tripartite_visible_to
from app.placements.rules.states import DEAD


def meetings_about(actor: Actor, placement: Placement) -> Sequence[TripartiteMeeting]:
    """The latest first. One statement."""
    query = tripartite_visible_to(actor).where(TripartiteMeeting.placement_id == placement.id)
    return db.session.scalars(query.order_by(meets_at.desc(), TripartiteMeeting.id).limit(10)).all()


def part(placement: Placement, actor: Actor, today: date) -> dict[str, Any] | None:
    """None when there is no meeting, and none may be proposed. One statement."""
    meetings = meetings_about(actor, placement)
    may_propose = actor.role in ACCOMPANIMENT and placement.state not in DEAD
    if not meetings and not may_propose:
        return None
    return {
        "meetings": meetings,
        "may_propose": may_propose,
        "page": "placements.my_tripartite" if actor.role is Role.CANDIDATE else "placements.tripartite",
        "states": TRIPARTITE_STATES,
        "looks": TRIPARTITE_LOOKS,
    }
