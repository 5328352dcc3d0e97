from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.affinity import AffinityWeights, Job, Partner, affinity
from matching.criteria import Tables
from matching.tables import Distances
from tests.matching import strategies
from tests.matching.examples import DOURDAN, ELSEWHERE, ETAMPES, TABLES, hours_of

MORNINGS, AFTERNOONS = hours_of(range(5), 8, 12), hours_of(range(5), 14, 18)
NO_MOVES = Tables(TABLES.trades, {}, TABLES.distances)


def job(trade="cleaner", people=3, hours_week=35, **values):
    return Job(trade=trade, people=people, hours_week=hours_week and Decimal(hours_week), **values)


def score(trained, sought, there=ETAMPES, tables=TABLES):
    return affinity(Partner(ETAMPES, trained), Partner(there, sought), tables).score


jobs = st.builds(
    Job,
    trade=strategies.trades,
    people=st.none() | st.integers(1, 5),
    hours_week=strategies.hours,
    grid=st.sampled_from([0, MORNINGS, AFTERNOONS, MORNINGS | AFTERNOONS]),
    place=st.none() | strategies.places,
)
partners = st.builds(Partner, strategies.places, st.lists(jobs, max_size=3).map(tuple))


def test_the_same_job_at_the_same_place_and_hours_for_three_people_is_a_hundred():
    assert score((job(),), (job(),)) == 100


@pytest.mark.parametrize(
    ("trained", "sought", "points"),
    [
        ("cleaner", "cleaner", 100),
        ("cleaner", "housekeeper", 91),  # 60 × 30/35 = 51.4 instead of 60
        ("cleaner", "home-helper", 66),  # 60 × 15/35 = 25.7
        ("cleaner", "window-cleaner", 54),  # 60 × 8/35 = 13.7
        ("home-helper", "cleaner", 15),  # the move goes one way; what is left is nearness
        ("cleaner", "gardener", 15),
    ],
)
def test_points_of_the_trade(trained, sought, points):
    assert score((job(trained),), (job(sought),)) == points


@pytest.mark.parametrize(("trained", "sought", "points"), [(3, 9, 100), (2, 9, 97), (9, 1, 93), (None, None, 93)])
def test_the_people_who_could_be_hired_count_up_to_three(trained, sought, points):
    assert score((job(people=trained),), (job(people=sought),)) == points


@pytest.mark.parametrize(
    ("ours", "theirs", "points"),
    [(35, 35, 100), (35, 28, 97), (28, 35, 97), (None, 35, 93), (None, None, 93)],  # 15 × 28/35 = 12; 7.5 when not said
)
def test_the_shorter_week_counts_beside_the_longer(ours, theirs, points):
    assert score((job(hours_week=ours),), (job(hours_week=theirs),)) == points


def test_half_the_hours_in_common_are_half_the_points():
    """100 - 7.5, half up."""
    whole = job(grid=MORNINGS | AFTERNOONS)
    assert score((whole,), (job(grid=MORNINGS),)) == 93
    assert score((job(grid=MORNINGS),), (job(grid=AFTERNOONS),)) == 85


@pytest.mark.parametrize(("km", "points"), [(0, 100), (5, 100), (22.5, 93), (40, 85), (300, 85)])
def test_nearness_counts_whole_to_five_kilometres_and_nothing_from_forty_on(km, points):
    tables = Tables(TABLES.trades, {}, Distances.from_matrix([ETAMPES, DOURDAN], [[0, km], [km, 0]]))
    assert score((job(),), (job(),), DOURDAN, tables) == points


def test_a_distance_that_is_not_known_brings_no_point():
    assert score((job(),), (job(),), ELSEWHERE) == 85


def test_a_job_has_its_own_place():
    assert score((job(),), (job(place=ETAMPES),), ELSEWHERE) == 100


def test_without_jobs_only_nearness_counts():
    assert score((), ()) == 15
    assert score((job(),), ()) == 15
    assert score((), (job(),), ELSEWHERE) == 0


def test_each_job_trained_for_is_named_with_the_post_that_suits_it_best():
    trained = job("cleaner"), job("gardener")
    found = affinity(Partner(ETAMPES, trained), Partner(ETAMPES, (job("housekeeper"), job("cleaner"))), TABLES)
    assert [(one.trained.trade, one.sought.trade) for one in found.common] == [("cleaner", "cleaner")]


@given(partners, partners)
def test_an_affinity_lies_between_nothing_and_a_hundred(ours, theirs):
    assert 0 <= affinity(ours, theirs, TABLES).score <= 100


@given(partners, partners)
def test_where_no_move_has_a_direction_who_trains_and_who_recruits_may_be_swapped(ours, theirs):
    assert affinity(ours, theirs, NO_MOVES).score == affinity(theirs, ours, NO_MOVES).score


@given(partners, partners, jobs)
def test_one_job_more_never_lowers_the_affinity(ours, theirs, more):
    before = affinity(ours, theirs, TABLES).score
    assert affinity(replace(ours, jobs=(*ours.jobs, more)), theirs, TABLES).score >= before
    assert affinity(ours, replace(theirs, jobs=(*theirs.jobs, more)), TABLES).score >= before


@given(jobs, jobs, st.integers(1, 5))
def test_more_people_never_lower_the_affinity(ours, theirs, more):
    many = replace(ours, people=(ours.people or 1) + more)
    assert score((many,), (theirs,)) >= score((ours,), (theirs,))


@given(partners, partners, st.floats(0, 80), st.floats(0, 80))
def test_nearer_never_scores_lower(ours, theirs, one, other):
    def at(km):
        tables = Tables(TABLES.trades, TABLES.moves, Distances.from_matrix([ETAMPES, DOURDAN], [[0, km], [km, 0]]))
        here, there = (
            replace(side, place=place, jobs=tuple(replace(one, place=None) for one in side.jobs))
            for side, place in ((ours, ETAMPES), (theirs, DOURDAN))
        )
        return affinity(here, there, tables).score

    assert at(min(one, other)) >= at(max(one, other))


@given(partners, partners)
def test_the_order_of_jobs_does_not_matter(ours, theirs):
    turned = replace(ours, jobs=ours.jobs[::-1]), replace(theirs, jobs=theirs.jobs[::-1])
    assert affinity(*turned, TABLES).score == affinity(ours, theirs, TABLES).score


def test_other_weights_make_another_affinity():
    weights = AffinityWeights(trade=20, people=10, hours=10, distance=60)
    assert affinity(Partner(ETAMPES), Partner(ETAMPES), TABLES, weights).score == 60


def test_what_makes_no_sense_is_an_error():
    for wrong in ({"trade": 61}, {"trade": -1, "people": 71}, {"near_km": 50.0}, {"enough_people": 0}):
        with pytest.raises(ValueError):
            AffinityWeights(**wrong)
    for wrong in ({"people": 0}, {"hours_week": Decimal(169)}, {"grid": 1 << 336}):
        with pytest.raises(ValueError):
            Job(trade="cleaner", **wrong)
