"""Whatever the day of the hire and the trial, do the steps stay on working days, in order, inside the six months?"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.clauses.rules.working_days import holidays
from app.core.quantities import add_months
from app.follow_up.rules.calendar import plan, six_months_end
from app.follow_up.rules.kinds import VisitKind

DAY = timedelta(days=1)
# The legal holidays as the clauses count them: another source than the library that the calendar uses.
FREE = frozenset().union(*(holidays(year) for year in range(2026, 2030)))
TRIALS = ("1 month", "2 months", "2 weeks", "3 months", "none")
CASES = [(year, trial) for year in (2026, 2028) for trial in TRIALS]


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in FREE


def first_from(day: date) -> date:
    return next(day + DAY * rank for rank in range(10) if works(day + DAY * rank))


def starts(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += DAY


def trial_end(start: date, trial: str) -> date | None:
    """The last day of a trial that begins with the job."""
    if trial == "none":
        return None
    number, unit = trial.split()
    return start + 13 * DAY if unit == "weeks" else add_months(start, int(number)) - DAY


Plans = list[tuple[date, date | None, dict[VisitKind, date]]]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}, trial {case[1]}")
def plans(request: pytest.FixtureRequest) -> Plans:
    """Every hire of the year: its start, the end of its trial, its steps."""
    year, trial = request.param
    found = [(start, end := trial_end(start, trial), dict(plan(start, end))) for start in starts(year)]
    assert len(found) in (365, 366)
    return found


def test_no_step_is_on_a_weekend_or_a_holiday(plans: Plans) -> None:
    assert not [(start, day) for start, _, steps in plans for day in steps.values() if not works(day)]


def test_the_order_is_strict(plans: Plans) -> None:
    order = [VisitKind.FIRST_CALL, VisitKind.MONTH_1, VisitKind.MONTH_3, VisitKind.MONTH_5, VisitKind.CLOSING]
    for start, _, steps in plans:
        days = [start, *(steps[kind] for kind in order)]
        assert all(before < after for before, after in pairwise(days)), days


def test_the_closing_is_the_last_working_day_inside_the_six_months(plans: Plans) -> None:
    for start, _, steps in plans:
        ends_on, closing = six_months_end(start), steps[VisitKind.CLOSING]
        assert closing <= ends_on < add_months(start, 6)
        assert not [
            closing + DAY * rank for rank in range(1, (ends_on - closing).days + 1) if works(closing + DAY * rank)
        ]


def test_the_call_and_the_decision_are_the_first_working_day_from_theirs(plans: Plans) -> None:
    for start, _, steps in plans:
        assert steps[VisitKind.FIRST_CALL] == first_from(start + 7 * DAY)
        assert steps[VisitKind.MONTH_5] == first_from(add_months(start, 5))


def test_the_visits_are_never_after_their_month(plans: Plans) -> None:
    for start, end, steps in plans:
        month_1, month_3 = first_from(add_months(start, 1)), first_from(add_months(start, 3))
        if end is None:
            assert (steps[VisitKind.MONTH_1], steps[VisitKind.MONTH_3]) == (month_1, month_3)
        moved = (steps[VisitKind.MONTH_1] != month_1, steps[VisitKind.MONTH_3] != month_3)
        assert steps[VisitKind.MONTH_1] <= month_1
        assert steps[VisitKind.MONTH_3] <= month_3
        assert moved != (True, True), "a trial brings forward one visit, not both"


def test_a_trial_of_a_month_or_more_sees_a_visit_before_it_ends(plans: Plans) -> None:
    for start, end, steps in plans:
        if end is None or end < start + 20 * DAY:
            continue
        about = [steps[VisitKind.MONTH_1], steps[VisitKind.MONTH_3]]
        assert any(day == first_from(end - 8 * DAY) for day in about), (start, end, about)
        assert min(about) <= end
