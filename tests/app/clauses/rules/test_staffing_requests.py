"""When a need for people is asked, kept, covered or over; how urgent; which answers are taken."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.clauses.rules.staffing import InPost, Need, need_of
from app.clauses.rules.staffing_requests import (
    HORIZON_WEEKS,
    StaffingRefusal,
    StaffingStep,
    Urgency,
    answer_refusals,
    step_of,
    urgency,
)
from app.organisations.rules import OrganisationKind

TODAY = date(2026, 11, 5)


def _need(start_before: date | None, posts: int = 1, missing: int = 150) -> Need:
    return Need(Decimal(150), Decimal(10), Decimal(missing), Decimal(15), posts, start_before)


def test_a_need_is_asked_when_its_last_start_is_twelve_weeks_away_and_not_a_day_before() -> None:
    last = TODAY + timedelta(weeks=HORIZON_WEEKS)
    assert step_of(_need(last), is_open=False, today=TODAY) is StaffingStep.OPEN
    assert step_of(_need(last + timedelta(days=1)), is_open=False, today=TODAY) is StaffingStep.NOTHING


def test_once_asked_it_is_kept_up_to_date_even_beyond_the_horizon() -> None:
    far = TODAY + timedelta(weeks=40)
    assert step_of(_need(far), is_open=True, today=TODAY) is StaffingStep.UPDATE


def test_people_in_post_who_do_it_cover_it_and_open_nothing() -> None:
    need = need_of(Decimal(150), today=TODAY, ends_on=date(2027, 1, 15), people=[InPost(Decimal(35))])
    assert step_of(need, is_open=True, today=TODAY) is StaffingStep.COVER
    assert step_of(need, is_open=False, today=TODAY) is StaffingStep.NOTHING


def test_a_lot_that_is_over_ends_it() -> None:
    assert step_of(None, is_open=True, today=TODAY) is StaffingStep.END
    assert step_of(None, is_open=False, today=TODAY) is StaffingStep.NOTHING


def test_without_a_day_of_work_left_an_open_need_waits_for_the_end() -> None:
    sunday = date(2026, 11, 8)
    need = need_of(Decimal(150), today=sunday, ends_on=sunday)
    assert need.too_late
    assert step_of(need, is_open=True, today=sunday) is StaffingStep.NOTHING


def test_nothing_is_asked_while_it_rests_and_again_from_that_day() -> None:
    need = _need(TODAY + timedelta(days=30))
    rests = TODAY + timedelta(days=1)
    assert step_of(need, is_open=False, today=TODAY, rests_until=rests) is StaffingStep.NOTHING
    assert step_of(need, is_open=False, today=rests, rests_until=rests) is StaffingStep.OPEN


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, Urgency.LATE), (0, Urgency.SOON), (14, Urgency.SOON), (15, Urgency.LATER)]
)
def test_it_is_soon_for_two_weeks_and_late_the_day_after_the_last_start(days: int, expected: Urgency) -> None:
    assert urgency(TODAY + timedelta(days=days), TODAY) is expected


def test_every_reason_against_an_answer_is_said_at_once() -> None:
    found = answer_refusals(
        0, date(2027, 1, 16), today=TODAY, ends_on=date(2027, 1, 15), kind=OrganisationKind.FIRM, holds_the_lot=True
    )
    assert set(found) == {
        StaffingRefusal.NO_POST,
        StaffingRefusal.STARTS_AFTER_WORKS,
        StaffingRefusal.NOT_A_PROVIDER,
        StaffingRefusal.OWN_LOT,
    }


def test_a_day_already_given_may_stay_and_a_new_one_in_the_past_may_not() -> None:
    past = TODAY - timedelta(days=3)
    said = {"today": TODAY, "ends_on": None, "kind": OrganisationKind.ACI, "holds_the_lot": False}
    assert answer_refusals(2, past, **said, said_before=[past]) == []  # type: ignore[arg-type]
    assert answer_refusals(2, past, **said) == [StaffingRefusal.STARTS_BEFORE_TODAY]  # type: ignore[arg-type]
    assert answer_refusals(200, TODAY, **said) == []  # type: ignore[arg-type]
    assert answer_refusals(201, TODAY, **said) == [StaffingRefusal.TOO_MANY_POSTS]  # type: ignore[arg-type]
