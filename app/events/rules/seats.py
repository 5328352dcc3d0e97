"""Why is a seat not given, and may somebody register now?"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.events.rules.states import EventState


class SeatRefusal(StrEnum):
    """Why a booking is not made."""

    NOT_OPEN = "event_not_open"
    CLOSED = "event_registration_closed"
    OVER = "event_slot_over"
    FULL = "event_full"
    NOT_FOR_YOU = "event_not_for_you"
    ALREADY_BOOKED = "event_already_booked"
    SAME_TIME = "event_same_time"
    SEATS_BELOW_TAKEN = "event_seats_below_taken"


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known when somebody wants a seat. ``starts_at`` and ``ends_at`` are those of the slot."""

    event_state: EventState
    starts_at: datetime
    ends_at: datetime
    closes_on: date | None = None


def registration_refusals(asked: Registration, *, now: datetime, today: date, staff: bool) -> tuple[SeatRefusal, ...]:
    """May somebody register now? Those who run the event (``staff``) may until it ends: walk-ins."""
    if asked.event_state is not EventState.PUBLISHED:
        return (SeatRefusal.NOT_OPEN,)
    if now >= asked.ends_at:
        return (SeatRefusal.OVER,)
    if staff:
        return ()
    if now >= asked.starts_at or (asked.closes_on is not None and today > asked.closes_on):
        return (SeatRefusal.CLOSED,)
    return ()
