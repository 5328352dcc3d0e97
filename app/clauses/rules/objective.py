"""How many hours does a lot owe on a day, who of its holders owes which part, and what do the lots make together?"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from app.clauses.rules.calibration import BilledRate, billed_rate, from_json
from app.clauses.rules.kinds import ObjectiveMethod, TrancheKind
from app.core.quantities import round_half_up

Key = TypeVar("Key", bound=Hashable)
_ZERO: Final = Decimal(0)
_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class ObjectiveVersion:
    """What the lot owes from a day, and the day from which it was known: an avenant never rewrites the past."""

    valid_from: date
    known_from: date
    hours: Decimal
    method: ObjectiveMethod = ObjectiveMethod.STATED
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrancheHours:
    """The hours of a tranche. Those of the firm one are in the version already; an optional one adds to them."""

    hours: Decimal
    affirmed_on: date | None
    kind: TrancheKind = TrancheKind.OPTIONAL


@dataclass(frozen=True, slots=True)
class Billed:
    """What had been billed in all up to a day, in euros without tax."""

    on: date
    cumulative: Decimal


def version_at(day: date, versions: Iterable[ObjectiveVersion]) -> ObjectiveVersion | None:
    """Of the versions known on the day, the one that is valid from the latest; of two for one day, the later known."""
    known = [version for version in versions if version.known_from <= day and version.valid_from <= day]
    return max(known, key=lambda version: (version.valid_from, version.known_from), default=None)


def objective_at(
    day: date,
    versions: Iterable[ObjectiveVersion],
    tranches: Iterable[TrancheHours] = (),
    billings: Iterable[Billed] = (),
) -> Decimal:
    """The hours due on the day: 0 before the first version; with the billed rate, as billed up to the day.

    Optional tranches add from the day they are affirmed. Raises ValueError when a billed rate has lost its inputs.
    """
    version = version_at(day, versions)
    if version is None:
        return _ZERO
    affirmed = sum(
        (
            tranche.hours
            for tranche in tranches
            if tranche.kind == TrancheKind.OPTIONAL and tranche.affirmed_on and tranche.affirmed_on <= day
        ),
        _ZERO,
    )
    if version.method == ObjectiveMethod.BILLED_RATE:
        return _billed_hours(day, version, billings) + affirmed
    return version.hours + affirmed


def _billed_hours(day: date, version: ObjectiveVersion, billings: Iterable[Billed]) -> Decimal:
    latest = max((bill for bill in billings if bill.on <= day), key=lambda bill: bill.on, default=None)
    inputs = from_json({"method": ObjectiveMethod.BILLED_RATE, **version.inputs, "billed": "0"})
    assert isinstance(inputs, BilledRate)
    billed = latest.cumulative if latest else _ZERO
    return billed_rate(billed, inputs.threshold, inputs.euros_per_hour).hours


def steps(
    versions: Sequence[ObjectiveVersion],
    tranches: Sequence[TrancheHours] = (),
    billings: Sequence[Billed] = (),
) -> tuple[tuple[date, Decimal], ...]:
    """Every day on which the objective changes, with what it is from then on."""
    days = {version.known_from for version in versions} | {version.valid_from for version in versions}
    days |= {tranche.affirmed_on for tranche in tranches if tranche.affirmed_on} | {bill.on for bill in billings}
    found: list[tuple[date, Decimal]] = []
    for day in sorted(days):
        hours = objective_at(day, versions, tranches, billings)
        if version_at(day, versions) and (not found or found[-1][1] != hours):
            found.append((day, hours))
    return tuple(found)


class ShareRefusal(StrEnum):
    """Why the shares of the holders of a lot are not shares."""

    NOT_A_HUNDRED = "shares_not_a_hundred"
    NOT_POSITIVE = "shares_not_positive"
    TWICE = "shares_twice"


def share_refusals(parts: Sequence[tuple[Hashable, Decimal]]) -> tuple[ShareRefusal, ...]:
    """Shares in percent: together 100, each above 0, each firm once. All reasons at once."""
    found = []
    if sum((percent for _, percent in parts), _ZERO) != _HUNDRED:
        found.append(ShareRefusal.NOT_A_HUNDRED)
    if any(percent <= 0 for _, percent in parts):
        found.append(ShareRefusal.NOT_POSITIVE)
    if len({key for key, _ in parts}) != len(parts):
        found.append(ShareRefusal.TWICE)
    return tuple(found)


def shares(objective: Decimal, parts: Sequence[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    """The part of each in hours with 2 decimals. When the percentages make 100, the parts make the objective exactly:
    the hundredths left by rounding down go to the largest remainders, then to who comes first.
    """
    exact = [objective * percent / _HUNDRED for _, percent in parts]
    floors = [part.quantize(_CENT, rounding=ROUND_FLOOR) for part in exact]
    missing = int((round_half_up(sum(exact, _ZERO)) - sum(floors, _ZERO)) / _CENT)
    by_remainder = sorted(range(len(parts)), key=lambda rank: floors[rank] - exact[rank])
    for rank in by_remainder[:missing]:
        floors[rank] += _CENT
    return {key: part for (key, _), part in zip(parts, floors, strict=True)}


@dataclass(frozen=True, slots=True)
class Rate:
    """Hours counted for an objective. ``ratio`` is 0.8125 for 81.25 %, and 1 when nothing is due (``objective`` 0)."""

    counted: Decimal
    objective: Decimal

    @property
    def ratio(self) -> Decimal:
        """Of the objective, the part done; above 1 when more was done."""
        return self.counted / self.objective if self.objective else Decimal(1)

    @property
    def missing(self) -> Decimal:
        """What is still due, never below 0."""
        return max(self.objective - self.counted, _ZERO)


def rate(lots: Iterable[tuple[Decimal, Decimal]], *, pooling: bool) -> Rate:
    """Lots as (objective, validated), together. Without pooling the excess of a lot does not carry over to another."""
    lots = list(lots)
    counted = (max(validated, _ZERO) if pooling else max(min(validated, due), _ZERO) for due, validated in lots)
    return Rate(sum(counted, _ZERO), sum((due for due, _ in lots), _ZERO))
