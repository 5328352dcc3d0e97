"""What is the next thing to do for an event? One, the most useful, said first on its page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app.events.rules.states import EventState

FEW_DAYS: Final = timedelta(days=14)


class NextStep(StrEnum):
    """What its organiser does now."""

    COMPLETE = "complete"
    PUBLISH = "publish"
    INVITE = "invite"
    PLAN = "plan"
    WELCOME = "welcome"
    WAIT = "wait"
    ATTENDANCE = "attendance"
    CLOSE = "close"
    AFTERWARDS = "afterwards"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event is. ``unsaid``: seats held in slots that are over, of people not said to have come or not."""

    state: EventState
    next_start: datetime | None
    next_day: date | None
    is_dating: bool
    missing: int
    booked: int
    seats: int
    unsaid: int
    has_plan: bool


def next_step(standing: Standing, *, now: datetime, today: date) -> NextStep:
    """The first of these that is true."""
    if standing.state is EventState.CANCELLED:
        return NextStep.NOTHING
    if standing.state is EventState.DRAFT:
        return NextStep.COMPLETE if standing.missing else NextStep.PUBLISH
    if standing.state is EventState.CLOSED:
        return NextStep.AFTERWARDS
    if standing.next_day == today:
        return NextStep.WELCOME
    if standing.unsaid:
        return NextStep.ATTENDANCE
    if standing.next_start is None:
        return NextStep.CLOSE
    if standing.is_dating and not standing.has_plan and standing.booked and standing.next_start - now <= FEW_DAYS:
        return NextStep.PLAN
    return NextStep.INVITE if standing.booked * 2 < standing.seats else NextStep.WAIT
