"""May a visit be moved to that day and hour, added or called off, and what does a calendar program see of it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from app.follow_up.rules import calendar
from app.follow_up.rules.kinds import MeetingMode, VisitKind
from app.follow_up.rules.reports import Steps
from app.follow_up.rules.states import VisitState

FIRST_HOUR, LAST_HOUR = time(6), time(21)
AHEAD: Final = timedelta(days=366)
"""An extra visit may come after the six months, not years after."""
MISSED: Final = frozenset({VisitState.ABSENT, VisitState.NO_ANSWER, VisitState.REFUSED})
GONE: Final = MISSED | {VisitState.CANCELLED}
"""States that leave room for one more visit of the same kind."""


class MoveRefusal(StrEnum):
    """Why a visit cannot be moved, added or called off."""

    NOT_PLANNED = "follow_up_visit_not_planned"
    HOUR = "follow_up_visit_hour"
    NO_AGREEMENT = "follow_up_visit_no_agreement"
    TOO_FAR = "follow_up_visit_too_far"
    OVER = "follow_up_visit_over"
    KIND_TAKEN = "follow_up_visit_kind_taken"


class AgreedWith(StrEnum):
    """Who agreed to another day."""

    PERSON = "person"
    TUTOR = "tutor"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and how people meet. ``at`` None: during the day."""

    on: date
    at: time | None = None
    minutes: int = 30
    mode: MeetingMode = MeetingMode.PLACE
    place: str = ""
    with_tutor: bool = True


Refusals = tuple[calendar.CalendarRefusal | MoveRefusal, ...]


def moving_refusals(
    kind: VisitKind, now: Meeting, to: Meeting, around: Steps, *, reason: str, agreed: bool, today: date
) -> Refusals:
    """Every reason against; empty: it may be. A reason and an agreement are asked for another day only."""
    reasons: list[calendar.CalendarRefusal | MoveRefusal] = []
    if to.on != now.on:
        reasons.extend(_day_refusals(kind, to.on, around, today, reason))
        if not agreed:
            reasons.append(MoveRefusal.NO_AGREEMENT)
    elif to.on < today:
        reasons.append(calendar.CalendarRefusal.PAST)
    return (*reasons, *_hour_refusals(to.at))


def adding_refusals(kind: VisitKind, meeting: Meeting, around: Steps, today: date) -> Refusals:
    """Against one more visit, extra or of a step that was missed or called off."""
    day = _day_refusals(kind, meeting.on, around, today, "one more")
    return (*day, *_hour_refusals(meeting.at))


def _day_refusals(kind: VisitKind, on: date, around: Steps, today: date, reason: str) -> Refusals:
    reasons = calendar.move_refusals(
        kind,
        on,
        others=around.others,
        starts_on=around.starts_on,
        ends_on=around.ends_on,
        today=today,
        reason=reason,
    )
    return (*reasons, MoveRefusal.TOO_FAR) if on > today + AHEAD else reasons


def _hour_refusals(at: time | None) -> Refusals:
    return () if at is None or FIRST_HOUR <= at <= LAST_HOUR else (MoveRefusal.HOUR,)


def agreed_by_hand(now: Meeting, to: Meeting) -> bool:
    """Another day, or an hour that people agreed on: computing the calendar again must leave it alone."""
    return to.on != now.on or (to.at is not None and to.at != now.at)


def missing_steps(states: Mapping[VisitKind, frozenset[VisitState]]) -> tuple[VisitKind, ...]:
    """The steps of which every visit was missed or called off: each may be tried once more."""
    return tuple(kind for kind in calendar.ORDER if states.get(kind) and states[kind] <= GONE)
