"""Who stops what, and until which day? A person does not say that they never came."""

from datetime import date

import pytest

from app.core.roles import SYSTEM, Role
from app.placements.rules.kinds import Half, Presence, StopReason
from app.placements.rules.presence import PresenceRefusal, SaidHalf
from app.placements.rules.stopping import (
    STOP_FIELDS,
    Stop,
    StopRefusal,
    last_day_of,
    refusals_to_stop,
    stop_reasons_for,
)

FIRST, LAST, TODAY = date(2026, 11, 2), date(2026, 11, 13), date(2026, 11, 5)


def reasons(stop: Stop, *days: int, role: Role = Role.EMPLOYER) -> set[str]:
    said = [SaidHalf(date(2026, 11, day), Half.AM, Presence.PRESENT) for day in days]
    return set(refusals_to_stop(stop, said, role, FIRST, LAST, TODAY))


@pytest.mark.parametrize("day", [2, 4, 5])
def test_it_stops_on_any_day_that_has_come(day: int) -> None:
    assert reasons(Stop(date(2026, 11, day), StopReason.HOST), day) == set()


def test_somebody_who_was_there_has_not_stopped_before() -> None:
    assert reasons(Stop(date(2026, 11, 3), StopReason.HOST), 3) == set()
    assert reasons(Stop(date(2026, 11, 3), StopReason.HOST), 4) == {StopRefusal.CAME_AFTER}


def test_who_never_came_has_the_first_day_as_last_whatever_is_typed() -> None:
    never = Stop(date(2030, 1, 1), StopReason.NEVER_CAME)
    assert last_day_of(never, FIRST) == FIRST
    assert reasons(never) == set()
    assert reasons(never, 2) == {StopRefusal.DID_COME}


def test_the_portal_is_asked_no_reason_and_a_person_has_four() -> None:
    assert reasons(Stop(TODAY, StopReason.HOST), role=SYSTEM.role) == set()
    assert reasons(Stop(TODAY, StopReason.HOST), role=Role.CANDIDATE) == {StopRefusal.NOT_THEIR_REASON}
    assert StopReason.NEVER_CAME not in stop_reasons_for(Role.CANDIDATE)
    assert set(stop_reasons_for(Role.EMPLOYER)) == set(StopReason)


def test_each_reason_has_a_field() -> None:
    assert set(STOP_FIELDS) == {PresenceRefusal.STOP_OUTSIDE, PresenceRefusal.STOP_IN_FUTURE, *StopRefusal}
