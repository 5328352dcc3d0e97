from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from matching.comparison import compare
from matching.criteria import Means, Travel
from matching.explanation import for_facilitator
from matching.reasons import reasons
from tests.matching import strategies
from tests.matching.examples import DOURDAN, ELSEWHERE, MORIGNY, TABLES, WEIGHTS, WORDS, hours_of, offer, person

MORNINGS = hours_of(range(5), 8, 12)


def sentences(who, what):
    return [one.text.replace("\u00a0", " ") for one in for_facilitator(compare(who, what, TABLES, WEIGHTS), WORDS)]


def by(means, minutes=None, km=None):
    return (Travel(means, minutes, km),)


@pytest.mark.parametrize(
    ("who", "what", "text"),
    [
        ({}, {}, "Même métier : agent d’entretien"),
        ({"trades": ("housekeeper",)}, {}, "Même fiche métier que : employé de ménage"),
        ({}, {"trade": "home-helper"}, "Passage possible depuis : agent d’entretien"),
        ({"trades": ("gardener",)}, {}, "Autre métier que ceux recherchés : jardinier"),
        ({"trades": ()}, {}, "Aucun métier recherché"),
        ({}, {}, "Dans sa commune : Étampes"),
        ({"travels": by(Means.BIKE, 30)}, {"place": MORIGNY}, "À 10 minutes à vélo"),
        (
            {"travels": by(Means.CAR, km=17.0)},
            {"place": DOURDAN},
            "À 16,6 km en voiture, pour un maximum de 17 km",
        ),
        ({}, {"grid": MORNINGS}, "Libre sur tous les horaires demandés"),
        (
            {"grid": hours_of((0, 1, 3, 4), 6, 20)},
            {"grid": MORNINGS},
            "Libre 4 matins sur 5 : pas le mercredi",
        ),
        ({}, {}, "Aucun horaire imposé"),
        ({"hours_max": Decimal(35)}, {"hours_week": Decimal(28)}, "28 h par semaine : dans ses souhaits"),
        (
            {"hours_min": Decimal(30)},
            {"hours_week": Decimal("17.5")},
            "17,5 h par semaine, au moins 30 h souhaitées",
        ),
        ({"hours_max": Decimal(24)}, {"hours_week": Decimal(35)}, "35 h par semaine, au plus 24 h souhaitées"),
        (
            {"skills": frozenset({"mop"})},
            {"required_skills": frozenset({"mop", "iron"})},
            "1 sur 2 compétences demandées : laver les sols",
        ),
        ({}, {"required_skills": frozenset({"mop", "iron"})}, "Manque : laver les sols, repasser"),
        (
            {"skills": frozenset({"mop"}), "titles": frozenset({"sst"})},
            {"wished_skills": frozenset({"mop"}), "wished_titles": frozenset({"sst"})},
            "Souhaité et acquis : laver les sols, SST",
        ),
        (
            {"titles": frozenset({"advf"})},
            {"required_titles": frozenset({"advf"})},
            "Titre obligatoire détenu : TP ADVF",
        ),
        (
            {"licences": frozenset({"b"})},
            {"required_licences": frozenset({"b"})},
            "Permis demandé, détenu : permis B",
        ),
        ({"french": 3}, {"french": 2}, "Français B1 : au-dessus du A2 demandé"),
        ({"french": 2}, {"french": 2}, "Français A2 : juste le niveau demandé"),
        ({"french": 1}, {"french": 2}, "Français A1 : un niveau sous le A2 demandé"),
        ({"french": 0}, {"french": 3}, "Français débutant : loin du B1 demandé"),
        ({}, {}, "Disponible au début, le 1er mars 2027"),
        (
            {"eligible_until": date(2028, 3, 14)},
            {"claused": True},
            "Éligible à la clause jusqu’au 14 mars 2028",
        ),
        (
            {"travels": by(Means.BUS, 90)},
            {"place": DOURDAN, "grid": hours_of(range(5), 6, 9)},
            "Premier horaire à 6 h : pas de bus avant 6 h 30, à vérifier",
        ),
        ({"available_from": None}, {}, "Date de disponibilité non dite : à vérifier"),
        ({"grid": 0}, {"grid": MORNINGS}, "Horaires possibles non dits : à vérifier"),
        ({"travels": ()}, {}, "Moyens de transport non dits, calcul à pied ou en bus : à vérifier"),
        ({"place": ELSEWHERE}, {}, "Distance inconnue : trajet à vérifier"),
    ],
)
def test_each_reason_has_its_sentence(who, what, text):
    assert text in sentences(person(**who), offer(**what))


@given(strategies.one_candidate, strategies.one_offer)
def test_no_reason_is_hidden_from_the_facilitator(who, what):
    pair = compare(who, what, TABLES, WEIGHTS)
    shown = for_facilitator(pair, WORDS)
    assert tuple(one.reason for one in shown) == reasons(pair)
    assert all(one.text.strip() for one in shown)
