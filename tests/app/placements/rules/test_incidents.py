"""A fact happened inside the stage, and was declared after it."""

from datetime import date

import pytest

from app.placements.rules.incidents import (
    INCIDENT_FIELDS,
    REPORTABLE,
    Declared,
    IncidentRefusal,
    declared_refusals,
)
from app.placements.rules.states import PlacementState

DAY, TODAY = date(2026, 11, 3), date(2026, 11, 5)
_R = IncidentRefusal


@pytest.mark.parametrize(
    ("declared", "reasons"),
    [
        (Declared(), ()),
        (Declared("CPAM", DAY), ()),
        (Declared("CPAM", TODAY), ()),
        (Declared("CPAM", date(2026, 11, 2)), (_R.DECLARED_BEFORE,)),
        (Declared("CPAM", date(2026, 11, 6)), (_R.DECLARED_IN_FUTURE,)),
        (Declared("CPAM"), (_R.DECLARED_WHEN,)),
        (Declared(" ", DAY), (_R.DECLARED_WHERE,)),
    ],
)
def test_a_declaration_says_where_and_when(declared: Declared, reasons: tuple[IncidentRefusal, ...]) -> None:
    assert declared_refusals(declared, DAY, TODAY) == reasons


def test_a_fact_is_noted_from_the_first_day_on_and_each_reason_has_a_field() -> None:
    begun = {PlacementState.RUNNING, PlacementState.ENDED, PlacementState.STOPPED, PlacementState.CLOSED}
    assert begun == REPORTABLE
    assert set(INCIDENT_FIELDS) == set(IncidentRefusal)
