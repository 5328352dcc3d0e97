"""Where do the free steps go when the start or the trial changes?"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.rules.calendar import ORDER, is_working_day, plan, six_months_end
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.replanning import Step, replanned

START = date(2026, 9, 1)


def as_planned(start: date, trial: date | None = None) -> dict[VisitKind, Step]:
    return {kind: Step(day, day) for kind, day in plan(start, trial).items()}


def test_the_same_dates_change_nothing_even_late() -> None:
    steps = as_planned(START)
    assert replanned(START, None, steps, opened_on=START, today=date(2026, 12, 24)) == {}


def test_a_trial_that_ends_earlier_brings_the_third_month_forward() -> None:
    changed = replanned(START, date(2026, 11, 30), as_planned(START), opened_on=START, today=date(2026, 10, 5))
    assert changed == {VisitKind.MONTH_3: Step(date(2026, 11, 23), date(2026, 11, 23))}


def test_a_step_never_lands_in_the_past() -> None:
    """The trial ends on 10 November: 8 days before is Monday 2 November, and today is the 5th."""
    changed = replanned(START, date(2026, 11, 10), as_planned(START), opened_on=START, today=date(2026, 11, 5))
    assert changed == {VisitKind.MONTH_3: Step(date(2026, 11, 2), date(2026, 11, 5))}


def test_what_was_moved_by_hand_stays_and_the_others_keep_their_order() -> None:
    steps = as_planned(START) | {VisitKind.MONTH_1: Step(date(2026, 10, 1), date(2026, 11, 25), free=False)}
    changed = replanned(START, date(2026, 11, 30), steps, opened_on=START, today=date(2026, 10, 5))
    assert changed == {VisitKind.MONTH_3: Step(date(2026, 11, 23), date(2026, 11, 26))}


def test_a_start_corrected_to_a_later_day_plans_what_had_been_skipped() -> None:
    opened = date(2026, 11, 5)
    steps = as_planned(START)
    for kind in (VisitKind.FIRST_CALL, VisitKind.MONTH_1):
        steps[kind] = Step(steps[kind].due_on, steps[kind].due_on, skipped=True)
    changed = replanned(date(2026, 11, 2), None, steps, opened_on=opened, today=opened)
    assert changed[VisitKind.FIRST_CALL] == Step(date(2026, 11, 9), date(2026, 11, 9))
    assert changed[VisitKind.MONTH_1] == Step(date(2026, 12, 2), date(2026, 12, 2))


def test_a_start_corrected_to_an_earlier_day_skips_what_was_due_before_the_opening() -> None:
    opened = date(2026, 11, 5)
    changed = replanned(START, None, as_planned(date(2026, 11, 2)), opened_on=opened, today=opened)
    assert {kind for kind, step in changed.items() if step.skipped} == {VisitKind.FIRST_CALL, VisitKind.MONTH_1}


@given(
    start=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    shift=st.integers(-40, 40),
    trial=st.one_of(st.none(), st.integers(7, 120)),
    elapsed=st.integers(0, 150),
)
def test_the_steps_that_stay_free_are_working_days_in_order_inside_the_six_months(
    start: date, shift: int, trial: int | None, elapsed: int
) -> None:
    today, new_start = start + timedelta(days=elapsed), start + timedelta(days=shift)
    ends = new_start + timedelta(days=trial) if trial else None
    steps = as_planned(start)
    steps |= replanned(new_start, ends, steps, opened_on=start, today=today)
    standing = [steps[kind] for kind in ORDER if not steps[kind].skipped]
    days = [step.planned_on for step in standing]
    assert all(is_working_day(day) for day in days)
    assert days[-1] <= six_months_end(new_start)
    in_time = [step.planned_on for step in standing if step.due_on >= today]
    assert in_time == sorted(set(in_time))


@given(start=st.dates(date(2024, 1, 1), date(2028, 12, 31)), trial=st.integers(7, 120), elapsed=st.integers(0, 150))
def test_computing_twice_is_computing_once(start: date, trial: int, elapsed: int) -> None:
    today, ends = start + timedelta(days=elapsed), start + timedelta(days=trial)
    steps = as_planned(start)
    steps |= replanned(start, ends, steps, opened_on=start, today=today)
    assert replanned(start, ends, steps, opened_on=start, today=today + timedelta(days=3)) == {}
