"""When results are counted, and each hire once."""

from datetime import date
from uuid import UUID

import pytest

from app.events.rules.kinds import ReviewMonth
from app.events.rules.reviews import Came, Counted, Source, Trace, counted, months_due, review_day

ANA, BEN = UUID(int=1), UUID(int=2)
FIRST, SECOND = UUID(int=11), UUID(int=12)


@pytest.mark.parametrize(
    ("last_day", "month", "day"),
    [
        (date(2026, 8, 5), ReviewMonth.MONTH_3, date(2026, 11, 5)),
        (date(2026, 11, 30), ReviewMonth.MONTH_3, date(2027, 2, 28)),
        (date(2026, 8, 31), ReviewMonth.MONTH_6, date(2027, 2, 28)),
        (date(2027, 8, 31), ReviewMonth.MONTH_6, date(2028, 2, 29)),
    ],
)
def test_civil_months_are_clamped(last_day: date, month: ReviewMonth, day: date) -> None:
    assert review_day(last_day, month) == day


def test_a_review_is_due_on_its_day_and_not_the_eve() -> None:
    assert months_due(date(2026, 8, 6), date(2026, 11, 5)) == ()
    assert months_due(date(2026, 8, 5), date(2026, 11, 5)) == (ReviewMonth.MONTH_3,)
    assert months_due(date(2026, 5, 5), date(2026, 11, 5)) == (ReviewMonth.MONTH_3, ReviewMonth.MONTH_6)


def hire(source: Source, person: UUID | None = None, meeting: UUID | None = None, count: int = 1) -> Trace:
    """A trace of a hire."""
    return Trace(Came.HIRE, source, person, meeting, count)


@pytest.mark.parametrize(
    ("traces", "hires"),
    [
        ([], 0),
        ([hire(Source.APPLICATION, ANA), hire(Source.FOLLOW_UP, ANA)], 1),
        ([hire(Source.APPLICATION, ANA), hire(Source.FOLLOW_UP, BEN)], 2),
        ([hire(Source.APPLICATION, ANA), hire(Source.TASK, ANA, FIRST)], 1),
        ([hire(Source.TASK, ANA, FIRST), hire(Source.APPLICATION, ANA)], 1),
        ([hire(Source.APPLICATION, ANA), hire(Source.TASK, ANA, FIRST, 3)], 3),
        ([hire(Source.TASK, None, FIRST, 2)], 2),
        ([hire(Source.TASK, None, FIRST, 2), hire(Source.TASK, None, FIRST, 2)], 2),
        ([hire(Source.TASK, None, FIRST, 2), hire(Source.TASK, None, SECOND, 2)], 4),
        ([hire(Source.TASK), hire(Source.TASK)], 2),
        ([hire(Source.TASK, ANA, FIRST), hire(Source.TASK, ANA, SECOND)], 1),
    ],
)
def test_each_hire_counts_once(traces: list[Trace], hires: int) -> None:
    assert counted(traces) == Counted(hires=hires)


def test_stages_and_hires_of_one_person_are_two_things() -> None:
    stage = Trace(Came.PLACEMENT, Source.PLACEMENT, ANA)
    assert counted([stage, hire(Source.APPLICATION, ANA)]) == Counted(hires=1, placements=1)


def test_a_partnership_counts_once_a_meeting() -> None:
    one = Trace(Came.PARTNERSHIP, Source.TASK, None, FIRST, 0)
    alone = Trace(Came.PARTNERSHIP, Source.TASK, None, None, 0)
    assert counted([one, one, alone, alone]) == Counted(partnerships=3)
