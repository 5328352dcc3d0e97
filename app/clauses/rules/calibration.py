"""How many hours does a contract owe? The four methods, with inputs, exact result and rounding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeAlias

from app.clauses.rules.kinds import ObjectiveMethod
from app.core.quantities import format_euros, format_number, round_half_up

MOST_HOURS: Final = Decimal("9999999.99")
"""NUMERIC(9,2)."""
_HUNDRED: Final = Decimal(100)
_MOST: Final = Decimal("1e12")
_LEAST: Final = Decimal("1e-6")
"""No amount, rate or number of months of a contract lies outside; « 1e999999 » would fill the memory."""


class CalibrationRefusal(StrEnum):
    """Why an objective cannot be computed from what was typed."""

    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    HOURLY_COST_NOT_POSITIVE = "hourly_cost_not_positive"
    LABOUR_PERCENT_OUT_OF_RANGE = "labour_percent_out_of_range"
    INSERTION_PERCENT_OUT_OF_RANGE = "insertion_percent_out_of_range"
    LABOUR_HOURS_NEGATIVE = "labour_hours_negative"
    BILLED_NEGATIVE = "billed_negative"
    THRESHOLD_NEGATIVE = "threshold_negative"
    SLICE_NOT_POSITIVE = "slice_not_positive"
    MONTHS_BELOW_ONE = "months_below_one"
    TAKEOVER_HOURS_NEGATIVE = "takeover_hours_negative"
    FLOOR_NEGATIVE = "floor_negative"
    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"


class NotRetained(StrEnum):
    """Why the method says that there should be no clause."""

    NO_HOURS = "no_hours"
    TAKEOVER_TAKES_ALL = "takeover_takes_all"
    BELOW_FLOOR = "below_floor"


@dataclass(frozen=True, slots=True)
class LabourShare:
    """Amount in euros without tax; percentages as 50 for 50 %; hourly cost in euros."""

    amount: Decimal
    labour_percent: Decimal
    insertion_percent: Decimal
    hourly_cost: Decimal = Decimal(30)


@dataclass(frozen=True, slots=True)
class HoursShare:
    """A percentage of the hours of labour of the contract."""

    insertion_percent: Decimal
    labour_hours: Decimal


@dataclass(frozen=True, slots=True)
class BilledRate:
    """One hour per ``euros_per_hour`` billed above ``threshold``."""

    billed: Decimal
    threshold: Decimal
    euros_per_hour: Decimal


@dataclass(frozen=True, slots=True)
class CleaningTakeover:
    """PACT Propreté: A, N, S and T of the formula; its 25 € and its 150 h are inputs too, so that they can change."""

    amount: Decimal
    months: Decimal
    takeover_hours_month: Decimal
    insertion_percent: Decimal
    euros_per_hour: Decimal = Decimal(25)
    floor_hours: Decimal = Decimal(150)


Inputs: TypeAlias = LabourShare | HoursShare | BilledRate | CleaningTakeover
_KINDS: Final[Mapping[ObjectiveMethod, type[Inputs]]] = {
    ObjectiveMethod.LABOUR_SHARE: LabourShare,
    ObjectiveMethod.HOURS_SHARE: HoursShare,
    ObjectiveMethod.BILLED_RATE: BilledRate,
    ObjectiveMethod.CLEANING_TAKEOVER: CleaningTakeover,
}
_METHODS: Final[Mapping[type[Inputs], ObjectiveMethod]] = {kind: method for method, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Computed:
    """The objective by one method: ``exact``, then ``hours`` in whole hours (0 when no clause is retained).

    ``steps`` are the lines of the computation as a reader would write them, without words. ``open_part`` is the P of
    the cleaning formula: the part of the work that is not taken over with its staff.
    """

    method: ObjectiveMethod
    exact: Decimal
    hours: Decimal
    steps: tuple[str, ...]
    retained: bool
    why_not: NotRetained | None = None
    open_part: Decimal | None = None


def method_of(inputs: Inputs) -> ObjectiveMethod:
    """Which of the four methods these inputs are for."""
    return _METHODS[type(inputs)]


def compute(inputs: Inputs) -> Computed:
    """The objective of inputs that ``calibration_refusals`` accepts; others may raise ZeroDivisionError."""
    match inputs:
        case LabourShare():
            return labour_share(inputs.amount, inputs.labour_percent, inputs.insertion_percent, inputs.hourly_cost)
        case HoursShare():
            return hours_share(inputs.insertion_percent, inputs.labour_hours)
        case BilledRate():
            return billed_rate(inputs.billed, inputs.threshold, inputs.euros_per_hour)
        case CleaningTakeover():
            return _cleaning(inputs)


def labour_share(
    amount: Decimal, labour_percent: Decimal, insertion_percent: Decimal, hourly_cost: Decimal
) -> Computed:
    """Amount × labour % × insertion % ÷ hourly cost: 1 000 000 € × 50 % × 5 % ÷ 30 € → 833 h."""
    exact = Fraction(amount) * Fraction(labour_percent) * Fraction(insertion_percent) / 10_000 / Fraction(hourly_cost)
    step = (
        f"{format_euros(amount)} × {_percent(labour_percent)} × {_percent(insertion_percent)}"
        f" ÷ {format_euros(hourly_cost)} = {_hours(_decimal(exact))}"
    )
    return _share(ObjectiveMethod.LABOUR_SHARE, exact, step)


def hours_share(insertion_percent: Decimal, labour_hours: Decimal) -> Computed:
    """A share of the hours of labour: 10 % × 12 500 h → 1 250 h."""
    exact = Fraction(insertion_percent) * Fraction(labour_hours) / 100
    step = f"{_percent(insertion_percent)} × {_hours(labour_hours)} = {_hours(_decimal(exact))}"
    return _share(ObjectiveMethod.HOURS_SHARE, exact, step)


def billed_rate(billed: Decimal, threshold: Decimal, euros_per_hour: Decimal) -> Computed:
    """One hour per whole slice billed above the threshold: 2 701 999 € → 0, 2 702 000 € → 1. Retained even at 0."""
    above = max(Fraction(billed) - Fraction(threshold), Fraction(0))
    exact = above / Fraction(euros_per_hour)
    hours = Decimal(exact.__floor__())
    steps = (
        f"{format_euros(billed)} − {format_euros(threshold)} → {format_euros(_decimal(above))}",
        f"{format_euros(_decimal(above))} ÷ {format_euros(euros_per_hour)} → {_hours(hours)}",
    )
    return Computed(ObjectiveMethod.BILLED_RATE, _decimal(exact), hours, steps, retained=True)


def cleaning_takeover(
    amount: Decimal, months: Decimal | int, takeover_hours_month: Decimal, insertion_percent: Decimal
) -> Computed:
    """P = 1 − (S × 25) ÷ (A ÷ N), then P × A ÷ 25 × T; no clause when P ≤ 0 or below 150 h (PACT Propreté)."""
    return _cleaning(CleaningTakeover(amount, Decimal(months), takeover_hours_month, insertion_percent))


def _cleaning(asked: CleaningTakeover) -> Computed:
    amount, rate = Fraction(asked.amount), Fraction(asked.euros_per_hour)
    part = 1 - Fraction(asked.takeover_hours_month) * rate * Fraction(asked.months) / amount
    exact = max(part, Fraction(0)) * amount / rate * Fraction(asked.insertion_percent) / 100
    why_not = None
    if part <= 0:
        why_not = NotRetained.TAKEOVER_TAKES_ALL
    elif exact < Fraction(asked.floor_hours) or not exact:
        why_not = NotRetained.BELOW_FLOOR
    euro = format_euros(asked.euros_per_hour)
    shown = format_number(_decimal(part), 4)
    steps = (
        f"1 − ({_hours(asked.takeover_hours_month)} × {euro}) ÷ "
        f"({format_euros(asked.amount)} ÷ {format_number(asked.months)}) = {shown}",
        f"{shown} × {format_euros(asked.amount)} ÷ {euro} × {_percent(asked.insertion_percent)}"
        f" = {_hours(_decimal(exact))}",
    )
    return Computed(
        ObjectiveMethod.CLEANING_TAKEOVER,
        _decimal(exact),
        Decimal(0) if why_not else round_half_up(_decimal(exact), 0),
        steps if part > 0 else steps[:1],
        retained=why_not is None,
        why_not=why_not,
        open_part=_decimal(part),
    )


def _share(method: ObjectiveMethod, exact: Fraction, step: str) -> Computed:
    hours = round_half_up(_decimal(exact), 0)
    why_not = None if hours else NotRetained.NO_HOURS
    return Computed(method, _decimal(exact), hours, (step,), retained=why_not is None, why_not=why_not)


_Check: TypeAlias = tuple[str, Callable[[Decimal], bool], CalibrationRefusal]
_R: Final = CalibrationRefusal
_CHECKS: Final[tuple[_Check, ...]] = (
    ("amount", lambda value: value > 0, _R.AMOUNT_NOT_POSITIVE),
    ("hourly_cost", lambda value: value > 0, _R.HOURLY_COST_NOT_POSITIVE),
    ("labour_percent", lambda value: 0 <= value <= _HUNDRED, _R.LABOUR_PERCENT_OUT_OF_RANGE),
    ("insertion_percent", lambda value: 0 <= value <= _HUNDRED, _R.INSERTION_PERCENT_OUT_OF_RANGE),
    ("labour_hours", lambda value: value >= 0, _R.LABOUR_HOURS_NEGATIVE),
    ("billed", lambda value: value >= 0, _R.BILLED_NEGATIVE),
    ("threshold", lambda value: value >= 0, _R.THRESHOLD_NEGATIVE),
    ("euros_per_hour", lambda value: value > 0, _R.SLICE_NOT_POSITIVE),
    ("months", lambda value: value >= 1, _R.MONTHS_BELOW_ONE),
    ("takeover_hours_month", lambda value: value >= 0, _R.TAKEOVER_HOURS_NEGATIVE),
    ("floor_hours", lambda value: value >= 0, _R.FLOOR_NEGATIVE),
)
FIELD_OF: Final[Mapping[CalibrationRefusal, str]] = {reason: field for field, _, reason in _CHECKS}
"""The input beside which a refusal is said."""


def calibration_refusals(inputs: Inputs) -> tuple[CalibrationRefusal, ...]:
    """All reasons at once; empty means that ``compute`` answers."""
    said: dict[str, Decimal] = {field.name: getattr(inputs, field.name) for field in fields(inputs)}
    if not all(value.is_finite() for value in said.values()):
        return (CalibrationRefusal.NOT_A_NUMBER,)
    if any(value and not _LEAST <= abs(value) <= _MOST for value in said.values()):
        return (CalibrationRefusal.TOO_LARGE,)
    reasons = tuple(reason for name, holds, reason in _CHECKS if name in said and not holds(said[name]))
    if not reasons and compute(inputs).exact > MOST_HOURS:
        return (CalibrationRefusal.TOO_LARGE,)
    return reasons


def to_json(inputs: Inputs) -> dict[str, str]:
    """What is kept of the inputs: the method, and each number as text."""
    kept = {field.name: str(getattr(inputs, field.name)) for field in fields(inputs)}
    return {"method": method_of(inputs).value, **kept}


def from_json(kept: Mapping[str, Any]) -> Inputs:
    """The inputs as they were kept; an input added since takes its default. Raises ValueError."""
    kind = _KINDS.get(ObjectiveMethod(kept.get("method", "")))
    if kind is None:
        raise ValueError(f"no inputs are kept for the method {kept.get('method')!r}")
    try:
        return kind(**{field.name: Decimal(kept[field.name]) for field in fields(kind) if field.name in kept})
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"not the inputs of {kind.__name__}: {dict(kept)!r}") from error


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _percent(value: Decimal) -> str:
    return f"{_bare(value)}\u00a0%"


def _hours(value: Decimal) -> str:
    return f"{_bare(value)}\u00a0h"


def _bare(value: Decimal) -> str:
    return format_number(value, 0 if value == value.to_integral_value() else 2)
