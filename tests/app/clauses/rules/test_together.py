"""What lots make together, and until when their hours are known."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.kinds import Frequency
from app.clauses.rules.progress import LotStanding, MonthHours
from app.clauses.rules.together import counted_months, known_until, worst

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def hours(month: date, declared: int, validated: int) -> MonthHours:
    return MonthHours(month, Decimal(declared), Decimal(validated))


def test_without_pooling_the_excess_of_a_lot_is_left_out() -> None:
    lots = [
        (Decimal(400), [hours(APRIL, 300, 300), hours(MAY, 120, 120)]),
        (Decimal(250), [hours(APRIL, 50, 50), hours(MAY, 59, 50)]),
        (Decimal(150), [hours(MAY, 150, 150)]),
    ]
    assert counted_months(lots, pooling=False) == [hours(APRIL, 350, 350), hours(MAY, 309, 300)]
    assert counted_months(lots, pooling=True) == [hours(APRIL, 350, 350), hours(MAY, 329, 320)]


@given(st.lists(st.tuples(st.integers(0, 500), st.lists(st.integers(0, 300), max_size=5)), max_size=4))
def test_what_counts_is_what_each_lot_has_done_up_to_its_objective(lots: list[tuple[int, list[int]]]) -> None:
    made = [
        (Decimal(due), [hours(date(2026, 1 + rank, 1), one, one) for rank, one in enumerate(done)])
        for due, done in lots
    ]
    assert sum(row.validated for row in counted_months(made, pooling=False)) == sum(
        min(due, sum(done)) for due, done in lots
    )
    assert sum(row.validated for row in counted_months(made, pooling=True)) == sum(sum(done) for _, done in lots)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 14), date(2026, 6, 30)),
        (date(2026, 10, 15), date(2026, 9, 30)),
        (date(2027, 1, 14), date(2026, 9, 30)),
        (date(2027, 1, 15), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_known_from_the_day_its_report_was_due(today: date, expected: date) -> None:
    assert known_until([], Frequency.QUARTERLY, 15, today) == expected


def test_hours_that_came_early_are_known() -> None:
    early = [hours(date(2026, 10, 1), 12, 0)]
    assert known_until(early, Frequency.QUARTERLY, 15, date(2026, 11, 5)) == date(2026, 10, 31)


def test_a_contract_stands_as_its_worst_lot() -> None:
    assert worst([LotStanding.REACHED, LotStanding.IN_DANGER, LotStanding.WATCH]) is LotStanding.IN_DANGER
    assert worst([LotStanding.REACHED]) is LotStanding.REACHED
    assert worst([]) is None
