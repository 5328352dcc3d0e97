from dataclasses import fields
from decimal import Decimal

import pytest

from matching.criteria import Candidate, Means, Travel, Weights
from tests.matching.examples import offer, person


def test_matching_cannot_know_what_must_not_count():
    """No name, sex, age, origin, address, barrier, benefit or length of unemployment: there is no field for it."""
    assert {field.name for field in fields(Candidate)} == {
        *("id", "trades", "place", "travels", "available_from", "grid", "hours_min", "hours_max"),
        *("skills", "titles", "licences", "french", "refusals", "refused_offers", "waiting_since", "eligible_until"),
    }


@pytest.mark.parametrize("limits", [(None, None), (0, None), (None, -1.0), (30, 0.0)])
def test_a_means_of_transport_needs_a_positive_limit(limits):
    with pytest.raises(ValueError, match="positive limit"):
        Travel(Means.BUS, *limits)


def test_a_means_of_transport_is_given_once():
    with pytest.raises(ValueError, match="twice"):
        person(travels=(Travel(Means.BUS, 30), Travel(Means.BUS, 45)))


@pytest.mark.parametrize("grid", [-1, 1 << 336])
def test_a_week_has_336_half_hours(grid):
    with pytest.raises(ValueError, match="336"):
        person(grid=grid)


@pytest.mark.parametrize("hours", [Decimal(0), Decimal("0.004"), Decimal("168.01")])
def test_hours_a_week_are_possible_hours(hours):
    with pytest.raises(ValueError, match="168"):
        offer(hours_week=hours)


@pytest.mark.parametrize("level", [-1, 7])
def test_a_french_level_is_one_of_seven(level):
    with pytest.raises(ValueError, match="French"):
        offer(french=level)


@pytest.mark.parametrize(
    "changes",
    [
        {"trade": 36},
        {"same_rome": 36},
        {"family": -1},
        {"travel": 26, "grid": -6, "skills": 40},
        {"speeds": {}},
        {"default_travels": ()},
    ],
)
def test_weights_that_make_no_score_are_refused(changes):
    with pytest.raises(ValueError, match=r"score|trade|speed|travelling"):
        Weights(**changes)
