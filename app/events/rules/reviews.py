"""When are the results of an event counted, and how often does one hire count? Once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.quantities import add_months
from app.events.rules.kinds import ReviewMonth

MONTHS_AFTER: Final[Mapping[ReviewMonth, int]] = {ReviewMonth.MONTH_3: 3, ReviewMonth.MONTH_6: 6}


class Came(StrEnum):
    """What came of an event."""

    HIRE = "hire"
    PLACEMENT = "placement"
    PARTNERSHIP = "partnership"


class Source(StrEnum):
    """How the portal knows."""

    APPLICATION = "application"
    FOLLOW_UP = "follow_up"
    PLACEMENT = "placement"
    TASK = "task"


class ReviewRefusal(StrEnum):
    """Why nothing is added to the results."""

    NOT_YET = "event_review_not_yet"


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace of a result. ``person``: whose, when it is known; ``meeting``: of which meeting, if of one."""

    what: Came
    source: Source
    person: UUID | None = None
    meeting: UUID | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """Results, each counted once."""

    hires: int = 0
    placements: int = 0
    partnerships: int = 0


def review_day(last_day: date, month: ReviewMonth) -> date:
    """Civil months after the last day of the event, clamped to the month's end."""
    return add_months(last_day, MONTHS_AFTER[month])


def months_due(last_day: date, today: date) -> tuple[ReviewMonth, ...]:
    """Those whose day has come."""
    return tuple(month for month in ReviewMonth if review_day(last_day, month) <= today)


def _people(traces: Iterable[Trace]) -> int:
    known: set[UUID] = set()
    tasks: dict[tuple[UUID | None, UUID | None], list[Trace]] = {}
    for rank, trace in enumerate(traces):
        if trace.source is Source.TASK:
            alone = trace.meeting is None and trace.person is None
            key = (trace.person, trace.meeting) if not alone else (None, UUID(int=rank))
            tasks.setdefault(key, []).append(trace)
        elif trace.person is not None:
            known.add(trace.person)
    total = len(known)
    for (person, _), found in tasks.items():
        count = max(trace.count for trace in found)
        total += count - 1 if person in known else count
        if person is not None:
            known.add(person)
    return total


def counted(traces: Iterable[Trace]) -> Counted:
    """A person counts once, whichever way the portal learned of it; two tasks of one meeting tell of the same.

    A task of a person already counted adds the others that it counts. Partnerships are those of distinct meetings.
    """
    found = list(traces)
    pairs = [trace for trace in found if trace.what is Came.PARTNERSHIP]
    return Counted(
        hires=_people(trace for trace in found if trace.what is Came.HIRE),
        placements=_people(trace for trace in found if trace.what is Came.PLACEMENT),
        partnerships=len({trace.meeting for trace in pairs if trace.meeting is not None})
        + sum(trace.meeting is None for trace in pairs),
    )
