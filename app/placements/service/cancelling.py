"""A stage does not take place: somebody says so before it begins, or the person has left."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.candidates.models import Candidate
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.placements.models import Placement, TripartiteMeeting
from app.placements.queries.visible import the_one_to_act_on
from app.placements.rules.asking import ASK_FIELDS, cancel_refusals
from app.placements.rules.kinds import CancelReason, StopReason
from app.placements.rules.states import CANCELLABLE, PlacementAction, PlacementState, TripartiteAction, TripartiteState
from app.placements.service import telling
from app.placements.service.checking import done_before
from app.placements.service.journal import move, move_tripartite
from app.placements.service.places import end_application, free_place


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
    cancel_renewal(placement, reason)
    return placement


def cancel_renewal(first: Placement, reason: CancelReason) -> None:
    """What does not take place, or stopped early, does not go on: a renewal that waits is cancelled, and all are told.
    Joins the act of the caller."""
    query = select(Placement).where(Placement.renewal_of_id == first.id, Placement.state.in_(CANCELLABLE))
    for again in _locked(query):
        _cancel(again, reason, "", SYSTEM)
        telling.everybody("placement_cancelled", again, SYSTEM)


def _cancel(placement: Placement, reason: CancelReason, words: str, by: Actor) -> None:
    move(placement, PlacementAction.CANCEL, by)
    placement.cancelled_at, placement.cancel_reason, placement.cancel_words = clock.now(), reason, words.strip()
    db.session.flush()
    end_application(placement)


def candidate_closed(candidate: Candidate, by: Actor) -> None:
    """A listener: the person has left. What was to come is cancelled and what runs is stopped, without a word."""
    today = clock.today()
    for placement in _of(candidate.id):
        if placement.state in CANCELLABLE:
            _cancel(placement, CancelReason.REMOVED, "", SYSTEM)
        elif placement.state is PlacementState.RUNNING:
            _stop(placement, today)
    for meeting in _awaiting(candidate.id):
        move_tripartite(meeting, TripartiteAction.CANCEL, SYSTEM)
        meeting.sequence += 1
    db.session.flush()


def candidate_withdrawn(candidate: Candidate, by: Actor) -> None:
    """A listener: the person takes back their consent. What others asked for them, and no host has answered, ends."""
    own = set(db.session.scalars(select(User.id).where(User.candidate_id == candidate.id)))
    for placement in _of(candidate.id):
        if placement.state is PlacementState.WISHED and placement.asked_by not in own:
            _cancel(placement, CancelReason.PERSON, "", SYSTEM)


def organisation_closed(organisation_id: UUID, by: Actor) -> None:
    """A listener: the firm takes part no more, so it answers nobody: those who wait are told. What was agreed goes on,
    and who accompanies speaks for it."""
    query = select(Placement).where(
        Placement.host_organisation_id == organisation_id, Placement.state == PlacementState.WISHED
    )
    for placement in _locked(query):
        _cancel(placement, CancelReason.HOST, "", SYSTEM)
        telling.tell_person("placement_cancelled", placement, SYSTEM)
        telling.tell_accompaniment("placement_cancelled", placement, SYSTEM)


def _stop(placement: Placement, today: date) -> None:
    move(placement, PlacementAction.STOP, SYSTEM)
    placement.stopped_on = min(max(today, placement.starts_on), placement.ends_on)
    placement.stop_reason = StopReason.PERSON
    db.session.flush()
    free_place(placement)


def _of(candidate_id: UUID) -> list[Placement]:
    return _locked(select(Placement).where(Placement.candidate_id == candidate_id))


def _locked(query: Select[Placement]) -> list[Placement]:
    query = query.options(joinedload(Placement.candidate)).order_by(Placement.id).with_for_update(of=Placement)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _awaiting(candidate_id: UUID) -> list[TripartiteMeeting]:
    """The meetings of three that have not taken place."""
    open_ = TripartiteMeeting.state.in_((TripartiteState.PROPOSED, TripartiteState.AGREED))
    query = select(TripartiteMeeting).where(TripartiteMeeting.candidate_id == candidate_id, open_)
    query = query.order_by(TripartiteMeeting.id).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(query))
