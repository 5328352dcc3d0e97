"""The civil day is the day in Paris, in summer and in winter."""

from datetime import UTC, date, datetime

import pytest

from app.core import clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 1, 1, 22, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_is_the_one_in_paris(instant: datetime, day: date) -> None:
    assert clock.civil_day(instant) == day
    with clock.frozen(instant):
        assert clock.today() == day
        assert clock.now() == instant


def test_a_frozen_clock_starts_again() -> None:
    with clock.frozen(date(2020, 2, 29)):
        assert clock.today() == date(2020, 2, 29)
    assert clock.now().year >= 2026
