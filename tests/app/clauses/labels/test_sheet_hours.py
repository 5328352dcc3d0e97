"""Every column and fault of a sheet of hours has its French words."""

from app.clauses.labels.sheet_hours import COLUMNS, SHEET_FAULT_WORDS
from app.clauses.rules.sheet_hours import Column, FaultKind


def test_every_column_and_fault_is_said_in_french() -> None:
    assert set(COLUMNS) == set(Column)
    assert set(SHEET_FAULT_WORDS) == set(FaultKind)
