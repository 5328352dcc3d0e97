"""Two files of one person become one: the stages and meetings of both are those of the file that is kept."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import SYSTEM, Role
from app.placements.models import Placement, TripartiteMeeting
from app.placements.queries.limits import others_of
from app.placements.rules.states import PlacementState
from app.placements.service.merging import candidate_merged
from tests.factories.people import somebody
from tests.factories.placements import a_placement, a_tripartite


def test_stages_and_meetings_go_with_the_file_that_is_kept(session: scoped_session, today: date) -> None:
    kept = somebody(Role.CANDIDATE).candidate
    assert kept is not None
    placed = a_placement(PlacementState.VALIDATED)
    meeting = a_tripartite(placed=placed)
    session.commit()
    candidate_merged(kept.id, placed.placement.candidate_id, SYSTEM)
    session.commit()
    assert set(session.scalars(select(Placement.candidate_id))) == {kept.id}
    assert set(session.scalars(select(TripartiteMeeting.candidate_id))) == {kept.id}
    assert (placed.placement.candidate_id, meeting.candidate_id) == (kept.id, kept.id)
    assert [one.starts_on for one in others_of(kept.id)] == [placed.placement.starts_on]
