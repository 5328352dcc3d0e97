"""Are the five steps on the days of fiche 4-2, and is a step moved only to a day that may hold it?"""

from datetime import date, timedelta

import pytest

from app.follow_up.rules.calendar import (
    CalendarRefusal,
    is_working_day,
    last_working_day_in,
    move_refusals,
    next_working_day,
    plan,
    six_months_end,
    trial_end_by_law,
)
from app.follow_up.rules.kinds import VisitKind

STEPS = (VisitKind.FIRST_CALL, VisitKind.MONTH_1, VisitKind.MONTH_3, VisitKind.MONTH_5, VisitKind.CLOSING)
SEPTEMBER = date(2026, 9, 1)
TRIAL = date(2026, 11, 30)


def day(text: str) -> date:
    """« 15/01/2026 »."""
    number, month, year = (int(part) for part in text.split("/"))
    return date(year, month, number)


@pytest.mark.parametrize(
    ("start", "trial", "steps"),
    [
        ("15/01/2026", None, "22/01/2026 16/02/2026 15/04/2026 15/06/2026 13/07/2026"),
        ("01/09/2026", "30/11/2026", "08/09/2026 01/10/2026 23/11/2026 01/02/2027 26/02/2027"),
        ("01/09/2026", None, "08/09/2026 01/10/2026 01/12/2026 01/02/2027 26/02/2027"),
        ("31/08/2026", None, "07/09/2026 30/09/2026 30/11/2026 01/02/2027 26/02/2027"),
        ("31/03/2026", None, "07/04/2026 30/04/2026 30/06/2026 31/08/2026 29/09/2026"),
        ("29/02/2028", None, "07/03/2028 29/03/2028 29/05/2028 31/07/2028 28/08/2028"),
        ("31/08/2027", None, "07/09/2027 30/09/2027 30/11/2027 31/01/2028 28/02/2028"),
    ],
)
def test_the_steps_of_a_hire(start: str, trial: str | None, steps: str) -> None:
    days = plan(day(start), day(trial) if trial else None)

    assert tuple(days) == STEPS
    assert list(days.values()) == [day(text) for text in steps.split()]


@pytest.mark.parametrize(
    ("trial", "month_1", "month_3"),
    [
        ("31/12/2026", "01/10/2026", "01/12/2026"),
        ("10/12/2026", "01/10/2026", "01/12/2026"),
        ("09/12/2026", "01/10/2026", "01/12/2026"),
        ("08/12/2026", "01/10/2026", "30/11/2026"),
        ("10/10/2026", "01/10/2026", "02/10/2026"),
        ("09/10/2026", "01/10/2026", "01/12/2026"),
        ("08/10/2026", "30/09/2026", "01/12/2026"),
        ("30/09/2026", "22/09/2026", "01/12/2026"),
        ("18/09/2026", "10/09/2026", "01/12/2026"),
        ("17/09/2026", "09/09/2026", "01/12/2026"),
        ("16/09/2026", "09/09/2026", "01/12/2026"),
        ("14/09/2026", "09/09/2026", "01/12/2026"),
        ("02/09/2026", "09/09/2026", "01/12/2026"),
    ],
)
def test_a_trial_brings_forward_the_second_visit_or_else_the_first(trial: str, month_1: str, month_3: str) -> None:
    days = plan(SEPTEMBER, day(trial))

    assert (days[VisitKind.MONTH_1], days[VisitKind.MONTH_3]) == (day(month_1), day(month_3))
    assert days[VisitKind.FIRST_CALL] == day("08/09/2026")


@pytest.mark.parametrize(
    ("start", "last_day"),
    [
        ("15/01/2026", "14/07/2026"),
        ("01/09/2026", "28/02/2027"),
        ("31/08/2026", "27/02/2027"),
        ("30/08/2026", "27/02/2027"),
        ("28/08/2026", "27/02/2027"),
        ("29/08/2026", "27/02/2027"),
        ("31/08/2027", "28/02/2028"),
        ("30/08/2027", "28/02/2028"),
        ("29/08/2027", "28/02/2028"),
        ("28/08/2027", "27/02/2028"),
        ("29/02/2028", "28/08/2028"),
        ("01/01/2026", "30/06/2026"),
        ("31/12/2026", "29/06/2027"),
    ],
)
def test_the_six_months_end_on_the_eve_of_the_same_day_clamped(start: str, last_day: str) -> None:
    assert six_months_end(day(start)) == day(last_day)


@pytest.mark.parametrize(
    "holiday",
    [
        "01/01/2026", "06/04/2026", "01/05/2026", "08/05/2026", "14/05/2026", "25/05/2026", "14/07/2026", "15/08/2026",
        "01/11/2026", "11/11/2026", "25/12/2026",
    ],
)  # fmt: skip
def test_nobody_visits_on_a_legal_holiday(holiday: str) -> None:
    assert not is_working_day(day(holiday))


def test_a_holiday_of_alsace_is_a_working_day_here() -> None:
    assert is_working_day(day("03/04/2026"))  # Good Friday


