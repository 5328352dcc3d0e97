"""A time of the day as people write it."""

from datetime import time

import pytest

from app.events.forms.setup import clock_of


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14 h 30", time(14, 30)),
        ("14h", time(14)),
        ("9:05", time(9, 5)),
        ("9.15", time(9, 15)),
        ("14\u00a0h\u00a030", time(14, 30)),
        ("24 h", None),
        ("9 h 60", None),
        ("midi", None),
        ("h 30", None),
        ("1:2:3", None),
        ("", None),
    ],
)
def test_a_time_is_read_or_is_none(typed, read):
    assert clock_of(typed) == read
