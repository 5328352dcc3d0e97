"""What do the rounds of a dating make: how many meetings, until when, and who rests? Said before any plan is made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

MOST_ROUNDS: Final = 60
MOST_BREAKS: Final = 3


class SetupRefusal(StrEnum):
    """Why the rounds cannot be set so."""

    FIRST_ROUND_OUTSIDE = "event_setup_first_round_outside"
    BREAK_HALF_SAID = "event_setup_break_half_said"
    BREAK_TWICE = "event_setup_break_twice"
    BREAK_AFTER_END = "event_setup_break_after_end"


class PlanRefusal(StrEnum):
    """Why a plan is not made."""

    NO_SLOT = "event_plan_no_slot"
    NOT_OPEN = "event_plan_not_open"
    NO_SEATED = "event_plan_no_seated"
    NO_MOVING = "event_plan_no_moving"
    ROUND_BEGUN = "event_plan_round_begun"
    NO_ROUND_LEFT = "event_plan_no_round_left"
    NO_PLAN = "event_plan_none"
    TOO_LONG = "event_plan_too_long"


class Caution(StrEnum):
    """What the page warns of before the plan is made."""

    NO_SEATED = "no_seated"
    NO_MOVING = "no_moving"
    ENDS_LATE = "ends_late"
    FEW_TABLES = "few_tables"
    ROUNDS_TO_SPARE = "rounds_to_spare"
    NOT_ALL_MEET = "not_all_meet"


@dataclass(frozen=True, slots=True)
class Pause:
    """A break after that many rounds; people change tables during it."""

    after: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rounds of a dating. ``rounds`` None: as many as are needed for all to meet.

    From the round ``moved_from`` on, hours are later than planned by ``moved`` (sooner when it is negative).
    """

    starts_at: datetime
    slot_ends_at: datetime
    rounds: int | None = None
    round_minutes: int = 10
    change_minutes: int = 2
    tables: int = 12
    pauses: tuple[Pause, ...] = ()
    moved: timedelta = timedelta(0)
    moved_from: int = 1

    def following(self, at_round: int, begins_at: datetime) -> "Schedule":
        """The same, once the clock of the room says when this round begins: to the minute, as people read hours."""
        minutes = round((begins_at - self.start_of(at_round)) / timedelta(minutes=1))
        return replace(self, moved=timedelta(minutes=minutes), moved_from=at_round)

    def minutes(self, rounds: int) -> int:
        """From the start of the first round to the end of the last; no change after it."""
        if rounds <= 0:
            return 0
        return rounds * self.round_minutes + sum(self._between(at) for at in range(1, rounds))

    def start_of(self, at_round: int) -> datetime:
        """When a round begins, counted from 1."""
        before = (at_round - 1) * self.round_minutes + sum(self._between(at) for at in range(1, at_round))
        moved = self.moved if at_round >= self.moved_from else timedelta(0)
        return self.starts_at + timedelta(minutes=before) + moved

    def end_of(self, at_round: int) -> datetime:
        """When a round ends."""
        return self.start_of(at_round) + timedelta(minutes=self.round_minutes)

    def fitting(self) -> int:
        """How many rounds end before the slot does."""
        return sum(self.end_of(at) <= self.slot_ends_at for at in range(1, MOST_ROUNDS + 1))

    def _between(self, after: int) -> int:
        return max(sum(one.minutes for one in self.pauses if one.after == after), self.change_minutes)


