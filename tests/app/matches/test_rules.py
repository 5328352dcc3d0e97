"""Which weights may the département choose, and may people be proposed for an offer?"""

from datetime import date, timedelta

import pytest

from app.matches.rules import Standing, WeightsRefusal, standing, weights_refusals
from app.offers.rules import OfferState

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


TODAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("state", "days_left", "posts_left", "found"),
    [
        (OfferState.PUBLISHED, 1, 1, Standing.OPEN),
        (OfferState.PUBLISHED, 0, 1, Standing.OPEN),
        (OfferState.PUBLISHED, -1, 1, Standing.EXPIRED),
        (OfferState.PUBLISHED, 1, 0, Standing.FILLED),
        (OfferState.PAUSED, 1, 1, Standing.PAUSED),
        (OfferState.PAUSED, -1, 1, Standing.EXPIRED),
        (OfferState.FILLED, 1, 0, Standing.FILLED),
        (OfferState.FILLED, -1, 1, Standing.FILLED),
        (OfferState.EXPIRED, -1, 1, Standing.EXPIRED),
        (OfferState.CLOSED, 1, 1, Standing.CLOSED),
    ],
)
def test_people_are_proposed_while_the_offer_is_open_and_has_a_post(
    state: OfferState, days_left: int, posts_left: int, found: Standing
) -> None:
    until = TODAY + timedelta(days=days_left)
    assert standing(state, expires_on=until, posts_left=posts_left, today=TODAY) is found
    assert found.ranks == (found in {Standing.OPEN, Standing.PAUSED})
