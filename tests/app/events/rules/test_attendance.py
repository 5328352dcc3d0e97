"""From any state one tap leads where it says; a reminder leaves on its day; an event closes when all is noted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.roles import Role
from app.events.rules.attendance import (
    CLOSES_AFTER,
    CLOSES_ANYWAY_AFTER,
    AttendanceRefusal,
    Moment,
    Presence,
    closes,
    presence_refusals,
    reminder_due,
    sheet_refusals,
    steps_to,
)
from app.events.rules.states import BOOKING, BookingState, EventState

STARTS = datetime(2026, 11, 12, 9, tzinfo=UTC)
DAY = date(2026, 11, 12)
SHEET = (BookingState.BOOKED, BookingState.SEEN, BookingState.EXCUSED, BookingState.ABSENT)


@pytest.mark.parametrize("presence", sorted(Presence))
@pytest.mark.parametrize("state", sorted(SHEET))
def test_the_steps_are_lines_of_the_table_and_lead_there(state: BookingState, presence: Presence) -> None:
    reached = state
    for action in steps_to(presence, state):
        reached = BOOKING.target(action, reached, Role.FACILITATOR)
    wanted = BookingState.BOOKED if presence is Presence.UNDO else BookingState(presence.value)
    assert reached is wanted


@pytest.mark.parametrize(
    ("presence", "now", "refused"),
    [
        (Presence.SEEN, STARTS - timedelta(days=1), (AttendanceRefusal.TOO_EARLY,)),
        (Presence.SEEN, STARTS - timedelta(hours=1), ()),
        (Presence.ABSENT, STARTS - timedelta(hours=1), (AttendanceRefusal.NOT_BEGUN,)),
        (Presence.ABSENT, STARTS, ()),
        (Presence.EXCUSED, STARTS - timedelta(days=9), ()),
        (Presence.UNDO, STARTS - timedelta(days=9), ()),
    ],
)
def test_each_tap_has_its_time(presence: Presence, now: datetime, refused: tuple[AttendanceRefusal, ...]) -> None:
    assert presence_refusals(presence, Moment(STARTS, DAY, now, now.date())) == refused


def test_only_the_sheet_of_a_published_event_takes_something() -> None:
    assert {state: sheet_refusals(state) for state in EventState} == {
        EventState.DRAFT: (AttendanceRefusal.NOT_PUBLISHED,),
        EventState.PUBLISHED: (),
        EventState.CLOSED: (AttendanceRefusal.CLOSED,),
        EventState.CANCELLED: (AttendanceRefusal.CANCELLED,),
    }


@given(st.integers(2, 60), st.integers(0, 90))
def test_a_seat_is_recalled_twice_at_most_whatever_the_setting(days: int, booked_before: int) -> None:
    booked_on = DAY - timedelta(days=booked_before)
    every_day = [booked_on + timedelta(days=n) for n in range(booked_before + 3)]
    steps = {step for today in every_day if (step := reminder_due(DAY, booked_on, today, days)) is not None}
    assert steps <= {days, 1}
    assert (days in steps) == (booked_before >= days)
    assert (1 in steps) == (booked_before >= 1)


def test_nobody_is_recalled_on_the_day_or_after() -> None:
    booked_on = DAY - timedelta(days=30)
    assert reminder_due(DAY, booked_on, DAY, 7) is None
    assert reminder_due(DAY, booked_on, DAY + timedelta(days=1), 7) is None


@pytest.mark.parametrize(("to_note", "wait"), [(0, CLOSES_AFTER), (1, CLOSES_ANYWAY_AFTER)])
def test_an_event_closes_at_its_limit_and_not_before(to_note: int, wait: timedelta) -> None:
    assert closes(STARTS, to_note=to_note, now=STARTS + wait)
    assert not closes(STARTS, to_note=to_note, now=STARTS + wait - timedelta(seconds=1))
