"""May a visit be moved, added, tried again?"""

from datetime import date, time

import pytest

from app.follow_up.rules.calendar import CalendarRefusal
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.moving import (
    Meeting,
    MoveRefusal,
    adding_refusals,
    agreed_by_hand,
    missing_steps,
    moving_refusals,
)
from app.follow_up.rules.reports import Steps
from app.follow_up.rules.states import VisitState

TODAY = date(2026, 11, 5)
OTHERS = {
    VisitKind.FIRST_CALL: date(2026, 9, 8),
    VisitKind.MONTH_1: date(2026, 10, 1),
    VisitKind.MONTH_5: date(2027, 2, 1),
    VisitKind.CLOSING: date(2027, 2, 26),
}
STEPS = Steps(OTHERS, date(2026, 9, 1), date(2027, 2, 28))
NOW = Meeting(date(2026, 11, 23))


def refused(to: Meeting, *, reason: str = "le tuteur est en congé", agreed: bool = True) -> set[object]:
    return set(moving_refusals(VisitKind.MONTH_3, NOW, to, STEPS, reason=reason, agreed=agreed, today=TODAY))


def test_another_working_day_between_its_neighbours_is_accepted() -> None:
    assert refused(Meeting(date(2026, 11, 24), time(14))) == set()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 22), CalendarRefusal.NOT_A_WORKING_DAY),
        (date(2026, 11, 11), CalendarRefusal.NOT_A_WORKING_DAY),
        (date(2026, 11, 4), CalendarRefusal.PAST),
        (date(2027, 2, 2), CalendarRefusal.OUT_OF_ORDER),
        (date(2027, 2, 1), CalendarRefusal.OUT_OF_ORDER),
    ],
)
def test_a_day_that_cannot_be_says_why(day: date, reason: CalendarRefusal) -> None:
    assert reason in refused(Meeting(day))


def test_another_day_needs_a_reason_and_somebody_who_agreed() -> None:
    assert refused(Meeting(date(2026, 11, 24)), reason=" ", agreed=False) == {
        CalendarRefusal.NO_REASON,
        MoveRefusal.NO_AGREEMENT,
    }


def test_an_hour_for_the_same_day_needs_neither_reason_nor_agreement() -> None:
    assert refused(Meeting(NOW.on, time(14)), reason="", agreed=False) == set()


@pytest.mark.parametrize(("hour", "right"), [(time(5, 59), False), (time(6), True), (time(21), True), (time(3), False)])
def test_an_hour_of_the_night_is_a_slip(hour: time, right: bool) -> None:
    assert (MoveRefusal.HOUR not in refused(Meeting(NOW.on, hour))) is right


def test_a_late_visit_gets_an_hour_only_with_another_day() -> None:
    late = Meeting(date(2026, 11, 2))
    reasons = moving_refusals(
        VisitKind.MONTH_3, late, Meeting(late.on, time(10)), STEPS, reason="", agreed=False, today=TODAY
    )
    assert set(reasons) == {CalendarRefusal.PAST}


def test_an_extra_visit_may_come_after_the_six_months_but_not_years_after() -> None:
    assert adding_refusals(VisitKind.EXTRA, Meeting(date(2027, 3, 8)), STEPS, TODAY) == ()
    assert adding_refusals(VisitKind.EXTRA, Meeting(date(2027, 11, 8)), STEPS, TODAY) == (MoveRefusal.TOO_FAR,)


def test_a_step_tried_again_stays_inside_the_six_months() -> None:
    reasons = adding_refusals(VisitKind.CLOSING, Meeting(date(2027, 3, 1)), STEPS, TODAY)
    assert reasons == (CalendarRefusal.OUTSIDE_SIX_MONTHS,)


def test_only_another_day_or_an_agreed_hour_keeps_a_visit_from_being_computed_again() -> None:
    assert agreed_by_hand(NOW, Meeting(date(2026, 11, 24)))
    assert agreed_by_hand(NOW, Meeting(NOW.on, time(14)))
    assert not agreed_by_hand(NOW, Meeting(NOW.on, place="Atelier", mode=MeetingMode.VIDEO))


def test_a_step_may_be_tried_again_once_every_try_was_missed() -> None:
    missed, held, planned = VisitState.ABSENT, VisitState.HELD, VisitState.PLANNED
    states = {
        VisitKind.MONTH_1: frozenset({missed, held}),
        VisitKind.MONTH_3: frozenset({missed, VisitState.CANCELLED}),
        VisitKind.MONTH_5: frozenset({missed, planned}),
        VisitKind.EXTRA: frozenset({missed}),
    }
    assert missing_steps(states) == (VisitKind.MONTH_3,)
