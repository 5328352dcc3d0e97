"""May a stage be stopped so, by whom, and what was said of the days after?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.core.roles import Role
from app.placements.rules.kinds import Presence, StopReason
from app.placements.rules.presence import PresenceRefusal, SaidHalf, stop_refusals

WORDS_MOST: Final = 1000


class StopRefusal(StrEnum):
    """Why it cannot be stopped so, besides its days."""

    CAME_AFTER = "placement_stop_came_after"
    DID_COME = "placement_stop_did_come"
    NOT_THEIR_REASON = "placement_stop_not_their_reason"


STOP_FIELDS: Final = {
    PresenceRefusal.STOP_OUTSIDE: "stopped_on",
    PresenceRefusal.STOP_IN_FUTURE: "stopped_on",
    StopRefusal.CAME_AFTER: "stopped_on",
    StopRefusal.DID_COME: "reason",
    StopRefusal.NOT_THEIR_REASON: "reason",
}
_R = StopReason


@dataclass(frozen=True, slots=True)
class Stop:
    """The last day, why, and words that the host does not read."""

    stopped_on: date
    reason: StopReason
    words: str = ""


def stop_reasons_for(role: Role) -> tuple[StopReason, ...]:
    """A person says why they stop; the host and who accompanies know all."""
    if role is Role.CANDIDATE:
        return (_R.PERSON, _R.AGREED, _R.HIRED, _R.TRAINING)
    return tuple(StopReason)


def last_day_of(stop: Stop, starts_on: date) -> date:
    """Who never came has the first day as the last one."""
    return starts_on if stop.reason is _R.NEVER_CAME else stop.stopped_on


def refusals_to_stop(
    stop: Stop, said: Iterable[SaidHalf], role: Role, starts_on: date, ends_on: date, today: date
) -> tuple[PresenceRefusal | StopRefusal, ...]:
    """All reasons. Somebody who was there on a day has not stopped before it."""
    last = last_day_of(stop, starts_on)
    came = [one.day for one in said if one.status is Presence.PRESENT]
    reasons: list[PresenceRefusal | StopRefusal] = list(stop_refusals(last, starts_on, ends_on, today))
    if stop.reason is _R.NEVER_CAME and came:
        reasons.append(StopRefusal.DID_COME)
    elif any(day > last for day in came):
        reasons.append(StopRefusal.CAME_AFTER)
    if role is not Role.SYSTEM and stop.reason not in stop_reasons_for(role):
        reasons.append(StopRefusal.NOT_THEIR_REASON)
    return tuple(reasons)
