from datetime import timedelta

import pytest

from matching.criteria import Means, Travel
from matching.filters import Exclusion, exclusions_of, from_mask, mask
from tests.matching.examples import DOURDAN, ELSEWHERE, START, TABLES, WEIGHTS, offer, person


def found(who, what):
    return exclusions_of(who, what, TABLES, WEIGHTS)


def by_car(km):
    return (Travel(Means.CAR, max_km=km),)


def test_nobody_is_excluded_without_a_reason():
    assert found(person(), offer()) == ()


def test_etampes_is_too_far_from_dourdan_at_ten_kilometres_and_not_at_twenty():
    what = offer(place=DOURDAN)
    assert found(person(travels=by_car(10.0)), what) == (Exclusion.TOO_FAR,)
    assert found(person(travels=by_car(20.0)), what) == ()


@pytest.mark.parametrize(("km", "excluded"), [(16.6, False), (16.59, True)])
def test_exactly_the_maximum_distance_is_included(km, excluded):
    assert (Exclusion.TOO_FAR in found(person(travels=by_car(km)), offer(place=DOURDAN))) is excluded


@pytest.mark.parametrize(("place", "minutes", "excluded"), [("91433", 4, False), ("91433", 3, True)])
def test_exactly_the_maximum_time_is_included(place, minutes, excluded):
    """Two kilometres by car take four minutes."""
    who = person(travels=(Travel(Means.CAR, max_minutes=minutes),))
    assert (Exclusion.TOO_FAR in found(who, offer(place=place))) is excluded


def test_one_means_within_its_limit_is_enough():
    who = person(travels=(Travel(Means.FOOT, 30), Travel(Means.BUS, 90)))
    assert found(who, offer(place=DOURDAN)) == ()


def test_a_distance_that_is_not_known_excludes_nobody():
    assert found(person(place=ELSEWHERE, travels=by_car(1.0)), offer()) == ()


@pytest.mark.parametrize(("days", "excluded"), [(-1, False), (0, False), (1, True)])
def test_whoever_is_available_on_the_start_date_is_included(days, excluded):
    who = person(available_from=START + timedelta(days=days))
    assert (Exclusion.NOT_AVAILABLE in found(who, offer())) is excluded


def test_an_unknown_availability_excludes_nobody():
    assert found(person(available_from=None), offer()) == ()


@pytest.mark.parametrize(("days", "excluded"), [(-1, True), (0, False), (None, True)])
def test_a_clause_takes_people_eligible_until_the_start_date_included(days, excluded):
    who = person(eligible_until=None if days is None else START + timedelta(days=days))
    assert (Exclusion.NOT_ELIGIBLE in found(who, offer(claused=True))) is excluded
    assert found(who, offer(claused=False)) == ()


def test_what_the_job_requires_must_be_held():
    what = offer(required_licences=frozenset({"b"}), required_titles=frozenset({"advf", "sst"}))
    assert found(person(titles=frozenset({"advf"})), what) == (Exclusion.LICENCE_MISSING, Exclusion.TITLE_MISSING)
    assert found(person(titles=frozenset({"advf", "sst"}), licences=frozenset({"b"})), what) == ()


def test_a_required_skill_is_no_filter():
    assert found(person(), offer(required_skills=frozenset({"mop"}))) == ()


def test_ones_own_refusals_are_respected():
    who = person(refusals=frozenset({"height"}), refused_offers=frozenset({"offer-2"}))
    assert found(who, offer(conditions=frozenset({"height", "animals"}))) == (Exclusion.CONDITION_REFUSED,)
    assert found(who, offer(conditions=frozenset({"animals"}))) == ()
    assert found(who, offer(id="offer-2")) == (Exclusion.OFFER_REFUSED,)


@pytest.mark.parametrize(("places", "excluded"), [(1, False), (0, True), (-1, True)])
def test_an_offer_without_a_place_left_takes_nobody(places, excluded):
    assert (Exclusion.NO_PLACE_LEFT in found(person(), offer(places_left=places))) is excluded


def test_all_exclusions_are_said_at_once():
    who = person(
        travels=by_car(1.0),
        available_from=START + timedelta(days=1),
        refusals=frozenset({"height"}),
        refused_offers=frozenset({"offer-1"}),
    )
    what = offer(
        place=DOURDAN,
        claused=True,
        places_left=0,
        required_licences=frozenset({"b"}),
        required_titles=frozenset({"advf"}),
        conditions=frozenset({"height"}),
    )
    assert found(who, what) == tuple(Exclusion)


@pytest.mark.parametrize("some", [(), (Exclusion.TOO_FAR,), tuple(Exclusion)])
def test_a_mask_says_the_same_as_the_list(some):
    assert from_mask(mask(some)) == some


@pytest.mark.parametrize(("days", "excluded"), [(1, False), (20, False), (21, True)])
def test_a_stage_waits_for_whoever_is_free_before_its_last_start(days, excluded):
    what = offer(placement=True, last_start_on=START + timedelta(days=20))
    who = person(available_from=START + timedelta(days=days))
    assert (Exclusion.NOT_AVAILABLE in found(who, what)) is excluded


def test_a_last_start_before_the_first_one_changes_nothing():
    what = offer(last_start_on=START - timedelta(days=3))
    assert what.latest_start == START
    assert found(person(available_from=START), what) == ()
