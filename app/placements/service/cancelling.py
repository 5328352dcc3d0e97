"""A stage does not take place: somebody says so before it begins, or the person has left."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.placements.models import Placement
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.asking import ASK_FIELDS, cancel_refusals
from app.placements.rules.kinds import CancelReason, StopReason
from app.placements.rules.states import CANCELLABLE, PlacementAction, PlacementState
from app.placements.service import telling
from app.placements.service.checking import done_before
from app.placements.service.journal import move
from app.placements.service.places import free_place


@transaction
def cancel(placement_id: UUID, reason: CancelReason, words: str, *, by: Actor, version: int | None = None) -> Placement:
    """Any party, before it begins, with a reason; the others are told. Sent twice, it is done once.

    Raises NotFound, Refused, StaleVersion.
    """
    placement = the_one_to_act_on(by, placement_id)
    if done_before(placement, PlacementAction.CANCEL, by, version):
        return placement
    if reasons := cancel_refusals(by.role, reason, words):
        raise Refused(reasons, ASK_FIELDS)
    _cancel(placement, reason, words, by)
    telling.everybody("placement_cancelled", placement, by)
    return placement


def _cancel(placement: Placement, reason: CancelReason, words: str, by: Actor) -> None:
    move(placement, PlacementAction.CANCEL, by)
    placement.cancelled_at, placement.cancel_reason, placement.cancel_words = clock.now(), reason, words.strip()
    db.session.flush()
    free_place(placement)


def candidate_closed(candidate: Candidate, by: Actor) -> None:
    """A listener: the person has left. What was to come is cancelled and what runs is stopped, without a word."""
    today = clock.today()
    for placement in _of(candidate.id):
        if placement.state in CANCELLABLE:
            _cancel(placement, CancelReason.REMOVED, "", SYSTEM)
        elif placement.state is PlacementState.RUNNING:
            _stop(placement, today)


def candidate_withdrawn(candidate: Candidate, by: Actor) -> None:
    """A listener: the person takes back their consent. What others asked for them, and no host has answered, ends."""
    for placement in _of(candidate.id):
        if placement.state is PlacementState.WISHED and placement.asked_by != by.user_id:
            _cancel(placement, CancelReason.PERSON, "", SYSTEM)


def _stop(placement: Placement, today: date) -> None:
    move(placement, PlacementAction.STOP, SYSTEM)
    placement.stopped_on = min(max(today, placement.starts_on), placement.ends_on)
    placement.stop_reason = StopReason.PERSON
    db.session.flush()
    free_place(placement)


def _of(candidate_id: UUID) -> list[Placement]:
    query = (
        select(Placement)
        .where(Placement.candidate_id == candidate_id)
        .options(joinedload(Placement.candidate))
        .order_by(Placement.id)
        .with_for_update(of=Placement)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))
