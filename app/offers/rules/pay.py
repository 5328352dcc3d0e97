"""Is the pay above the legal minimum? The SMIC is data with dates."""

from datetime import date
from decimal import Decimal
from typing import Final

from app.core.quantities import round_half_up
from app.offers.rules.states import EmploymentKind, PayPeriod

SMIC: Final[tuple[tuple[date, Decimal], ...]] = (
    (date(2024, 11, 1), Decimal("11.88")),
    (date(2026, 1, 1), Decimal("12.02")),
)
"""Gross euros an hour from each day on. To be checked against the decree, and completed, at every change."""

BELOW_IS_LEGAL: Final = frozenset(
    {EmploymentKind.APPRENTICESHIP, EmploymentKind.PROFESSIONNALISATION, EmploymentKind.INDEPENDENT}
)
"""Paid by a share of the SMIC according to age, or not by wages."""


def smic_on(day: date) -> Decimal:
    """The hourly minimum in force on a day; the first known one before the table begins."""
    return next((amount for since, amount in reversed(SMIC) if since <= day), SMIC[0][1])


def hourly(amount: Decimal, period: PayPeriod, hours_week: Decimal) -> Decimal:
    """Gross euros an hour: a month is the week × 52 ÷ 12."""
    weeks = {PayPeriod.HOUR: None, PayPeriod.MONTH: Decimal(52) / 12, PayPeriod.YEAR: Decimal(52)}[period]
    return amount if weeks is None else round_half_up(amount / (weeks * hours_week))


def monthly(amount: Decimal, period: PayPeriod, hours_week: Decimal) -> Decimal:
    """Gross euros a month for these hours."""
    match period:
        case PayPeriod.HOUR:
            return round_half_up(amount * hours_week * 52 / 12)
        case PayPeriod.YEAR:
            return round_half_up(amount / 12)
    return amount


def is_below_smic(
    amount: Decimal, period: PayPeriod, hours_week: Decimal | None, kind: EmploymentKind | None, day: date
) -> bool:
    """Is this pay under the legal minimum of that day? A monthly pay without hours cannot be judged: no."""
    if kind in BELOW_IS_LEGAL or (period is not PayPeriod.HOUR and not hours_week):
        return False
    return hourly(amount, period, hours_week or Decimal(1)) < smic_on(day)
