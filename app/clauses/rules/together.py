"""What do the lots of a contract make together, month by month, and until when are their hours known?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from app.clauses.rules.kinds import Frequency
from app.clauses.rules.periods import due_on, month_end, period_of
from app.clauses.rules.progress import LotStanding, MonthHours, Progress

_ZERO: Final = Decimal(0)
_WORST_FIRST: Final = (
    LotStanding.IN_DANGER,
    LotStanding.MISSED,
    LotStanding.WATCH,
    LotStanding.ON_TRACK,
    LotStanding.NOT_STARTED,
    LotStanding.REACHED,
)


def worst(lots: Iterable[LotStanding]) -> LotStanding | None:
    """How a contract stands: as the lot of it that stands worst. None without lots."""
    there = set(lots)
    return next((one for one in _WORST_FIRST if one in there), None)


def known_until(months: Iterable[MonthHours], frequency: Frequency, due_day: int, today: date) -> date:
    """The last day of the last period whose report was due, or of the last month of which hours are there."""
    period = period_of(today, frequency)
    while due_on(period, due_day) > today:
        period = period_of(period.first_month - timedelta(days=1), frequency)
    return max([period.last_day, *(month_end(row.month) for row in months if row.declared)])


def counted_months(lots: Iterable[tuple[Decimal, Sequence[MonthHours]]], *, pooling: bool) -> list[MonthHours]:
    """Months of several lots (objective, months). Without pooling, what passes a lot's objective is left out."""
    declared: dict[date, Decimal] = defaultdict(Decimal)
    validated: dict[date, Decimal] = defaultdict(Decimal)
    for objective, months in lots:
        rows = sorted(months, key=lambda row: row.month)
        most = None if pooling else objective
        for row, part in zip(rows, _capped([row.declared for row in rows], most), strict=True):
            declared[row.month] += part
        for row, part in zip(rows, _capped([row.validated for row in rows], most), strict=True):
            validated[row.month] += part
    return [MonthHours(month, declared[month], validated[month]) for month in sorted(declared)]


def _capped(hours: Iterable[Decimal], most: Decimal | None) -> list[Decimal]:
    total, found = _ZERO, []
    for part in hours:
        after = total + part
        found.append(part if most is None else min(after, most) - min(total, most))
        total = after
    return found


def forecast_of(lots: Iterable[Progress], *, pooling: bool) -> Decimal | None:
    """What the lots will make together at the end; None when one of them has no known end."""
    total = _ZERO
    for lot in lots:
        if lot.forecast is None:
            return None
        total += lot.forecast if pooling else min(lot.forecast, lot.objective)
    return total
