"""Which round runs at this instant, and how long does it last? Computed, so nobody has to watch the clock.

What is kept is one anchor: a phase, its round and the instant it began. The phases that follow are counted from it,
so a screen that is reloaded, a second screen and a server that starts again all answer the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from app.events.rules.kinds import ClockPhase

MINUTE: Final = timedelta(minutes=1)
_FOREVER: Final = frozenset({ClockPhase.WAITING, ClockPhase.OVER})
"""They end when somebody says so."""


class ClockAct(StrEnum):
    """What the organiser does to the clock."""

    NEXT = "next"
    PAUSE = "pause"
    RESUME = "resume"
    MORE = "more"
    BACK = "back"


class ClockRefusal(StrEnum):
    """Why the clock does not obey."""

    NO_PLAN = "event_clock_no_plan"
    NOT_NOW = "event_clock_not_now"
    MOVED_ON = "event_clock_moved_on"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a dating goes. ``breaks``: minutes by the round they follow; people change tables during a break."""

    rounds: int
    round_minutes: int = 10
    change_minutes: int = 2
    breaks: Mapping[int, int] = field(default_factory=dict)
    first_round_at: datetime | None = None

    def length(self, phase: ClockPhase, at_round: int) -> timedelta | None:
        """How long a phase lasts; None: until somebody ends it."""
        if phase in _FOREVER:
            return None
        if phase is ClockPhase.TALKING:
            return timedelta(minutes=self.round_minutes)
        minutes = self.breaks.get(at_round, 0) if phase is ClockPhase.BREAK else 0
        return timedelta(minutes=max(minutes, self.change_minutes))

    def after(self, phase: ClockPhase, at_round: int) -> tuple[ClockPhase, int]:
        """The phase that follows, with its round."""
        if phase is ClockPhase.OVER:
            return phase, at_round
        if phase is not ClockPhase.TALKING:
            return (ClockPhase.TALKING, at_round + 1) if at_round < self.rounds else (ClockPhase.OVER, at_round)
        if at_round >= self.rounds:
            return ClockPhase.OVER, at_round
        if self.breaks.get(at_round, 0) > 0:
            return ClockPhase.BREAK, at_round
        return (ClockPhase.CHANGING, at_round) if self.change_minutes else (ClockPhase.TALKING, at_round + 1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is kept: this phase of this round began then. ``paused_at``: the time stands still since."""

    phase: ClockPhase = ClockPhase.WAITING
    round: int = 0
    since: datetime | None = None
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What a screen shows. ``seconds`` left is never negative; None where the phase waits for somebody."""

    phase: ClockPhase
    round: int
    since: datetime | None
    ends_at: datetime | None
    seconds: int | None
    paused: bool
    overdue: bool
    """The first round should have begun."""

    @property
    def shown_round(self) -> int:
        """The round whose tables are shown: the one that runs, else the one people go to."""
        return self.round if self.phase in {ClockPhase.TALKING, ClockPhase.OVER} else self.round + 1

    @property
    def next_free_round(self) -> int:
        """The first round that has not begun."""
        return self.round + 1

    @property
    def begun(self) -> bool:
        """Has the first round begun?"""
        return self.phase is not ClockPhase.WAITING


def settled(anchor: Anchor, rhythm: Rhythm, now: datetime) -> Anchor:
    """The same clock, kept from the phase that runs now. A phase lasts until its end, excluded."""
    if anchor.since is None:
        return anchor
    at = _utc(anchor.paused_at or now)
    phase, at_round, since = anchor.phase, anchor.round, _utc(anchor.since)
    while (length := rhythm.length(phase, at_round)) is not None and at >= since + length:
        since += length
        phase, at_round = rhythm.after(phase, at_round)
    return Anchor(phase, at_round, since, anchor.paused_at)


def moment(anchor: Anchor, rhythm: Rhythm, now: datetime) -> Moment:
    """What runs now."""
    here = settled(anchor, rhythm, now)
    length = rhythm.length(here.phase, here.round)
    at = _utc(here.paused_at or now)
    ends_at = here.since + length if here.since is not None and length is not None else None
    if here.phase is ClockPhase.WAITING and rhythm.first_round_at is not None:
        ends_at = _utc(rhythm.first_round_at)
    left = None if ends_at is None else max(0, ceil((ends_at - at).total_seconds()))
    paused = here.paused_at is not None
    overdue = here.phase is ClockPhase.WAITING and ends_at is not None and at >= ends_at
    return Moment(here.phase, here.round, here.since, None if paused else ends_at, left, paused, overdue)


def expected_starts(anchor: Anchor, rhythm: Rhythm, now: datetime) -> dict[int, datetime]:
    """When each coming round begins, if nobody touches the clock. Standing still, it is counted from now."""
    here = settled(anchor, rhythm, now)
    at = _utc(now)
    if here.phase is ClockPhase.WAITING:
        start = _utc(rhythm.first_round_at) if rhythm.first_round_at else at
        phase, at_round, since = ClockPhase.TALKING, 1, max(start, at)
        found = {1: since} if rhythm.rounds else {}
    else:
        phase, at_round, since = here.phase, here.round, here.since or at
        if here.paused_at is not None:
            since += at - _utc(here.paused_at)
        found = {}
    while (length := rhythm.length(phase, at_round)) is not None:
        since += length
        phase, at_round = rhythm.after(phase, at_round)
        if phase is ClockPhase.TALKING:
            found[at_round] = since
    return found


def drift(anchor: Anchor, rhythm: Rhythm, now: datetime) -> tuple[int, datetime] | None:
    """The round that runs with the instant it began, else the next with the one at which it will; None before the
    first press and after the last round. The rounds from this one on are counted from here, not from the plan."""
    here = settled(anchor, rhythm, now)
    if here.phase is ClockPhase.WAITING:
        return None
    if here.phase is ClockPhase.TALKING and here.since is not None:
        stood = _utc(now) - _utc(here.paused_at) if here.paused_at is not None else timedelta(0)
        return here.round, here.since + stood
    coming = expected_starts(anchor, rhythm, now)
    return min(coming.items()) if coming else None


def possible(anchor: Anchor, rhythm: Rhythm, now: datetime) -> tuple[ClockAct, ...]:
    """What the organiser may do now, in the order of the buttons."""
    here = settled(anchor, rhythm, now)
    if here.phase is ClockPhase.WAITING:
        return (ClockAct.NEXT,) if rhythm.rounds else ()
    if here.phase is ClockPhase.OVER:
        return (ClockAct.BACK,)
    stands = ClockAct.RESUME if here.paused_at is not None else ClockAct.PAUSE
    return (ClockAct.NEXT, stands, ClockAct.MORE, ClockAct.BACK)


def acted(anchor: Anchor, rhythm: Rhythm, act: ClockAct, now: datetime) -> Anchor | None:
    """The clock after an act; None when the act makes no sense now (a pause of what stands still…)."""
    if act not in possible(anchor, rhythm, now):
        return None
    here = settled(anchor, rhythm, now)
    at = _utc(now)
    if act is ClockAct.PAUSE:
        return replace(here, paused_at=at)
    if here.since is not None and act is ClockAct.MORE:
        return replace(here, since=here.since + MINUTE)
    if here.since is not None and here.paused_at is not None and act is ClockAct.RESUME:
        return replace(here, since=here.since + (at - _utc(here.paused_at)), paused_at=None)
    if act is ClockAct.BACK:
        return _back(here, at)
    phase, at_round = rhythm.after(here.phase, here.round)
    return Anchor(phase, at_round, at)


def _back(here: Anchor, at: datetime) -> Anchor:
    """The round that runs is left for the one before; a change, a break and the end for the round they follow."""
    back_to = here.round - 1 if here.phase is ClockPhase.TALKING else here.round
    return Anchor(ClockPhase.TALKING, back_to, at) if back_to >= 1 else Anchor()


def _utc(instant: datetime) -> datetime:
    """Sums are made in UTC: those of a local time forget the night that changes the hour."""
    return instant.astimezone(UTC)