@pytest.mark.parametrize(
    ("asked", "after", "before"),
    [
        ("30/04/2026", "30/04/2026", "30/04/2026"),
        ("01/05/2026", "04/05/2026", "30/04/2026"),
        ("03/05/2026", "04/05/2026", "30/04/2026"),
        ("25/12/2026", "28/12/2026", "24/12/2026"),
        ("01/01/2027", "04/01/2027", "31/12/2026"),
        ("14/07/2026", "15/07/2026", "13/07/2026"),
    ],
)
def test_the_nearest_working_days(asked: str, after: str, before: str) -> None:
    assert (next_working_day(day(asked)), last_working_day_in(day(asked))) == (day(after), day(before))


@pytest.mark.parametrize(
    ("open_ended", "end", "trial_end"),
    [
        (True, None, "31/10/2026"),
        (True, "31/12/2026", "31/10/2026"),
        (False, None, "30/09/2026"),
        (False, "28/02/2027", "14/09/2026"),
        (False, "01/03/2027", "30/09/2026"),
        (False, "30/04/2027", "30/09/2026"),
        (False, "07/09/2026", "01/09/2026"),
        (False, "03/09/2026", "01/09/2026"),
        (False, "28/09/2026", "04/09/2026"),
        (False, "06/12/2026", "13/09/2026"),
        (False, "07/12/2026", "14/09/2026"),
    ],
)
def test_the_trial_that_the_law_allows(open_ended: bool, end: str | None, trial_end: str) -> None:
    assert trial_end_by_law(open_ended, SEPTEMBER, day(end) if end else None) == day(trial_end)


def refusals(
    kind: VisitKind, to: str, *, today: str = "05/11/2026", reason: str = "Le tuteur est en congé"
) -> set[str]:
    days = plan(SEPTEMBER, TRIAL)
    others = {one: days[one] for one in STEPS if one is not kind}
    found = move_refusals(
        kind,
        day(to),
        others=others,
        starts_on=SEPTEMBER,
        ends_on=six_months_end(SEPTEMBER),
        today=day(today),
        reason=reason,
    )
    assert len(set(found)) == len(found)
    return {refusal.name for refusal in found}


@pytest.mark.parametrize(
    ("kind", "to", "expected"),
    [
        (VisitKind.MONTH_3, "24/11/2026", set()),
        (VisitKind.MONTH_3, "05/11/2026", set()),
        (VisitKind.MONTH_3, "04/11/2026", {"PAST"}),
        (VisitKind.MONTH_3, "11/11/2026", {"NOT_A_WORKING_DAY"}),
        (VisitKind.MONTH_3, "28/11/2026", {"NOT_A_WORKING_DAY"}),
        (VisitKind.MONTH_3, "29/01/2027", set()),
        (VisitKind.MONTH_3, "01/02/2027", {"OUT_OF_ORDER"}),
        (VisitKind.MONTH_5, "24/11/2026", set()),
        (VisitKind.MONTH_5, "23/11/2026", {"OUT_OF_ORDER"}),
        (VisitKind.MONTH_5, "25/02/2027", set()),
        (VisitKind.MONTH_5, "26/02/2027", {"OUT_OF_ORDER"}),
        (VisitKind.CLOSING, "02/02/2027", set()),
        (VisitKind.CLOSING, "01/02/2027", {"OUT_OF_ORDER"}),
        (VisitKind.CLOSING, "28/02/2027", {"NOT_A_WORKING_DAY"}),
        (VisitKind.CLOSING, "01/03/2027", {"OUTSIDE_SIX_MONTHS"}),
        (VisitKind.EXTRA, "01/03/2027", set()),
        (VisitKind.EXTRA, "23/11/2026", set()),
    ],
)
def test_a_step_moves_to_a_working_day_to_come_in_its_order(kind: VisitKind, to: str, expected: set[str]) -> None:
    assert refusals(kind, to) == expected


def test_a_closing_moves_to_the_last_day_of_the_six_months_but_not_after() -> None:
    start = date(2026, 9, 2)  # the last day inside is Monday 1 March 2027
    ends_on = six_months_end(start)
    days = plan(start)
    others = {kind: days[kind] for kind in STEPS[:-1]}

    def told(to: date) -> tuple[CalendarRefusal, ...]:
        return move_refusals(
            VisitKind.CLOSING, to, others=others, starts_on=start, ends_on=ends_on, today=start, reason="Congés"
        )

    assert told(ends_on) == ()
    assert told(ends_on + timedelta(days=1)) == (CalendarRefusal.OUTSIDE_SIX_MONTHS,)


def test_nothing_moves_before_the_first_day_of_work() -> None:
    assert refusals(VisitKind.FIRST_CALL, "31/08/2026", today="24/08/2026") == {"OUTSIDE_SIX_MONTHS"}


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_move_says_why(reason: str) -> None:
    assert refusals(VisitKind.MONTH_3, "24/11/2026", reason=reason) == {"NO_REASON"}


def test_all_the_reasons_are_given_at_once() -> None:
    assert refusals(VisitKind.MONTH_3, "06/09/2026", reason="") == {
        "NOT_A_WORKING_DAY",
        "PAST",
        "OUT_OF_ORDER",
        "NO_REASON",
    }
