"""May this arrival be noted, and how does a booking come to « seen » from where it is?"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from app.events.rules.states import BookingAction, BookingState, EventState

_A, _S = BookingAction, BookingState


class DayRefusal(StrEnum):
    """Why something of the day itself is not noted."""

    NOT_RUNNING = "event_day_not_running"
    NOT_THE_DAY = "event_day_not_the_day"
    OTHER_EVENT = "event_day_other_event"
    UNKNOWN_CODE = "event_day_unknown_code"
    SAME_NAME = "event_day_same_name"
    NO_SEAT = "event_day_no_seat"
    NOT_IN_ROOM = "event_day_not_in_room"
    ROUND_BEGUN = "event_day_round_begun"
    NO_PLAN = "event_day_no_plan"


WAYS_IN: Final[Mapping[BookingState, tuple[BookingAction, ...]]] = {
    _S.BOOKED: (_A.CHECK_IN,),
    _S.ABSENT: (_A.CHECK_IN,),
    _S.WAITING: (_A.PROMOTE, _A.CHECK_IN),
    _S.INVITED: (_A.BOOK, _A.CHECK_IN),
    _S.CANCELLED: (_A.BOOK, _A.CHECK_IN),
    _S.EXCUSED: (_A.BOOK, _A.CHECK_IN),
    _S.SEEN: (),
}
"""Whoever stands at the door is let in when a seat is left, whatever was said before."""


def arrival_refusals(event_state: EventState, day: date, today: date) -> tuple[DayRefusal, ...]:
    """An arrival is noted from the morning of the day, and until the event is closed."""
    if event_state is not EventState.PUBLISHED:
        return (DayRefusal.NOT_RUNNING,)
    return (DayRefusal.NOT_THE_DAY,) if today < day else ()
