"""The SMIC holds from a day on, and a monthly or yearly pay is brought back to the hour."""

from datetime import date
from decimal import Decimal

import pytest

from app.offers.rules.pay import SMIC, hourly, is_below_smic, monthly, smic_on
from app.offers.rules.states import EmploymentKind, PayPeriod

DAY = date(2026, 11, 16)
H35 = Decimal(35)


def test_the_minimum_changes_on_its_day() -> None:
    assert smic_on(date(2025, 12, 31)) == Decimal("11.88")
    assert smic_on(date(2026, 1, 1)) == Decimal("12.02")
    assert smic_on(date(2000, 1, 1)) == SMIC[0][1]


def test_the_table_is_in_the_order_of_the_days() -> None:
    assert [day for day, _ in SMIC] == sorted(day for day, _ in SMIC)


@pytest.mark.parametrize(
    ("amount", "period", "hours", "below"),
    [
        ("12.02", PayPeriod.HOUR, H35, False),
        ("12.01", PayPeriod.HOUR, H35, True),
        ("1823.03", PayPeriod.MONTH, H35, False),  # the official full-time month
        ("1800", PayPeriod.MONTH, H35, True),
        ("1100", PayPeriod.MONTH, Decimal(20), False),
        ("21876.40", PayPeriod.YEAR, H35, False),
        ("21000", PayPeriod.YEAR, H35, True),
        ("1000", PayPeriod.MONTH, None, False),
    ],
)
def test_a_pay_is_compared_by_the_hour(amount: str, period: PayPeriod, hours: Decimal | None, below: bool) -> None:
    assert is_below_smic(Decimal(amount), period, hours, EmploymentKind.CDD, DAY) is below


def test_an_apprentice_may_be_paid_a_share_of_the_minimum() -> None:
    assert not is_below_smic(Decimal(900), PayPeriod.MONTH, H35, EmploymentKind.APPRENTICESHIP, DAY)


def test_a_month_is_fifty_two_weeks_out_of_twelve() -> None:
    assert monthly(Decimal("12.02"), PayPeriod.HOUR, H35) == Decimal("1823.03")
    assert hourly(Decimal("1823.03"), PayPeriod.MONTH, H35) == Decimal("12.02")
