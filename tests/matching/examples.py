"""The smallest valid person, offer and tables; each test names what it changes.

Étampes and Dourdan lie 16.6 km apart in this table; Brétigny is as far from Étampes as Dourdan is.
"""

from datetime import date
from typing import Any

from matching.criteria import Candidate, Means, Offer, Tables, TradeInfo, Travel, Weights, Words
from matching.slots import FULL_WEEK
from matching.tables import Distances

ETAMPES, DOURDAN, BRETIGNY, MORIGNY, ELSEWHERE = "91223", "91200", "91103", "91433", "75056"
START = date(2027, 3, 1)
WEIGHTS = Weights()

TABLES = Tables(
    trades={
        "cleaner": TradeInfo("K2204", "cleaning"),
        "housekeeper": TradeInfo("K2204", "cleaning"),
        "window-cleaner": TradeInfo("K2203", "cleaning"),
        "home-helper": TradeInfo("K1304", "care"),
        "gardener": TradeInfo("A1203", "green"),
    },
    moves={("cleaner", "home-helper"): 15, ("window-cleaner", "gardener"): 12},
    distances=Distances.from_matrix(
        [ETAMPES, DOURDAN, BRETIGNY, MORIGNY],
        [[0, 16.6, 16.6, 2], [16.6, 0, 20, 14], [16.6, 20, 0, 15], [2, 14, 15, 0]],
    ),
)

WORDS = Words(
    trades={
        "cleaner": "Agent d’entretien",
        "housekeeper": "Employé de ménage",
        "home-helper": "Aide à domicile",
        "gardener": "Jardinier",
    },
    skills={"mop": "Laver les sols", "iron": "Repasser", "drive": "Conduire un fourgon"},
    titles={"advf": "TP ADVF", "sst": "SST"},
    licences={"b": "Permis B"},
    conditions={"height": "Travail en hauteur", "animals": "Présence d’animaux"},
    communes={ETAMPES: "Étampes", DOURDAN: "Dourdan"},
)


def person(**changes: Any) -> Candidate:
    """Wants to clean, lives in Étampes, drives up to 20 km, is free at any time since long ago."""
    values: dict[str, Any] = {
        "id": "person-1",
        "trades": ("cleaner",),
        "place": ETAMPES,
        "french": 3,
        "waiting_since": date(2026, 9, 1),
        "travels": (Travel(Means.CAR, max_km=20.0),),
        "available_from": date(2026, 9, 1),
        "grid": FULL_WEEK,
    }
    return Candidate(**{**values, **changes})


def offer(**changes: Any) -> Offer:
    """A cleaning job in Étampes that asks for nothing else."""
    values: dict[str, Any] = {"id": "offer-1", "trade": "cleaner", "place": ETAMPES, "start_on": START}
    return Offer(**{**values, **changes})


def hours_of(days: tuple[int, ...] | range, first: float, end: float) -> int:
    """A grid: on those days (Monday is 0) from one hour to another."""
    stretch = (1 << int((end - first) * 2)) - 1
    return sum(stretch << day * 48 + int(first * 2) for day in days)
