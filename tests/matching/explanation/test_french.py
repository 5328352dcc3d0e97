from datetime import date
from decimal import Decimal

import pytest

from matching.criteria import Means, Travel
from matching.explanation import french
from matching.trips import Trip

NB = "\u00a0"


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Même métier : agent d'entretien", f"Même métier{NB}: agent d’entretien"),
        ("« oui » ?", f"«{NB}oui{NB}»{NB}?"),
        ("À 12 minutes à vélo", f"À 12{NB}minutes à vélo"),
        ("pas de bus avant 6 h 30", f"pas de bus avant 6{NB}h{NB}30"),
        ("16,6 km", f"16,6{NB}km"),
        ("Libre 4 matins sur 5 : pas le mercredi", f"Libre 4{NB}matins sur 5{NB}: pas le mercredi"),
    ],
)
def test_spaces_that_must_not_break_do_not(plain, typeset):
    assert french.typeset(plain) == typeset


@pytest.mark.parametrize(
    ("name", "inside"),
    [("Agent d’entretien", "agent d’entretien"), ("Éducateur", "éducateur"), ("TP ADVF", "TP ADVF"), ("", "")],
)
def test_a_name_inside_a_sentence_loses_its_capital_unless_it_is_an_acronym(name, inside):
    assert french.name({"slug": name}, "slug") == inside


def test_a_missing_name_is_its_slug():
    assert french.name({}, "agent-entretien") == "agent-entretien"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.2, "1 minute"), (1.4, "1 minute"), (12.5, "13 minutes"), (59.6, "1 h"), (69.9, "1 h 10"), (125, "2 h 05")],
)
def test_durations(minutes, words):
    assert french.duration(minutes) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [(Decimal("35.00"), "35 h"), (Decimal("17.5"), "17,5 h"), (Decimal("151.67"), "151,67 h"), (0.5, "0,5 h")],
)
def test_hours(hours, words):
    assert french.hours(hours) == words


@pytest.mark.parametrize(("day", "words"), [(date(2027, 3, 1), "1er mars 2027"), (date(2026, 8, 31), "31 août 2026")])
def test_dates(day, words):
    assert french.on_day(day) == words


@pytest.mark.parametrize(("slot", "words"), [(12, "6 h"), (13, "6 h 30"), (0, "0 h"), (52, "2 h")])
def test_the_time_of_a_half_hour(slot, words):
    assert french.clock(slot) == words


@pytest.mark.parametrize(
    ("trip", "way", "limit"),
    [
        (Trip(Travel(Means.BIKE, 30), 12.0, 0.4), "12 minutes à vélo", "30 minutes"),
        (Trip(Travel(Means.CAR, None, 20.0), 33.2, 0.83), "16,6 km en voiture", "20 km"),
        (Trip(Travel(Means.CAR, 100, 20.0), 33.2, 0.83), "16,6 km en voiture", "20 km"),
        (Trip(Travel(Means.BUS, 90, 100.0), 76.4, 76.4 / 90), "1 h 16 en bus", "1 h 30"),
    ],
)
def test_a_way_is_said_in_the_unit_of_the_limit_it_presses_on(trip, way, limit):
    assert (french.way(trip, 16.6), french.limit(trip)) == (way, limit)


def test_a_long_wording_gives_way_to_the_short_one():
    assert french.fitting("un " * 15, "court") == "un " * 15
    assert french.fitting("un " * 16, "court") == "court"
    assert french.length(f"C’est là{NB}: voici{NB}!") == 3
