"""Who may say what of a stage: origins, reasons, answers, and what a host never reads of another one."""

from datetime import date

import pytest

from app.core.roles import Role
from app.placements.rules.asking import (
    AskRefusal,
    answer_refusals,
    as_read_by,
    cancel_refusals,
    first_dates,
    may_edit,
    origin_of,
    reasons_for,
)
from app.placements.rules.kinds import CancelReason, PlacementOrigin
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import EDITABLE, PlacementState


@pytest.mark.parametrize(
    ("role", "on_portal", "origin"),
    [
        (Role.CANDIDATE, True, PlacementOrigin.DIRECT),
        (Role.CANDIDATE, False, PlacementOrigin.OWN_HOST),
        (Role.REFERENT, True, PlacementOrigin.PROPOSAL),
        (Role.FACILITATOR, False, PlacementOrigin.PROPOSAL),
    ],
)
def test_who_asks_and_whom_says_the_origin(role: Role, on_portal: bool, origin: PlacementOrigin) -> None:
    assert origin_of(role, on_portal=on_portal) is origin


def test_a_host_of_the_portal_answers_itself() -> None:
    assert answer_refusals(Role.REFERENT, on_portal=True) == (AskRefusal.HOST_ANSWERS,)
    assert answer_refusals(Role.REFERENT, on_portal=False) == ()
    assert answer_refusals(Role.EMPLOYER, on_portal=True) == ()


def test_a_host_learns_nothing_of_a_stage_elsewhere() -> None:
    assert as_read_by(Role.EMPLOYER, PlacementRefusal.OVERLAP) is AskRefusal.NOT_FREE
    assert as_read_by(Role.REFERENT, PlacementRefusal.OVERLAP) is PlacementRefusal.OVERLAP
    assert as_read_by(Role.EMPLOYER, PlacementRefusal.TOO_MANY_DAYS) is PlacementRefusal.TOO_MANY_DAYS


@pytest.mark.parametrize(
    ("today", "monday", "friday"),
    [
        (date(2026, 11, 5), date(2026, 11, 23), date(2026, 12, 4)),
        (date(2026, 11, 9), date(2026, 11, 23), date(2026, 12, 4)),
        (date(2026, 11, 10), date(2026, 11, 30), date(2026, 12, 11)),
    ],
)
def test_a_stage_agreed_at_a_meeting_begins_on_a_monday_two_weeks_on(today: date, monday: date, friday: date) -> None:
    assert first_dates(today) == (monday, friday)
    assert (monday.weekday(), friday.weekday()) == (0, 4)


def test_each_gives_their_own_reason_and_a_host_says_why() -> None:
    assert cancel_refusals(Role.CANDIDATE, CancelReason.PERSON, "") == ()
    assert cancel_refusals(Role.CANDIDATE, CancelReason.HOST, "") == (AskRefusal.NOT_THEIR_REASON,)
    assert cancel_refusals(Role.EMPLOYER, CancelReason.HOST, " ") == (AskRefusal.NO_WORDS,)
    assert cancel_refusals(Role.REFERENT, CancelReason.NOT_VALIDATED, "") == ()
    assert CancelReason.REMOVED not in reasons_for(Role.FACILITATOR)


@pytest.mark.parametrize("state", sorted(PlacementState))
def test_a_stage_changes_until_its_convention_is_prepared(state: PlacementState) -> None:
    assert may_edit(Role.REFERENT, state) == may_edit(Role.EMPLOYER, state) == (state in EDITABLE)
    assert may_edit(Role.CANDIDATE, state) == (state is PlacementState.WISHED)
    assert not may_edit(Role.DEPARTMENT, state)
