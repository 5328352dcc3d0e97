"""What do both sides of a meeting want, and may somebody say now what came of it?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.events.rules.kinds import Outcome
from app.events.rules.states import EventState, MeetingState

BY_STRENGTH: Final = (Outcome.FOLLOW_UP, Outcome.VISIT, Outcome.STAGE, Outcome.OFFER)
"""From the lightest step to the strongest; who wants one would take those before it."""


class OutcomeRefusal(StrEnum):
    """Why an outcome is not taken."""

    NOT_YET = "event_outcome_not_yet"
    CLOSED = "event_outcome_closed"
    NOT_IN_PLAN = "event_outcome_not_in_plan"


def agreement(seated: Outcome | None, moving: Outcome | None) -> Outcome | None:
    """What both want: the lighter of the two steps. None: one has said nothing yet, or wants none."""
    if seated is None or moving is None or Outcome.NO in {seated, moving}:
        return None
    return min(seated, moving, key=BY_STRENGTH.index)


@dataclass(frozen=True, slots=True)
class Said:
    """What is known when somebody says an outcome; ``day`` is that of the slot."""

    event_state: EventState
    day: date
    meeting_state: MeetingState


def outcome_refusals(said: Said, *, today: date) -> tuple[OutcomeRefusal, ...]:
    """From the morning of the event until it is closed; never of a meeting that the plan dropped."""
    if said.event_state is not EventState.PUBLISHED:
        return (OutcomeRefusal.CLOSED,)
    if today < said.day:
        return (OutcomeRefusal.NOT_YET,)
    return (OutcomeRefusal.NOT_IN_PLAN,) if said.meeting_state is MeetingState.DROPPED else ()
