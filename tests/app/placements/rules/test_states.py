"""How does a placement move, who may move it, and what does the portal do by itself?"""

from datetime import date, timedelta

import pytest

from app.core.errors import Refused
from app.core.roles import Role
from app.core.workflow import WorkflowRefusal
from app.placements.rules.states import (
    ASSESSABLE,
    CANCELLABLE,
    COUNTED,
    DEAD,
    PLACEMENT,
    TRIPARTITE,
    PlacementAction,
    PlacementState,
    TripartiteAction,
    TripartiteState,
    due_action,
    waits_in_vain,
)

S, A = PlacementState, PlacementAction
START, END = date(2026, 11, 9), date(2026, 11, 20)


def test_the_way_of_a_stage_from_the_wish_to_its_close() -> None:
    way = [
        (A.ACCEPT, Role.EMPLOYER, S.ACCEPTED),
        (A.PREPARE, Role.REFERENT, S.PREPARED),
        (A.DEPOSIT, Role.FACILITATOR, S.DEPOSITED),
        (A.VALIDATE, Role.REFERENT, S.VALIDATED),
        (A.START, Role.SYSTEM, S.RUNNING),
        (A.END, Role.SYSTEM, S.ENDED),
        (A.CLOSE, Role.REFERENT, S.CLOSED),
    ]
    state = S.WISHED
    for action, role, target in way:
        state = PLACEMENT.target(action, state, role)
        assert state is target


@pytest.mark.parametrize("action", sorted({A.PREPARE, A.DEPOSIT, A.VALIDATE, A.CORRECT}))
def test_the_convention_is_in_the_hands_of_who_accompanies(action: PlacementAction) -> None:
    line = next(line for line in PLACEMENT if line.action is action)

    assert line.who == {Role.REFERENT, Role.FACILITATOR}


@pytest.mark.parametrize("state", sorted(S))
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
def test_nobody_starts_or_ends_a_stage_by_hand(state: PlacementState, role: Role) -> None:
    assert {A.START, A.END}.isdisjoint(PLACEMENT.actions(state, role))


@pytest.mark.parametrize("state", sorted(set(S) - {S.VALIDATED}))
def test_no_start_without_validation(state: PlacementState) -> None:
    with pytest.raises(Refused) as refused:
        PLACEMENT.target(A.START, state, Role.SYSTEM)
    assert refused.value.reasons == (WorkflowRefusal.WRONG_STATE,)


@pytest.mark.parametrize("state", sorted(S))
def test_each_party_cancels_before_the_start_and_stops_after_it(state: PlacementState) -> None:
    for role in (Role.CANDIDATE, Role.EMPLOYER, Role.REFERENT, Role.FACILITATOR, Role.SYSTEM):
        assert PLACEMENT.allows(A.CANCEL, state, role) is (state in CANCELLABLE)
        assert PLACEMENT.allows(A.STOP, state, role) is (state is S.RUNNING)


@pytest.mark.parametrize("role", sorted({Role.DEPARTMENT, Role.ADMINISTRATOR}))
def test_the_departement_and_the_administrators_move_nothing(role: Role) -> None:
    assert not any(PLACEMENT.actions(state, role) for state in S)
    assert not any(TRIPARTITE.actions(state, role) for state in TripartiteState)


def test_what_counts_for_the_limits_is_agreed_and_not_called_off() -> None:
    assert set(S) - DEAD - {S.WISHED} == COUNTED
    assert COUNTED.isdisjoint(DEAD)
    assert ASSESSABLE <= COUNTED


def test_every_state_is_reached() -> None:
    assert {line.target for line in PLACEMENT} == set(S) - {S.WISHED}
    assert {line.target for line in TRIPARTITE} == set(TripartiteState)


@pytest.mark.parametrize(
    ("state", "today", "action"),
    [
        (S.VALIDATED, START - timedelta(days=1), None),
        (S.VALIDATED, START, A.START),
        (S.VALIDATED, END + timedelta(days=9), A.START),
        (S.DEPOSITED, START, None),
        (S.RUNNING, END, None),
        (S.RUNNING, END + timedelta(days=1), A.END),
        (S.STOPPED, END + timedelta(days=1), None),
        (S.CANCELLED, START, None),
    ],
)
def test_the_portal_starts_on_the_first_day_and_ends_the_day_after_the_last(
    state: PlacementState, today: date, action: PlacementAction | None
) -> None:
    assert due_action(state, START, END, today) is action


@pytest.mark.parametrize(
    ("state", "today", "vain"),
    [
        (S.WISHED, START, False),
        (S.WISHED, START + timedelta(days=1), True),
        (S.DEPOSITED, START + timedelta(days=1), True),
        (S.VALIDATED, START + timedelta(days=1), False),
        (S.CANCELLED, START + timedelta(days=1), False),
    ],
)
def test_what_is_not_validated_when_its_first_day_is_past_waits_in_vain(
    state: PlacementState, today: date, vain: bool
) -> None:
    assert waits_in_vain(state, START, today) is vain


def test_a_meeting_of_three_is_agreed_moved_and_held() -> None:
    agreed = TRIPARTITE.target(TripartiteAction.AGREE, TripartiteState.PROPOSED, Role.CANDIDATE)
    assert TRIPARTITE.target(TripartiteAction.REOPEN, agreed, Role.EMPLOYER) is TripartiteState.PROPOSED
    assert TRIPARTITE.target(TripartiteAction.HOLD, agreed, Role.REFERENT) is TripartiteState.HELD
    assert not TRIPARTITE.allows(TripartiteAction.HOLD, agreed, Role.EMPLOYER)
