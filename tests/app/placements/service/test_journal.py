"""Is every move in the journal and in the trail, and is a wrong one refused?"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.workflow import WorkflowRefusal
from app.placements.models import PlacementTransition
from app.placements.rules.states import PlacementAction, PlacementState, TripartiteAction, TripartiteState
from app.placements.service import journal
from tests.factories.placements import a_placement, a_tripartite


def test_a_move_is_written_in_the_journal_and_in_the_trail_without_its_words(session: scoped_session) -> None:
    placed = a_placement()

    journal.move(placed.placement, PlacementAction.ACCEPT, placed.host.actor, words="Avec plaisir")
    placed.placement.accepted_at = clock.now()
    db.session.flush()

    assert placed.placement.state is PlacementState.ACCEPTED
    line = db.session.scalars(select(PlacementTransition)).one()
    assert (line.subject, line.action, line.from_state, line.to_state) == ("placement", "accept", "wished", "accepted")
    assert (line.placement_id, line.words, line.by_name) == (
        placed.placement.id, "Avec plaisir", placed.host.actor.name
    )  # fmt: skip
    kept = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "placement.placement.accept")).one()
    assert "plaisir" not in str(kept.details)


def test_a_wrong_state_and_a_wrong_role_are_refused(session: scoped_session) -> None:
    placed = a_placement(PlacementState.ACCEPTED)

    for action, who, reason in (
        (PlacementAction.START, placed.referent, WorkflowRefusal.WRONG_STATE),
        (PlacementAction.PREPARE, placed.host, WorkflowRefusal.NOT_YOUR_ROLE),
    ):
        with pytest.raises(Refused) as refused:
            journal.move(placed.placement, action, who.actor)
        assert refused.value.reasons == (reason,)
    assert placed.placement.state is PlacementState.ACCEPTED


def test_a_meeting_of_three_is_in_the_journal_of_its_placement(session: scoped_session) -> None:
    placed = a_placement(PlacementState.ACCEPTED)
    meeting = a_tripartite(placed=placed)

    journal.move_tripartite(meeting, TripartiteAction.CANCEL, placed.person.actor)
    db.session.flush()

    assert meeting.state is TripartiteState.CANCELLED
    line = db.session.scalars(select(PlacementTransition)).one()
    assert (line.placement_id, line.tripartite_id) == (placed.placement.id, meeting.id)
    assert (line.subject, line.to_state) == ("tripartite", "cancelled")
