from math import nan

import pytest

from matching.criteria import Means, Travel
from matching.trips import minutes_for, route
from tests.matching.examples import WEIGHTS


@pytest.mark.parametrize(
    ("means", "minutes"),
    [
        (Means.CAR, 12),  # 6 km ÷ 30 km/h
        (Means.BUS, 34),  # 10 + 6 ÷ 15 × 60
        (Means.BIKE, 30),  # 6 ÷ 12 × 60
        (Means.FOOT, 90),  # 6 ÷ 4 × 60
    ],
)
def test_six_kilometres_by_each_means(means, minutes):
    assert minutes_for(means, 6.0, WEIGHTS) == minutes


def test_nobody_waits_for_a_bus_inside_the_commune():
    assert minutes_for(Means.BUS, 0.0, WEIGHTS) == 0


def test_the_stricter_of_two_limits_counts():
    one = route([Travel(Means.CAR, max_minutes=40, max_km=10.0)], 8.0, WEIGHTS).best
    assert one.share == 0.8  # 16 of 40 minutes, 8 of 10 km


def test_the_means_that_takes_least_of_its_limit_is_the_best():
    ways = [Travel(Means.BUS, 60), Travel(Means.BIKE, 30), Travel(Means.FOOT, 60)]
    best = route(ways, 3.0, WEIGHTS).best
    assert (best.travel.means, best.share) == (Means.BUS, 22 / 60)


def test_whoever_has_not_said_walks_or_takes_the_bus_for_45_minutes():
    silent = route([], 6.0, WEIGHTS)
    assert not silent.said
    assert {trip.travel.means: trip.share for trip in silent.trips} == {Means.FOOT: 2.0, Means.BUS: 34 / 45}


def test_a_distance_that_is_not_known_is_no_distance():
    assert not route([Travel(Means.CAR, 30)], nan, WEIGHTS).known
