"""What a report may say, until when it is corrected, and when somebody tries again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.follow_up.rules import calendar
from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import VisitKind
from app.follow_up.rules.reports import (
    OUTCOMES,
    REPORTED,
    Answers,
    Report,
    ReportRefusal,
    Steps,
    again_refusals,
    day_refusals,
    may_correct,
    proposed_again,
)
from app.follow_up.rules.states import VISIT, VisitAction, VisitState

START, TODAY = date(2026, 9, 1), date(2026, 11, 5)
STEPS = Steps({VisitKind.MONTH_1: date(2026, 10, 1), VisitKind.MONTH_5: date(2027, 2, 1)}, START, date(2027, 2, 28))


@pytest.mark.parametrize(
    ("on", "reasons"),
    [
        (TODAY, ()),
        (START, ()),
        (TODAY + timedelta(days=1), (ReportRefusal.FUTURE,)),
        (START - timedelta(days=1), (ReportRefusal.BEFORE_START,)),
    ],
)
def test_a_meeting_is_neither_of_tomorrow_nor_before_the_first_day_of_work(
    on: date, reasons: tuple[ReportRefusal, ...]
) -> None:
    assert day_refusals(on, START, TODAY) == reasons


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 11, 4), CalendarRefusal.PAST),
        (date(2026, 11, 7), CalendarRefusal.NOT_A_WORKING_DAY),  # a Saturday
        (date(2026, 11, 11), CalendarRefusal.NOT_A_WORKING_DAY),  # the armistice
        (date(2027, 3, 1), CalendarRefusal.OUTSIDE_SIX_MONTHS),
        (date(2027, 2, 2), CalendarRefusal.OUT_OF_ORDER),  # after the decision of the fifth month
    ],
)
def test_a_new_try_obeys_the_rules_of_the_calendar(on: date, reason: CalendarRefusal) -> None:
    assert reason in again_refusals(VisitKind.MONTH_3, on, STEPS, TODAY)


def test_no_new_try_is_refused_by_nothing() -> None:
    assert again_refusals(VisitKind.MONTH_3, None, STEPS, TODAY) == ()


def test_the_next_working_day_is_proposed_over_a_weekend_and_a_holiday() -> None:
    assert proposed_again(VisitKind.MONTH_3, STEPS, date(2026, 11, 6)) == date(2026, 11, 9)
    assert proposed_again(VisitKind.MONTH_3, STEPS, date(2026, 11, 10)) == date(2026, 11, 12)


def test_nothing_is_proposed_once_the_six_months_are_over() -> None:
    assert proposed_again(VisitKind.CLOSING, Steps({}, START, TODAY), TODAY) is None


@given(st.dates(date(2026, 9, 2), date(2027, 3, 31)))
def test_what_is_proposed_is_never_refused(today: date) -> None:
    steps = Steps({}, START, calendar.six_months_end(START))
    proposed = proposed_again(VisitKind.EXTRA, steps, today)
    assert proposed is None or again_refusals(VisitKind.EXTRA, proposed, steps, today) == ()


def test_only_its_author_corrects_a_report_and_for_seven_days() -> None:
    author = uuid4()
    assert may_correct(author, TODAY, author, TODAY)
    assert may_correct(author, TODAY, author, TODAY + timedelta(days=7))
    assert not may_correct(author, TODAY, author, TODAY + timedelta(days=8))
    assert not may_correct(author, TODAY, uuid4(), TODAY)
    assert not may_correct(None, TODAY, None, TODAY)
    assert not may_correct(author, None, author, TODAY)


@pytest.mark.parametrize("action", sorted(OUTCOMES))
def test_each_outcome_is_the_state_that_the_table_leads_to(action: VisitAction) -> None:
    targets = {row.target for row in VISIT if row.action is action}
    assert targets == {OUTCOMES[action]}
    assert VisitState.PLANNED not in REPORTED
    assert Report(action, TODAY).held is (action is VisitAction.HOLD)


@pytest.mark.parametrize(
    ("answers", "something"),
    [
        (Answers(), False),
        (Answers(words="Bien"), True),
        (Answers(absences=False), True),
        (Answers(see_again=True), True),
    ],
)
def test_a_no_is_an_answer_and_silence_is_none(answers: Answers, something: bool) -> None:
    assert bool(answers) is something
