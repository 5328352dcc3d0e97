"""Which points draw the hours of a lot or a contract: month by month done, objective, and what is forecast?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from app.clauses.rules.periods import month_end, month_of
from app.clauses.rules.progress import MonthHours
from app.core.quantities import add_months, round_half_up

_ZERO: Final = Decimal(0)
MOST_MONTHS: Final = 600


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The end of a month, or the last day of the works. Done is known (declared, validated) or forecast, never both."""

    day: date
    objective: Decimal
    declared: Decimal | None = None
    validated: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """The points, the day of the objective's steps, and the day and hours where the forecast begins (None: no end)."""

    points: tuple[CurvePoint, ...]
    objective_steps: tuple[tuple[date, Decimal], ...]
    forecast_from: tuple[date, Decimal] | None

    @property
    def highest(self) -> Decimal:
        """The largest number drawn, for the scale."""
        done = (point.declared or point.validated or point.forecast or _ZERO for point in self.points)
        return max([*done, *(hours for _, hours in self.objective_steps)], default=_ZERO)


def curve(
    months: Sequence[MonthHours],
    objective_steps: Sequence[tuple[date, Decimal]],
    *,
    starts_on: date,
    ends_on: date,
    today: date,
    forecast: Decimal | None,
) -> Curve:
    """One point a month from the first to the last of the works, the last on the last day.

    Months that have ended are known. The present month is known when hours of it are there, up to today. From there
    a straight line goes to ``forecast``, the hours at the end.
    """
    steps = tuple(sorted(objective_steps))
    origin = _origin(months, starts_on, today)
    points = []
    for day in _days(starts_on, ends_on):
        due = max((step for step in steps if step[0] <= day), default=(day, _ZERO))[1]
        if day < today or day == origin[0]:
            points.append(CurvePoint(day, due, *_sums(months, day)))
        elif forecast is not None and ends_on > origin[0]:
            ahead = (forecast - origin[1]) * (day - origin[0]).days / (ends_on - origin[0]).days
            points.append(CurvePoint(day, due, forecast=round_half_up(origin[1] + ahead)))
        else:
            points.append(CurvePoint(day, due))
    begins = origin if forecast is not None and ends_on > origin[0] else None
    return Curve(tuple(points), steps, begins)


def _days(starts_on: date, ends_on: date) -> list[date]:
    first = month_of(starts_on)
    count = (ends_on.year - first.year) * 12 + ends_on.month - first.month + 1
    return [min(month_end(add_months(first, rank)), ends_on) for rank in range(min(max(count, 0), MOST_MONTHS))]


def _sums(months: Sequence[MonthHours], day: date) -> tuple[Decimal, Decimal]:
    known = [row for row in months if row.month <= day]
    return sum((row.declared for row in known), _ZERO), sum((row.validated for row in known), _ZERO)


def _origin(months: Sequence[MonthHours], starts_on: date, today: date) -> tuple[date, Decimal]:
    """Today when hours of this month are there, else the end of the month before, never before the works start."""
    present = any(row.month == month_of(today) and (row.declared or row.validated) for row in months)
    before = date.fromordinal(month_of(today).toordinal() - 1)
    day = max(today if present else before, starts_on)
    return day, _sums(months, today)[1]
