"""Who accompanies says what follows a stage: that closes it, and may be said again when it changes."""

from datetime import date
from uuid import UUID

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import ACCOMPANIMENT, Actor
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.placements.models import PlacementNext
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.following import NEXT_FIELDS, Follows, next_refusals
from app.placements.rules.states import PlacementAction, PlacementState
from app.placements.service.journal import log, move


@transaction
def follow(placement_id: UUID, said: Follows, *, by: Actor, row_id: UUID, version: int, today: date) -> PlacementNext:
    """One more line, the latest holds; an ended or stopped stage is closed. Sent twice, it is said once.

    Neither journal nor trail says what follows. Raises NotFound, StaleVersion; Refused with all reasons.
    """
    placement = the_one_to_act_on(by, placement_id)
    if by.role not in ACCOMPANIMENT:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    known = db.session.get(PlacementNext, row_id)
    if known is not None:
        if known.placement_id != placement.id:
            raise NotFound
        return known
    if placement.version != version:
        raise StaleVersion({"version": placement.version})
    if reasons := next_refusals(said, placement.starts_on, today):
        raise Refused(reasons, NEXT_FIELDS)
    if placement.state is not PlacementState.CLOSED:
        move(placement, PlacementAction.CLOSE, by)
        placement.closed_on = today
    line = PlacementNext(
        id=row_id,
        placement_id=placement.id,
        kind=said.kind,
        on=said.on,
        words=said.words.strip(),
        by_user_id=by.user_id,
        by_name=by.name,
        recorded_at=clock.now(),
    )
    db.session.add(line)
    db.session.flush()
    log(placement, "next", line.id, "say", by)
    return line
