"""When a task is late, and how it may end or move."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from app.events.rules.kinds import TaskResult
from app.events.rules.tasks import (
    TaskRefusal,
    Urgency,
    finish_refusals,
    kept_count,
    move_refusals,
    owner_refusals,
    reminds,
    urgency,
)

TODAY = date(2026, 11, 5)


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (-1, Urgency.LATE),
        (0, Urgency.THIS_WEEK),
        (7, Urgency.THIS_WEEK),
        (8, Urgency.LATER),
    ],
)
def test_it_is_late_from_the_day_after(days: int, when: Urgency) -> None:
    assert urgency(_in(days), TODAY) is when


@pytest.mark.parametrize("result", sorted(TaskResult))
def test_hires_and_stages_are_those_of_somebody(result: TaskResult) -> None:
    of_people = result in {TaskResult.HIRE, TaskResult.PLACEMENT}
    assert finish_refusals(result, 0) == ((TaskRefusal.COUNT_MISSING,) if of_people else ())
    assert finish_refusals(result, 1) == ()
    assert kept_count(result, 3) == (3 if of_people else 0)


@pytest.mark.parametrize(
    ("days", "reasons"),
    [(-1, (TaskRefusal.DUE_PAST,)), (0, ()), (366, ()), (367, (TaskRefusal.DUE_TOO_FAR,))],
)
def test_it_moves_to_a_day_to_come_within_a_year(days: int, reasons: tuple[TaskRefusal, ...]) -> None:
    assert move_refusals(_in(days), TODAY) == reasons


def test_it_goes_to_somebody_of_the_organisation_or_to_nobody_yet() -> None:
    member = uuid4()
    assert owner_refusals(member, {member}) == ()
    assert owner_refusals(None, {member}) == ()
    assert owner_refusals(uuid4(), {member}) == (TaskRefusal.NOT_A_MEMBER,)


@pytest.mark.parametrize(("days", "which"), [(4, ""), (3, "before"), (0, "before"), (-1, "late"), (-40, "late")])
def test_somebody_is_reminded_three_days_before_and_once_late(days: int, which: str) -> None:
    assert reminds(_in(days), TODAY, 3) == which
