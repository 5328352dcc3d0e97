"""Who stands at the door is let in, on the day."""

from datetime import date

import pytest

from app.core.roles import Role
from app.events.rules.arrivals import WAYS_IN, DayRefusal, arrival_refusals
from app.events.rules.states import BOOKING, BookingState, EventState

DAY = date(2026, 11, 12)


@pytest.mark.parametrize("state", sorted(BookingState))
def test_every_state_leads_to_a_noted_arrival(state: BookingState):
    for action in WAYS_IN[state]:
        state = BOOKING.target(action, state, Role.FACILITATOR)
    assert state is BookingState.SEEN


@pytest.mark.parametrize(
    ("event", "today", "reasons"),
    [
        (EventState.PUBLISHED, DAY, ()),
        (EventState.PUBLISHED, date(2026, 11, 13), ()),
        (EventState.PUBLISHED, date(2026, 11, 11), (DayRefusal.NOT_THE_DAY,)),
        (EventState.CLOSED, DAY, (DayRefusal.NOT_RUNNING,)),
        (EventState.DRAFT, DAY, (DayRefusal.NOT_RUNNING,)),
    ],
)
def test_an_arrival_is_noted_from_the_day_until_the_event_is_closed(
    event: EventState, today: date, reasons: tuple[DayRefusal, ...]
):
    assert arrival_refusals(event, DAY, today) == reasons
