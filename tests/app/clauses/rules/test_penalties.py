"""Are penalties what the terms say, never negative, and waived only with a reason?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clauses.rules.kinds import PenaltyKind
from app.clauses.rules.penalties import PenaltyRefusal, late_proof, missing_hours, waiver_refusals

D = Decimal
DUE = date(2026, 10, 31)
TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MONEY = st.decimals(0, 100_000, places=2)


def test_150_missing_hours_at_200_euros_are_30_000() -> None:
    found = missing_hours(D(800), D(650), D(200))
    assert (found.kind, found.quantity, found.amount) == (PenaltyKind.MISSING_HOURS, 150, 30_000)
    assert found.inputs == {"due": "800", "validated": "650"}


@pytest.mark.parametrize(
    ("validated", "amount"), [("799.99", "2.00"), ("800", "0"), ("800.01", "0"), ("1200", "0"), ("684.75", "23050")]
)
def test_more_hours_than_due_give_nothing_back(validated: str, amount: str) -> None:
    found = missing_hours(D(800), D(validated), D(200))
    assert (found.amount, found.is_due) == (D(amount), D(amount) > 0)


def test_proofs_12_days_late_at_75_euros_are_900() -> None:
    found = late_proof(DUE, date(2026, 11, 12), D(75), today=TODAY)
    assert (found.kind, found.quantity, found.amount) == (PenaltyKind.LATE_PROOF, 12, 900)


@pytest.mark.parametrize(
    ("received", "days"),
    [(date(2026, 10, 30), 0), (date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (None, 20), (date(2026, 12, 1), 20)],
)
def test_days_count_from_the_day_after_the_notice_until_receipt_or_today(received: date | None, days: int) -> None:
    assert late_proof(DUE, received, D(75), today=TODAY).quantity == days


def test_a_notice_still_running_costs_nothing() -> None:
    assert not late_proof(DUE, None, D(75), today=DUE).is_due


def test_a_penalty_is_waived_with_a_reason() -> None:
    assert waiver_refusals(" \n") == (PenaltyRefusal.REASON_MISSING,)
    assert waiver_refusals("Chantier arrêté par le maître d’ouvrage") == ()


@given(MONEY, MONEY, MONEY)
def test_missing_hours_never_make_a_negative_penalty(due: Decimal, validated: Decimal, unit: Decimal) -> None:
    found = missing_hours(due, validated, unit)
    assert min(found.quantity, found.amount) >= 0


@given(DAYS, st.none() | DAYS, DAYS, MONEY)
def test_late_proofs_never_make_a_negative_penalty(due: date, got: date | None, today: date, unit: Decimal) -> None:
    found = late_proof(due, got, unit, today=today)
    assert 0 <= found.quantity <= max((today - due).days, 0)
    assert found.amount == found.quantity * unit
