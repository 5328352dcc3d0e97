"""When does each round begin and end, and how long does the event last?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Break:
    after: int
    """How many rounds have been held when it begins. One before the first round or after the last is ignored."""
    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError("a break lasts no negative time")


@dataclass(frozen=True, slots=True)
class Slot:
    round: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Timetable:
    slots: tuple[Slot, ...]
    minutes: int
    """From the start of the first round to the end of the last."""


def timetable(
    starts_at: datetime, rounds: int, round_minutes: int, change_minutes: int, breaks: Iterable[Break] = ()
) -> Timetable:
    """People change places during a break: it replaces the change, and lasts at least as long.

    There is no change after the last round. Time is added as it is: give an aware instant in UTC, or a civil time on a
    day without a change of hour.
    """
    if min(rounds, change_minutes) < 0 or round_minutes <= 0:
        raise ValueError("rounds last some minutes, and their number and changes are not negative")
    pauses: dict[int, int] = {}
    for one in breaks:
        pauses[one.after] = pauses.get(one.after, 0) + one.minutes
    slots, minutes = [], 0
    for at in range(rounds):
        minutes += max(pauses.get(at, 0), change_minutes) if at else 0
        start = starts_at + timedelta(minutes=minutes)
        minutes += round_minutes
        slots.append(Slot(at, start, start + timedelta(minutes=round_minutes)))
    return Timetable(tuple(slots), minutes)
