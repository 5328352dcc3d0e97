from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.criteria import Means, Tables, Travel, Weights
from matching.scoring import POINT, score_pair
from matching.tables import Distances
from tests.matching import strategies
from tests.matching.examples import (
    BRETIGNY,
    DOURDAN,
    ELSEWHERE,
    ETAMPES,
    TABLES,
    WEIGHTS,
    hours_of,
    offer,
    person,
)


def score(who, what, tables=TABLES, weights=WEIGHTS):
    return score_pair(who, what, tables, weights)


def parts(who, what):
    found = score(who, what).parts
    return {name: getattr(found, name) / POINT for name in ("trade", "travel", "grid", "skills", "french")}


def test_a_pair_worked_by_hand():
    """35 + 25 × (1 − 10/20) + 20 × 32/40 + 15 × (2×1 + 1)/(2×2 + 1) + 5/2 = 35 + 12.5 + 16 + 9 + 2.5 = 75."""
    tables = Tables(TABLES.trades, TABLES.moves, Distances.from_matrix([ETAMPES, DOURDAN], [[0, 10], [10, 0]]))
    who = person(
        travels=(Travel(Means.CAR, max_km=20.0),),
        grid=hours_of((0, 1, 3, 4), 7, 13),
        skills=frozenset({"mop", "iron"}),
        french=2,
    )
    what = offer(
        place=DOURDAN,
        grid=hours_of(range(5), 8, 12),
        required_skills=frozenset({"mop", "drive"}),
        wished_skills=frozenset({"iron"}),
        french=3,
    )
    found = score(who, what, tables)
    assert found.total == 75
    assert found.parts.total == 75 * POINT


def test_the_sum_is_rounded_half_up_once():
    """35 + 25 × (1 − 8.3/16.6) + 20 + 15 + 5 = 87.5 → 88; with one French level missing 85 stays 85."""
    tables = Tables(TABLES.trades, TABLES.moves, Distances.from_matrix([ETAMPES, DOURDAN], [[0, 8.3], [8.3, 0]]))
    who, what = person(travels=(Travel(Means.CAR, max_km=16.6),)), offer(place=DOURDAN, french=3)
    assert score(who, what, tables).total == 88
    assert score(person(travels=who.travels, french=2), what, tables).total == 85


def test_thirds_that_add_up_to_a_half_are_not_lost():
    """20 × 1/3 + 15 × 5/9 = 6.666… + 8.333… = 15 exactly, and 2.5 of French: 42.5 + 35 → 78."""
    wished = frozenset(f"skill-{number}" for number in range(9))
    who = person(grid=hours_of((0,), 8, 10), skills=frozenset(sorted(wished)[:5]), french=2)
    what = offer(grid=hours_of((0, 1, 2), 8, 10), wished_skills=wished, french=3)
    assert score(who, what).total == 78


@pytest.mark.parametrize(
    ("wanted", "offered", "points"),
    [
        (("cleaner",), "cleaner", 35),
        (("housekeeper",), "cleaner", 30),
        (("cleaner",), "home-helper", 15),
        (("home-helper",), "cleaner", 0),
        (("window-cleaner",), "cleaner", 8),
        (("gardener",), "cleaner", 0),
        (("gardener", "window-cleaner", "housekeeper"), "cleaner", 30),
        (("unheard-of",), "unheard-of", 35),
        (("unheard-of",), "cleaner", 0),
        ((), "cleaner", 0),
    ],
)
def test_points_of_the_trade(wanted, offered, points):
    assert parts(person(trades=wanted), offer(trade=offered))["trade"] == points


def test_a_near_move_never_brings_more_than_the_trade():
    weights = Weights(trade=12, same_rome=10, family=2, travel=48, grid=20, skills=15, french=5)
    assert score(person(), offer(trade="home-helper"), weights=weights).parts.trade == 12 * POINT


@pytest.mark.parametrize(
    ("limits", "points"),
    [
        ((None, 16.6), 0),
        ((None, 33.2), 12.5),
        ((83, None), 15),  # 16.6 km at 30 km/h = 33.2 minutes = 0.4 of 83
        ((83, 33.2), 12.5),
    ],
)
def test_travel_points_fall_to_nothing_at_the_limit(limits, points):
    assert parts(person(travels=(Travel(Means.CAR, *limits),)), offer(place=DOURDAN))["travel"] == pytest.approx(points)


def test_inside_the_commune_travel_brings_all_its_points():
    assert parts(person(travels=(Travel(Means.BUS, 11),)), offer())["travel"] == 25


def test_a_distance_that_is_not_known_brings_no_point():
    assert parts(person(place=ELSEWHERE), offer())["travel"] == 0


