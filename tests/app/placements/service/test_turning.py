"""Each morning: what is validated begins on its first day, what is over ends, what waited in vain is cancelled."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.messages.models import Message
from app.placements import jobs
from app.placements.models import PlacementTransition
from app.placements.rules.kinds import CancelReason
from app.placements.rules.states import CANCELLABLE, PlacementState
from tests.factories.placements import a_placement

_S = PlacementState
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_in", "validated_in", "state"),
    [(1, -2, _S.VALIDATED), (0, -2, _S.RUNNING), (0, 0, _S.RUNNING), (-1, -1, _S.RUNNING), (-11, -11, _S.RUNNING)],
)
def test_what_is_validated_begins_on_its_first_day_and_not_before(
    session: scoped_session, today: date, starts_in: int, validated_in: int, state: PlacementState
) -> None:
    placed = a_placement(_S.VALIDATED, starts_on=today + starts_in * DAY, validated_on=today + validated_in * DAY)
    session.commit()
    counted = [jobs.turn(today)["started"] for _ in range(2)]
    assert counted == [int(state is _S.RUNNING), 0]
    assert placed.placement.state is state


@pytest.mark.parametrize("state", sorted({_S.ACCEPTED, _S.PREPARED, _S.DEPOSITED, _S.WISHED}))
def test_nothing_begins_without_a_validation(session: scoped_session, today: date, state: PlacementState) -> None:
    placed = a_placement(state, starts_on=today)
    session.commit()
    assert jobs.turn(today) == {"started": 0, "ended": 0, "cancelled": 0}
    assert placed.placement.state is state


@pytest.mark.parametrize(("days", "state"), [(5, _S.ENDED), (6, _S.RUNNING)])
def test_it_ends_the_day_after_its_last_day(
    session: scoped_session, today: date, days: int, state: PlacementState
) -> None:
    placed = a_placement(_S.RUNNING, starts_on=today - 5 * DAY, days=days)
    session.commit()
    jobs.turn(today)
    assert placed.placement.state is state


def test_one_that_nobody_turned_for_days_begins_and_ends(session: scoped_session, today: date) -> None:
    placed = a_placement(_S.VALIDATED, starts_on=today - 9 * DAY, days=5)
    session.commit()
    assert jobs.turn(today) == {"started": 1, "ended": 1, "cancelled": 0}
    assert placed.placement.state is _S.ENDED


@pytest.mark.parametrize("state", sorted(CANCELLABLE - {_S.VALIDATED}))
def test_the_day_after_a_first_day_without_validation_the_three_are_told(
    session: scoped_session, today: date, state: PlacementState
) -> None:
    placed = a_placement(state, starts_on=today - DAY)
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33612345678"
    session.commit()
    assert [jobs.turn(today)["cancelled"] for _ in range(2)] == [1, 0]
    found = placed.placement
    assert (found.state, found.cancel_reason, found.cancelled_at) == (
        _S.CANCELLED, CancelReason.NOT_VALIDATED, clock.now(),
    )  # fmt: skip
    told = session.execute(select(Message.kind, Message.to_name)).all()
    assert sorted(map(tuple, told)) == sorted([
        ("placement_not_validated", placed.referent.user.full_name), ("placement_cancelled", "Camille"),
        ("placement_cancelled", placed.host.user.full_name),
    ])  # fmt: skip
    assert session.scalars(select(PlacementTransition.by_name)).all() == ["Le portail"]


def test_what_is_over_or_dead_is_left_alone(session: scoped_session, today: date) -> None:
    states = (_S.ENDED, _S.STOPPED, _S.CLOSED, _S.DECLINED, _S.CANCELLED)
    for state in states:
        a_placement(state)
    session.commit()
    assert jobs.turn(today) == {"started": 0, "ended": 0, "cancelled": 0}
