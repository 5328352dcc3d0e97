"""What follows a stage comes after its first day, within a year."""

from datetime import date, timedelta

import pytest

from app.placements.rules.following import Follows, NextRefusal, next_refusals
from app.placements.rules.kinds import NextKind

TODAY = date(2026, 11, 5)
START = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("on", "reasons"),
    [
        (START, (NextRefusal.BEFORE,)),
        (START + timedelta(days=1), ()),
        (TODAY + timedelta(days=366), ()),
        (TODAY + timedelta(days=367), (NextRefusal.TOO_FAR,)),
    ],
)
def test_the_day_is_after_the_first_and_within_a_year(on: date, reasons: tuple[NextRefusal, ...]) -> None:
    assert next_refusals(Follows(NextKind.HIRE, on), START, TODAY) == reasons
