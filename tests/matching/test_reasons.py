from datetime import timedelta
from decimal import Decimal

import pytest

from matching.comparison import compare
from matching.criteria import Means, Travel
from matching.reasons import Reason, Side, code, from_code, reasons
from tests.matching.examples import DOURDAN, ELSEWHERE, MORIGNY, START, TABLES, WEIGHTS, hours_of, offer, person

MORNINGS = hours_of(range(5), 8, 12)
EARLY = hours_of(range(5), 6, 9)


def found(who, what):
    return reasons(compare(who, what, TABLES, WEIGHTS))


def by(means, minutes=None, km=None):
    return (Travel(means, minutes, km),)


@pytest.mark.parametrize(
    ("who", "what", "reason"),
    [
        ({}, {}, Reason.SAME_TRADE),
        ({"trades": ("housekeeper",)}, {}, Reason.SAME_ROME),
        ({}, {"trade": "home-helper"}, Reason.NEAR_MOVE),
        ({"trades": ("window-cleaner",)}, {}, Reason.SAME_FAMILY),
        ({"trades": ("gardener",)}, {}, Reason.OTHER_TRADE),
        ({}, {}, Reason.SAME_COMMUNE),
        ({"travels": by(Means.CAR, km=33.2)}, {"place": DOURDAN}, Reason.SHORT_TRIP),
        ({"travels": by(Means.CAR, km=20.0)}, {"place": DOURDAN}, Reason.FAIR_TRIP),
        ({"travels": by(Means.CAR, km=16.6)}, {"place": DOURDAN}, Reason.LONG_TRIP),
        ({"travels": by(Means.BIKE, 20)}, {"place": MORIGNY}, Reason.SHORT_TRIP),  # 10 of 20 minutes
        ({"travels": by(Means.BUS, 20)}, {"place": MORIGNY}, Reason.LONG_TRIP),  # 18 of 20 minutes
        ({"travels": ()}, {}, Reason.TRAVEL_UNKNOWN),
        ({"place": ELSEWHERE}, {}, Reason.DISTANCE_UNKNOWN),
        ({}, {"grid": MORNINGS}, Reason.ALL_SLOTS),
        ({"grid": hours_of(range(4), 8, 12)}, {"grid": MORNINGS}, Reason.MOST_SLOTS),
        ({"grid": hours_of((0,), 8, 12)}, {"grid": MORNINGS}, Reason.FEW_SLOTS),
        ({"grid": 0}, {"grid": MORNINGS}, Reason.GRID_UNKNOWN),
        ({}, {}, Reason.FREE_HOURS),
        ({"hours_max": Decimal(35)}, {"hours_week": Decimal(35)}, Reason.HOURS_FIT),
        ({"hours_min": Decimal("35.01")}, {"hours_week": Decimal(35)}, Reason.FEWER_HOURS),
        ({"hours_max": Decimal("34.99")}, {"hours_week": Decimal(35)}, Reason.MORE_HOURS),
        ({"skills": frozenset({"mop"})}, {"required_skills": frozenset({"mop"})}, Reason.ALL_REQUIRED_SKILLS),
        ({"titles": frozenset({"sst"})}, {"wished_titles": frozenset({"sst"})}, Reason.WISHED_HELD),
        ({"titles": frozenset({"advf"})}, {"required_titles": frozenset({"advf"})}, Reason.TITLE_HELD),
        ({"licences": frozenset({"b"})}, {"required_licences": frozenset({"b"})}, Reason.LICENCE_HELD),
        ({}, {}, Reason.NO_SKILL_ASKED),
        ({"french": 3}, {"french": 2}, Reason.FRENCH_ABOVE),
        ({"french": 2}, {"french": 2}, Reason.FRENCH_JUST),
        ({"french": 1}, {"french": 2}, Reason.FRENCH_UNDER),
        ({"french": 0}, {"french": 2}, Reason.FRENCH_FAR),
        ({"available_from": START}, {}, Reason.AVAILABLE),
        ({"available_from": None}, {}, Reason.AVAILABILITY_UNKNOWN),
        ({"eligible_until": START}, {"claused": True}, Reason.ELIGIBLE),
        ({"travels": by(Means.BUS, 90)}, {"place": DOURDAN, "grid": EARLY}, Reason.EARLY_START),
    ],
)
def test_each_fact_is_found(who, what, reason):
    assert reason in found(person(**who), offer(**what))


def test_a_part_of_the_required_skills_is_for_and_the_rest_against():
    who = person(skills=frozenset({"mop"}))
    both = set(found(who, offer(required_skills=frozenset({"mop", "iron"}))))
    assert {Reason.SOME_REQUIRED_SKILLS, Reason.REQUIRED_SKILLS_MISSING} <= both
    assert Reason.ALL_REQUIRED_SKILLS not in both


@pytest.mark.parametrize(
    ("travels", "place"),
    [
        (by(Means.CAR, 60), DOURDAN),
        (by(Means.BUS, 60), MORIGNY),  # 2 km: 30 minutes on foot
        (by(Means.BUS, 60), "91223"),
    ],
    ids=["by car", "on foot", "in the commune"],
)
def test_an_early_start_is_no_matter_with_a_car_or_within_walking_distance(travels, place):
    assert Reason.EARLY_START not in found(person(travels=travels), offer(place=place, grid=EARLY))


def test_an_early_start_is_to_be_checked_by_bike():
    who = person(travels=by(Means.BIKE, 90))
    assert Reason.EARLY_START in found(who, offer(place=DOURDAN, grid=EARLY))


def test_no_french_asked_is_no_reason():
    french = {Reason.FRENCH_ABOVE, Reason.FRENCH_JUST, Reason.FRENCH_UNDER, Reason.FRENCH_FAR}
    assert french.isdisjoint(found(person(french=0), offer(french=0)))


def test_reasons_for_come_first_then_against_then_to_check():
    who = person(french=1, available_from=None, eligible_until=START - timedelta(days=1))
    sides = [reason.side for reason in found(who, offer(french=3))]
    assert sides == sorted(sides, key=[Side.FOR, Side.AGAINST, Side.CHECK].index)
    assert set(sides) == set(Side)


def test_a_code_says_the_same_as_the_list():
    assert from_code(code(tuple(Reason))) == tuple(Reason)
    assert from_code(0) == ()
