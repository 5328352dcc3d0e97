from datetime import date

import pytest
from hypothesis import given

from matching.comparison import compare
from matching.criteria import Means, Travel
from matching.explanation import why_excluded
from matching.filters import exclusions
from tests.matching import strategies
from tests.matching.examples import DOURDAN, TABLES, WEIGHTS, WORDS, offer, person


def texts(who, what):
    return [text.replace("\u00a0", " ") for _, text in why_excluded(compare(who, what, TABLES, WEIGHTS), WORDS)]


@pytest.mark.parametrize(
    ("who", "what", "text"),
    [
        ({}, {"places_left": 0}, "Plus de poste à pourvoir"),
        ({}, {"claused": True}, "Pas d’éligibilité à la clause connue au début, le 1er mars 2027"),
        (
            {"eligible_until": date(2027, 2, 28)},
            {"claused": True},
            "Éligible à la clause jusqu’au 28 février 2027, avant le début, le 1er mars 2027",
        ),
        (
            {"available_from": date(2027, 3, 15)},
            {},
            "Disponible le 15 mars 2027, après le début, le 1er mars 2027",
        ),
        ({}, {"required_licences": frozenset({"b"})}, "Permis demandé, non détenu : permis B"),
        ({}, {"required_titles": frozenset({"advf"})}, "Titre exigé par la loi, non détenu : TP ADVF"),
        (
            {"travels": (Travel(Means.CAR, max_km=10.0), Travel(Means.BIKE, 30))},
            {"place": DOURDAN},
            "Trop loin : 16,6 km en voiture, pour un maximum de 10 km",
        ),
        (
            {"travels": (Travel(Means.BUS, 45),)},
            {"place": DOURDAN},
            "Trop loin : 1 h 16 en bus, pour un maximum de 45 minutes",
        ),
        (
            {"refusals": frozenset({"height", "animals"})},
            {"conditions": frozenset({"height"})},
            "Refuse : travail en hauteur",
        ),
        ({"refused_offers": frozenset({"offer-1"})}, {}, "A déjà refusé cette offre ou y a déjà postulé"),
    ],
)
def test_each_exclusion_is_said_with_its_figures(who, what, text):
    assert texts(person(**who), offer(**what)) == [text]


@given(strategies.one_candidate, strategies.one_offer)
def test_every_exclusion_is_said(who, what):
    pair = compare(who, what, TABLES, WEIGHTS)
    assert tuple(found for found, _ in why_excluded(pair, WORDS)) == exclusions(pair)