def rounds_needed(seated: int, moving: int, tables: int) -> int:
    """So many rounds and everybody has met everybody of the other side; never more than MOST_ROUNDS."""
    at_once = min(seated, moving, tables)
    if at_once <= 0:
        return 0
    most = max(seated, moving) if tables >= min(seated, moving) else -(-seated * moving // at_once)
    return min(most, MOST_ROUNDS)


def meetings_of(seated: int, moving: int, tables: int, rounds: int) -> int:
    """How many meetings the rounds can hold when nobody is avoided."""
    return min(seated * moving, rounds * min(seated, moving, tables))


@dataclass(frozen=True, slots=True)
class Rests:
    """How many rounds each one of a side spends without a meeting: between the least and the most."""

    least: int
    most: int


def rests_of(people: int, meetings: int, rounds: int) -> Rests:
    """Shared as fairly as whole rounds allow."""
    if people <= 0:
        return Rests(0, 0)
    return Rests(max(0, rounds - -(-meetings // people)), max(0, rounds - meetings // people))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a schedule makes for these participants."""

    seated: int
    moving: int
    tables: int
    rounds: int
    needed: int
    meetings: int
    minutes: int
    starts_at: datetime
    ends_at: datetime
    fitting: int
    seated_rests: Rests
    moving_rests: Rests
    cautions: tuple[Caution, ...]


def outline(schedule: Schedule, seated: int, moving: int) -> Outline:
    """Counted without a plan: who is avoided may take a few meetings away."""
    needed = rounds_needed(seated, moving, schedule.tables)
    rounds = schedule.rounds or needed
    meetings = meetings_of(seated, moving, schedule.tables, rounds)
    minutes = schedule.minutes(rounds)
    ends_at = schedule.starts_at + timedelta(minutes=minutes)
    holds = {
        Caution.NO_SEATED: seated == 0,
        Caution.NO_MOVING: moving == 0,
        Caution.ENDS_LATE: ends_at > schedule.slot_ends_at,
        Caution.FEW_TABLES: 0 < schedule.tables < min(seated, moving),
        Caution.ROUNDS_TO_SPARE: 0 < needed < rounds,
        Caution.NOT_ALL_MEET: rounds > 0 and meetings < seated * moving,
    }
    return Outline(
        seated=seated,
        moving=moving,
        tables=schedule.tables,
        rounds=rounds,
        needed=needed,
        meetings=meetings,
        minutes=minutes,
        starts_at=schedule.starts_at,
        ends_at=ends_at,
        fitting=schedule.fitting(),
        seated_rests=rests_of(seated, meetings, rounds),
        moving_rests=rests_of(moving, meetings, rounds),
        cautions=tuple(one for one in Caution if holds[one]),
    )


@dataclass(frozen=True, slots=True)
class SetupValues:
    """What the organiser asks for. ``pauses``: (after, minutes) as typed, either of them perhaps missing."""

    rounds: int | None
    round_minutes: int
    change_minutes: int
    tables: int
    pauses: tuple[tuple[int | None, int | None], ...]
    first_round_at: datetime | None

    @property
    def breaks(self) -> list[dict[str, int]]:
        """As they are kept, in the order of the rounds."""
        whole = sorted((after, minutes) for after, minutes in self.pauses if after and minutes)
        return [{"after": after, "minutes": minutes} for after, minutes in whole]


def setup_refusals(asked: SetupValues, starts_at: datetime, ends_at: datetime) -> tuple[SetupRefusal, ...]:
    """Everything that is wrong, at once. ``starts_at`` and ``ends_at`` are those of the slot."""
    after = [one["after"] for one in asked.breaks]
    first = asked.first_round_at
    wrong = {
        SetupRefusal.FIRST_ROUND_OUTSIDE: first is not None and not starts_at <= first < ends_at,
        SetupRefusal.BREAK_HALF_SAID: any(bool(one) != bool(minutes) for one, minutes in asked.pauses),
        SetupRefusal.BREAK_TWICE: len(set(after)) < len(after),
        SetupRefusal.BREAK_AFTER_END: asked.rounds is not None and any(one >= asked.rounds for one in after),
    }
    return tuple(reason for reason, is_so in wrong.items() if is_so)


def pauses_of(breaks: Iterable[dict[str, int]]) -> tuple[Pause, ...]:
    """The breaks of a setup as rules read them."""
    return tuple(Pause(int(one["after"]), int(one["minutes"])) for one in breaks)