@pytest.mark.parametrize(
    ("limits", "offered", "points"),
    [
        ((None, None), 35, 20),
        ((20, 30), 20, 20),
        ((20, 30), 30, 20),
        ((20, 30), 15, 15),  # 15/20
        ((20, 24), 30, 16),  # 24/30
        ((20, None), 10, 10),
        ((20, 30), None, 20),
    ],
)
def test_hours_outside_the_wish_count_in_proportion(limits, offered, points):
    low, high = (Decimal(limit) if limit else None for limit in limits)
    what = offer(hours_week=Decimal(offered) if offered else None)
    assert parts(person(hours_min=low, hours_max=high), what)["grid"] == points


def test_slots_and_hours_multiply():
    """20 × 1/2 of the slots × 15/20 of the hours = 7.5."""
    who = person(grid=hours_of((0,), 0, 24), hours_min=Decimal(20))
    what = offer(grid=hours_of((0, 1), 8, 12), hours_week=Decimal(15))
    assert parts(who, what)["grid"] == 7.5


def test_an_unsaid_week_is_taken_as_free():
    assert parts(person(grid=0), offer(grid=hours_of(range(7), 0, 24)))["grid"] == 20


@pytest.mark.parametrize(("level", "points"), [(4, 5), (3, 5), (2, 2.5), (1, 0), (0, 0)])
def test_one_french_level_under_the_need_is_half_the_points(level, points):
    assert parts(person(french=level), offer(french=3))["french"] == points


def test_a_required_skill_counts_twice_a_wished_one():
    what = offer(
        required_skills=frozenset({"mop"}), wished_skills=frozenset({"iron"}), wished_titles=frozenset({"sst"})
    )
    assert parts(person(skills=frozenset({"mop"})), what)["skills"] == 7.5
    assert parts(person(skills=frozenset({"iron"})), what)["skills"] == 3.75
    assert parts(person(titles=frozenset({"sst"})), what)["skills"] == 3.75
    assert parts(person(), what)["skills"] == 0


def test_a_title_required_by_law_brings_no_point():
    assert parts(person(), offer(required_titles=frozenset({"advf"})))["skills"] == 15


def test_everything_right_is_a_hundred():
    assert score(person(), offer()).total == 100


def test_other_weights_make_another_score():
    weights = Weights(trade=10, same_rome=5, family=2, travel=50, grid=20, skills=15, french=5)
    assert score(person(trades=("housekeeper",)), offer(), weights=weights).total == 95


@given(strategies.one_candidate, strategies.one_offer, strategies.weights)
def test_a_score_lies_between_nothing_and_a_hundred(who, what, weights):
    assert 0 <= score(who, what, weights=weights).total <= 100


@given(strategies.one_candidate, strategies.one_offer, st.floats(0, 60), st.floats(0, 60))
def test_nearer_never_scores_lower(who, what, one, other):
    def at(km):
        distances = Distances.from_matrix([ETAMPES, DOURDAN], [[0, km], [km, 0]])
        here, there = {**_values(who), "place": ETAMPES}, {**_values(what), "place": DOURDAN}
        return score(type(who)(**here), type(what)(**there), Tables(TABLES.trades, TABLES.moves, distances))

    near, far = at(min(one, other)), at(max(one, other))
    assert near.parts.travel >= far.parts.travel
    assert near.total >= far.total


@given(strategies.one_candidate, strategies.one_offer, st.data())
def test_knowing_more_never_scores_lower(who, what, data):
    more = data.draw(
        st.sampled_from(
            [
                {"skills": who.skills | {"skill-0"}},
                {"titles": who.titles | {"title-0"}},
                {"french": min(who.french + 1, 6)},
                {"trades": (*who.trades, "cleaner")},
                {"grid": who.grid and who.grid | hours_of((2,), 8, 12)},
            ]
        )
    )
    assert score(type(who)(**{**_values(who), **more}), what).total >= score(who, what).total


@given(strategies.one_candidate, strategies.one_offer, strategies.days)
def test_the_same_profile_under_another_name_has_the_same_score(who, what, day):
    """The identifier and the waiting stand for all that sets two persons of one profile apart."""
    other = type(who)(**{**_values(who), "id": "someone-else", "waiting_since": day})
    assert score(other, what) == score(who, what)


@given(strategies.one_candidate, strategies.one_offer)
def test_another_commune_at_equal_travel_has_the_same_score(who, what):
    there = type(what)(**{**_values(what), "place": ETAMPES})
    from_dourdan, from_bretigny = (type(who)(**{**_values(who), "place": place}) for place in (DOURDAN, BRETIGNY))
    assert score(from_dourdan, there) == score(from_bretigny, there)


def _values(one):
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}
