"""Which jobs open a follow-up, and what a change of job may be."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from app.follow_up.rules.opening import (
    JobTerms,
    OpeningRefusal,
    change_refusals,
    correction_refusals,
    day_number,
    goes_on,
    job_refusals,
    opening_refusals,
)
from app.follow_up.rules.states import FollowUpState
from app.offers.rules import EmploymentKind

TODAY = date(2026, 11, 5)
TERMS = JobTerms(
    title="Maçon",
    employment_kind=EmploymentKind.CDD,
    start_on=date(2026, 11, 2),
    hours_week=Decimal(35),
    end_on=date(2027, 5, 1),
    employer_name="Sud-Essonne TP",
)


def test_a_job_said_whole_has_nothing_against_it() -> None:
    assert opening_refusals(TERMS, TODAY) == ()


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = replace(
        TERMS,
        title=" ",
        employer_name="",
        end_on=date(2026, 1, 1),
        hours_week=Decimal(0),
        trial_ends_on=date(2026, 1, 1),
    )
    assert set(job_refusals(wrong)) == {
        OpeningRefusal.NO_TITLE,
        OpeningRefusal.NO_EMPLOYER,
        OpeningRefusal.END_BEFORE_START,
        OpeningRefusal.HOURS,
        OpeningRefusal.TRIAL_OUTSIDE,
    }


def test_a_firm_of_the_portal_needs_no_name_beside_it() -> None:
    assert job_refusals(replace(TERMS, employer_name="", organisation_id=uuid4())) == ()


def test_an_open_ended_job_has_no_last_day() -> None:
    cdi = replace(TERMS, employment_kind=EmploymentKind.CDI)
    assert job_refusals(cdi) == (OpeningRefusal.CDI_WITH_END,)
    assert job_refusals(replace(cdi, end_on=None)) == ()


@pytest.mark.parametrize(
    ("hours", "right"), [("0.01", True), ("48", True), ("48.01", False), ("0", False), ("-1", False)]
)
def test_a_week_holds_more_than_nothing_and_48_hours_at_most(hours: str, right: bool) -> None:
    assert (job_refusals(replace(TERMS, hours_week=Decimal(hours))) == ()) is right


@pytest.mark.parametrize(("days", "right"), [(90, True), (91, False)])
def test_a_job_found_elsewhere_begins_within_90_days(days: int, right: bool) -> None:
    later = replace(TERMS, start_on=TODAY + timedelta(days=days), end_on=None)
    assert (opening_refusals(later, TODAY) == ()) is right


@pytest.mark.parametrize(
    ("start", "right"),
    [
        (date(2026, 5, 6), True),  # its last day inside is today
        (date(2026, 5, 5), False),
        (date(2024, 11, 5), False),
    ],
)
def test_six_months_that_are_over_open_nothing(start: date, right: bool) -> None:
    old = replace(TERMS, start_on=start, end_on=None)
    found = opening_refusals(old, TODAY)
    assert (found == ()) is right
    assert right or found == (OpeningRefusal.SIX_MONTHS_OVER,)


def test_one_more_job_comes_after_the_last_one_in_an_open_follow_up() -> None:
    last = date(2026, 11, 1)
    assert change_refusals(TERMS, FollowUpState.ACTIVE, last, TODAY) == ()
    assert change_refusals(TERMS, FollowUpState.BROKEN, last, TODAY) == ()
    assert change_refusals(TERMS, FollowUpState.CLOSED, last, TODAY) == (OpeningRefusal.NOT_OPEN,)
    assert change_refusals(TERMS, FollowUpState.ACTIVE, TERMS.start_on, TODAY) == (OpeningRefusal.NOT_AFTER_LAST,)


def test_a_correction_stays_between_the_jobs_around() -> None:
    start = TERMS.start_on
    day = timedelta(days=1)
    open_ = FollowUpState.ACTIVE
    assert correction_refusals(TERMS, open_, after=start - day, before=start + day) == ()
    assert correction_refusals(TERMS, open_, after=start, before=None) == (OpeningRefusal.NOT_AFTER_LAST,)
    assert correction_refusals(TERMS, open_, after=None, before=start) == (OpeningRefusal.NOT_BEFORE_NEXT,)


@pytest.mark.parametrize(
    ("state", "gap", "expected"),
    [
        (FollowUpState.ACTIVE, 30, True),
        (FollowUpState.ACTIVE, 31, False),
        (FollowUpState.ACTIVE, None, False),
        (FollowUpState.ACTIVE, -5, False),
        (FollowUpState.BROKEN, 200, True),
        (FollowUpState.CLOSED, 30, True),
        (FollowUpState.CLOSED, 31, False),
        (FollowUpState.STOPPED, 1, False),
    ],
)
def test_a_new_job_goes_on_from_a_search_or_within_30_days(
    state: FollowUpState, gap: int | None, expected: bool
) -> None:
    start = date(2026, 11, 5)
    ended = None if gap is None else start - timedelta(days=gap)
    assert goes_on(state, ended, start) is expected


def test_the_first_day_of_work_is_the_first_day() -> None:
    assert day_number(date(2026, 9, 1), date(2026, 9, 1)) == 1
    assert day_number(date(2026, 9, 1), date(2026, 11, 5)) == 66
    assert day_number(date(2026, 11, 6), date(2026, 11, 5)) == 0
