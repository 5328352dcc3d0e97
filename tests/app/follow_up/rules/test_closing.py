"""A closing has its day and agrees with the facts; what is suggested is never more than what is known."""

from datetime import date, timedelta

import pytest

from app.follow_up.rules.closing import (
    CloseRefusal,
    Work,
    close_refusals,
    closed_today,
    may_close,
    runs,
    suggested,
    warned_today,
)
from app.follow_up.rules.kinds import CloseOutcome, JobPlan
from app.follow_up.rules.states import FollowUpState

TODAY = date(2026, 11, 5)
DAY = timedelta(days=1)
O, S = CloseOutcome, FollowUpState  # noqa: E741
KEPT, OTHER, OVER = Work(True, True), Work(True, False), Work(False, True)


@pytest.mark.parametrize(
    ("state", "closing_on", "ends_on", "may"),
    [
        (S.ACTIVE, TODAY + DAY, TODAY + 9 * DAY, False),
        (S.ACTIVE, TODAY, TODAY + 9 * DAY, True),
        (S.ACTIVE, None, TODAY, False),
        (S.ACTIVE, None, TODAY - DAY, True),
        (S.BROKEN, None, TODAY + 90 * DAY, True),
    ],
)
def test_a_closing_has_its_day(state: S, closing_on: date | None, ends_on: date, may: bool) -> None:
    assert may_close(state, closing_on, ends_on, TODAY) is may


@pytest.mark.parametrize(
    ("outcome", "works", "reasons"),
    [
        (O.KEPT, [KEPT], ()),
        (O.KEPT, [OVER], (CloseRefusal.NOT_KEPT,)),
        (O.KEPT, [OVER, OTHER], (CloseRefusal.NOT_KEPT,)),
        (O.SEARCH, [OTHER], (CloseRefusal.STILL_AT_WORK,)),
        (O.SEARCH, [OVER], ()),
        (None, [KEPT], (CloseRefusal.NO_OUTCOME,)),
    ],
)
def test_an_outcome_agrees_with_the_facts(
    outcome: O | None, works: list[Work], reasons: tuple[CloseRefusal, ...]
) -> None:
    assert close_refusals(outcome, works, allowed=True) == reasons


@pytest.mark.parametrize(
    ("state", "works", "news", "outcome"),
    [
        (S.ACTIVE, [KEPT], TODAY - 45 * DAY, O.KEPT),
        (S.ACTIVE, [KEPT], TODAY - 46 * DAY, None),
        (S.ACTIVE, [KEPT], None, None),
        (S.ACTIVE, [OVER, OTHER], TODAY, O.OTHER_JOB),
        (S.ACTIVE, [Work(False, True, JobPlan.TRAINING)], None, O.TRAINING),
        (S.ACTIVE, [OVER], TODAY, None),
        (S.BROKEN, [OVER], None, O.SEARCH),
    ],
)
def test_only_what_is_known_is_suggested(state: S, works: list[Work], news: date | None, outcome: O | None) -> None:
    assert suggested(state, works, news, TODAY) is outcome


@pytest.mark.parametrize(
    ("end_on", "ended_on", "going"),
    [(None, None, True), (TODAY, None, True), (TODAY - DAY, None, False), (None, TODAY - DAY, False)],
)
def test_a_job_runs_until_its_last_day(end_on: date | None, ended_on: date | None, going: bool) -> None:
    assert runs(end_on, ended_on, TODAY) is going


@pytest.mark.parametrize(
    ("over", "warned", "told", "closed"),
    [
        (30, None, False, False),
        (31, None, True, False),
        (300, None, True, False),
        (61, 13, False, False),
        (61, 14, False, True),
        (60, 30, False, False),
    ],
)
def test_what_everybody_forgot_is_told_then_closed(over: int, warned: int | None, told: bool, closed: bool) -> None:
    ends_on, warned_on = TODAY - over * DAY, None if warned is None else TODAY - warned * DAY
    assert warned_today(ends_on, warned_on, TODAY) is told
    assert closed_today(ends_on, warned_on, TODAY) is closed
