"""How is presence said a week at a time, by two people at once, without one losing what the other said?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.core.quantities import round_half_up
from app.placements.rules.kinds import Presence
from app.placements.rules.limits import LEGAL_WEEK
from app.placements.rules.presence import ExpectedHalf, Key, SaidHalf, done_hours

UNSAID: Final = ""
_SHOWN_FIRST: Final = Presence.PRESENT.value
_ZERO: Final = Decimal(0)


class WeekRefusal(StrEnum):
    """Why a week cannot be said so."""

    HOURS_WHILE_AWAY = "placement_week_hours_while_away"


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def mondays(starts_on: date, last_day: date) -> tuple[date, ...]:
    """The weeks that a placement touches, by their Monday."""
    first = monday_of(starts_on)
    count = (monday_of(last_day) - first).days // 7 + 1
    return tuple(first + timedelta(days=7 * rank) for rank in range(count))


def token(said: SaidHalf | None) -> str:
    """What was said of a half-day as a few letters: the form carries those it showed."""
    if said is None:
        return UNSAID
    return said.status.value if said.hours is None else f"{said.status.value}:{round_half_up(said.hours)}"


def key_word(key: Key) -> str:
    """« 2026-11-05am »: the name of a half-day in forms."""
    return f"{key[0].isoformat()}{key[1].value}"


def as_shown(said: Mapping[Key, SaidHalf], keys: Iterable[Key]) -> str:
    """What a form shows, to come back with it: « 2026-11-05am=present;2026-11-05pm= »."""
    return ";".join(f"{key_word(key)}={token(said.get(key))}" for key in sorted(keys))


def shown_in(text: str) -> dict[str, str]:
    """By ``key_word``, the tokens a form showed; nonsense is nothing said."""
    pairs = (part.partition("=") for part in text[:2000].split(";"))
    return {name: value for name, equals, value in pairs if equals}


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be written, and the half-days that another said otherwise meanwhile."""

    writes: tuple[SaidHalf, ...]
    conflicts: tuple[Key, ...]


def merge(typed: Iterable[SaidHalf], shown: Mapping[str, str], now: Mapping[Key, SaidHalf]) -> Merge:
    """What one left as it was shown never undoes what another said meanwhile."""
    writes, conflicts = [], []
    for one in typed:
        key = (one.day, one.half)
        was, present, new = shown.get(key_word(key), UNSAID), token(now.get(key)), token(one)
        if new == present:
            continue
        if present == was:
            writes.append(one)
        elif new != (was or _SHOWN_FIRST):
            conflicts.append(key)
    return Merge(tuple(writes), tuple(conflicts))


@dataclass(frozen=True, slots=True)
class WeekHours:
    """The hours done in a week, and whether they exceed the legal week (Code du travail, art. L3121-20)."""

    monday: date
    done: Decimal

    @property
    def too_many(self) -> bool:
        """More than 48 hours."""
        return self.done > LEGAL_WEEK


def week_hours(expected: Iterable[ExpectedHalf], said: Iterable[SaidHalf]) -> dict[date, WeekHours]:
    """By Monday, for the weeks in which something was said."""
    hours = {one.key: one.hours for one in expected}
    sums: dict[date, Decimal] = {}
    for one in said:
        monday = monday_of(one.day)
        sums[monday] = sums.get(monday, _ZERO) + done_hours(one, hours.get((one.day, one.half), _ZERO))
    return {monday: WeekHours(monday, round_half_up(amount)) for monday, amount in sorted(sums.items())}


def usual(said: SaidHalf, expected: Decimal | None) -> SaidHalf:
    """Hours that are those expected need not be written."""
    same = expected is not None and said.hours is not None and said.hours == expected
    return SaidHalf(said.day, said.half, said.status) if same else said


def week_refusals(said: Iterable[SaidHalf]) -> tuple[WeekRefusal, ...]:
    """Hours are those of somebody who was there."""
    away = any(one.hours is not None and one.status is not Presence.PRESENT for one in said)
    return (WeekRefusal.HOURS_WHILE_AWAY,) if away else ()
