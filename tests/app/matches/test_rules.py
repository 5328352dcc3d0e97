"""Which weights may the département choose?"""

import pytest

from app.matches.rules import WeightsRefusal, weights_refusals

DEFAULT = {"trade": 35, "same_rome": 30, "family": 8, "travel": 25, "grid": 20, "skills": 15, "french": 5}


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"trade": 36}, (WeightsRefusal.NOT_A_HUNDRED,)),
        ({"trade": 25, "travel": 35}, (WeightsRefusal.RELATED_ABOVE_SAME,)),
        ({"family": 31}, (WeightsRefusal.FAMILY_ABOVE_ROME,)),
        ({"trade": 30, "travel": 30}, ()),
    ],
)
def test_five_parts_make_a_hundred_and_a_related_trade_never_beats_the_trade(
    change: dict[str, int], reasons: tuple[WeightsRefusal, ...]
) -> None:
    assert weights_refusals({**DEFAULT, **change}, in_the_past=False, taken=False) == reasons


def test_the_past_and_a_day_already_taken_are_refused_together() -> None:
    found = weights_refusals(DEFAULT, in_the_past=True, taken=True)
    assert found == (WeightsRefusal.PAST, WeightsRefusal.ALREADY_DATED)
