"""What does each morning change? What is validated begins, what is over ends, what waited in vain is cancelled."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.placements.models import Placement
from app.placements.rules.kinds import CancelReason
from app.placements.rules.states import (
    CANCELLABLE,
    PlacementAction,
    PlacementState,
    due_action,
    waits_in_vain,
)
from app.placements.service import telling
from app.placements.service.convention import start_if_due
from app.placements.service.journal import move
from app.placements.service.places import end_application

_WAITING = CANCELLABLE - {PlacementState.VALIDATED}


def turn(today: date) -> dict[str, int]:
    """Each placement is an act of its own; run twice, the second finds nothing. How many of each."""
    counted = {"started": 0, "ended": 0, "cancelled": 0}
    for placement_id in _due(today):
        for what in _turn(placement_id, today):
            counted[what] += 1
    return counted


def _due(today: date) -> list[UUID]:
    begins = and_(Placement.state == PlacementState.VALIDATED, Placement.starts_on <= today)
    ends = and_(Placement.state == PlacementState.RUNNING, Placement.ends_on < today)
    in_vain = and_(Placement.state.in_(_WAITING), Placement.starts_on < today)
    query = select(Placement.id).where(or_(begins, ends, in_vain)).order_by(Placement.starts_on, Placement.id)
    return list(db.session.scalars(query))


@transaction
def _turn(placement_id: UUID, today: date) -> list[str]:
    """Read again under its lock: somebody may have acted meanwhile. One that nobody turned for days does it all."""
    query = select(Placement).where(Placement.id == placement_id).options(joinedload(Placement.candidate))
    query = query.with_for_update(of=Placement).execution_options(populate_existing=True)
    placement = db.session.scalars(query).one_or_none()
    if placement is None:
        return []
    done = []
    if start_if_due(placement, today):
        done.append("started")
    if due_action(placement.state, placement.starts_on, placement.ends_on, today) is PlacementAction.END:
        move(placement, PlacementAction.END, SYSTEM)
        done.append("ended")
    if waits_in_vain(placement.state, placement.starts_on, today):
        _cancel(placement)
        done.append("cancelled")
    return done


def _cancel(placement: Placement) -> None:
    """Who accompanies is told why; the person and the host, that it does not take place."""
    move(placement, PlacementAction.CANCEL, SYSTEM)
    placement.cancelled_at, placement.cancel_reason = clock.now(), CancelReason.NOT_VALIDATED
    db.session.flush()
    end_application(placement)
    telling.tell_accompaniment("placement_not_validated", placement, SYSTEM)
    telling.tell_person("placement_cancelled", placement, SYSTEM)
    telling.tell_host("placement_cancelled", placement, SYSTEM)
