"""Who reads a placement and a tripartite meeting, who acts on them, and under which name is the person read?"""

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import SYSTEM, Role
from app.placements.models import Placement
from app.placements.queries.visible import (
    may_act,
    may_act_on_tripartite,
    name_for,
    placements_visible_to,
    the_one_to_act_on,
    the_placement,
    the_tripartite,
    the_tripartite_to_act_on,
    tripartite_visible_to,
)
from app.placements.rules.kinds import TripartiteParty
from app.placements.rules.states import PlacementState, TripartiteState
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement, a_tripartite

S = PlacementState


def _reads(who: Somebody, placement: Placement) -> bool:
    return placement in db.session.scalars(placements_visible_to(who.actor)).all()


@pytest.fixture
def placed(session: scoped_session) -> Placed:
    """A stage that is agreed."""
    return a_placement(S.ACCEPTED)


def test_the_three_parties_read_it_and_act_on_it(placed: Placed) -> None:
    for who in (placed.person, placed.host, placed.referent):
        assert the_placement(who.actor, placed.placement.id) is placed.placement
        assert the_one_to_act_on(who.actor, placed.placement.id) is placed.placement
        assert may_act(who.actor, placed.placement)


@pytest.mark.parametrize("role", sorted({Role.CANDIDATE, Role.EMPLOYER, Role.REFERENT, Role.ADMINISTRATOR}))
def test_strangers_find_nothing(placed: Placed, role: Role) -> None:
    stranger = somebody(role, territory=None)

    assert not _reads(stranger, placed.placement)
    assert not may_act(stranger.actor, placed.placement)
    for read in (the_placement, the_one_to_act_on):
        with pytest.raises(NotFound):
            read(stranger.actor, placed.placement.id)


def test_the_departement_reads_all_and_acts_on_none(placed: Placed) -> None:
    agent = somebody(Role.DEPARTMENT)

    assert _reads(agent, placed.placement)
    assert not may_act(agent.actor, placed.placement)


def test_the_portal_acts_on_all(placed: Placed) -> None:
    assert the_one_to_act_on(SYSTEM, placed.placement.id) is placed.placement


def test_a_colleague_of_who_prescribed_reads_and_acts(placed: Placed) -> None:
    colleague = somebody(Role.REFERENT, placed.referent.organisation, manager=False)

    assert _reads(colleague, placed.placement)
    assert may_act(colleague.actor, placed.placement)


def test_a_facilitator_of_the_territory_reads_it_and_leaves_it_to_its_prescriber(placed: Placed) -> None:
    facilitator = somebody(Role.FACILITATOR)

    assert _reads(facilitator, placed.placement)
    assert not may_act(facilitator.actor, placed.placement)


def test_one_that_nobody_prescribes_yet_is_anybodys_who_reads_the_file(session: scoped_session) -> None:
    placed = a_placement(prescriber_id=None, prescriber_organisation_id=None)

    assert may_act(somebody(Role.FACILITATOR).actor, placed.placement)
    assert not may_act(somebody(Role.REFERENT).actor, placed.placement)


def test_who_accompanies_the_person_today_acts_whoever_prescribed(placed: Placed) -> None:
    new = somebody(Role.REFERENT, manager=False)
    candidate = placed.person.candidate
    assert candidate is not None
    assert new.organisation is not None
    candidate.referent_id, candidate.referent_organisation_id = new.user.id, new.organisation.id
    db.session.flush()

    assert may_act(new.actor, placed.placement)
    assert may_act(placed.referent.actor, placed.placement)


def test_who_follows_it_reads_it_in_the_place_where_they_follow(placed: Placed) -> None:
    follower, elsewhere = somebody(Role.REFERENT), somebody(Role.REFERENT)
    assert follower.organisation is not None
    placed.placement.referent_id = follower.user.id
    placed.placement.referent_organisation_id = follower.organisation.id
    db.session.flush()

    assert may_act(follower.actor, placed.placement)
    assert not _reads(elsewhere, placed.placement)


def test_a_host_that_is_only_declared_is_no_organisations(session: scoped_session) -> None:
    placed = a_placement(host_organisation_id=None)

    assert not _reads(placed.host, placed.placement)
    assert _reads(placed.referent, placed.placement)


@pytest.mark.parametrize("state", sorted(S))
def test_a_host_reads_first_name_and_initial_until_it_has_accepted(session: scoped_session, state: S) -> None:
    placed = a_placement(state)
    candidate = placed.person.candidate
    assert candidate is not None
    never_accepted = state in (S.WISHED, S.DECLINED, S.CANCELLED)

    assert name_for(placed.host.actor, placed.placement) == (
        candidate.short_name if never_accepted else candidate.full_name
    )
    assert name_for(placed.referent.actor, placed.placement) == candidate.full_name


def test_a_placement_and_what_is_around_it_are_two_statements(placed: Placed, statements: list[str]) -> None:
    db.session.expunge_all()
    statements.clear()

    found = the_placement(placed.person.actor, placed.placement.id)

    assert found.candidate.first_name == "Camille"
    assert found.prescriber_organisation is not None
    assert found.signatures == []
    assert len(statements) == 2


def test_an_act_that_counts_locks_the_person_before_the_placement(placed: Placed, statements: list[str]) -> None:
    statements.clear()

    the_one_to_act_on(placed.host.actor, placed.placement.id, counting=True)

    locks = [line for line in statements if "FOR UPDATE" in line]
    assert [line.split("FOR UPDATE OF ")[1].split()[0] for line in locks] == ["candidates", "placements"]


def test_the_three_of_a_tripartite_meeting_read_it_and_act_on_it(placed: Placed) -> None:
    meeting = a_tripartite(placed=placed)

    for who in (placed.person, placed.host, placed.referent):
        assert the_tripartite(who.actor, meeting.id) is meeting
        assert the_tripartite_to_act_on(who.actor, meeting.id) is meeting
        assert may_act_on_tripartite(who.actor, meeting)
    agent = somebody(Role.DEPARTMENT)
    assert the_tripartite(agent.actor, meeting.id) is meeting
    assert not may_act_on_tripartite(agent.actor, meeting)


@pytest.mark.parametrize("role", sorted({Role.CANDIDATE, Role.EMPLOYER, Role.REFERENT, Role.ADMINISTRATOR}))
def test_strangers_find_no_tripartite_meeting(placed: Placed, role: Role) -> None:
    meeting = a_tripartite(placed=placed)
    stranger = somebody(role)

    assert db.session.scalars(tripartite_visible_to(stranger.actor)).all() == []
    for read in (the_tripartite, the_tripartite_to_act_on):
        with pytest.raises(NotFound):
            read(stranger.actor, meeting.id)


def test_a_tripartite_meeting_comes_with_its_dates_and_answers(session: scoped_session) -> None:
    meeting = a_tripartite(TripartiteState.AGREED)
    referent = somebody(Role.DEPARTMENT)
    db.session.expire_all()

    found = the_tripartite(referent.actor, meeting.id)

    assert [len(one.answers) for one in found.dates] == [3, 3]
    assert [answer.party for answer in found.dates[0].answers] == sorted(TripartiteParty)
    assert found.chosen_at == found.dates[0].at
