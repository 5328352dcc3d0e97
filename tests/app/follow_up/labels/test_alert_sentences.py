"""Each kind of alert says its facts in one French sentence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from app.follow_up.labels.alert_sentences import sentence, title
from app.follow_up.rules.kinds import AlertKind

ON = date(2026, 11, 5)
K = AlertKind
TOLD: list[tuple[AlertKind, Mapping[str, Any], str]] = [
    (
        K.TWO_ABSENCES,
        {"days": ["2026-10-24", "2026-10-31"], "sides": ["tutor"]},
        "Signalées par le tuteur ou la tutrice : samedi 24 octobre et samedi 31 octobre. Toujours un samedi.",
    ),
    (
        K.TWO_ABSENCES,
        {"days": ["2026-10-26", "2026-10-27", "2026-10-29"], "sides": ["person", "tutor"]},
        "Signalées par le tuteur ou la tutrice et par la personne : lundi 26 octobre, mardi 27 octobre et jeudi "
        "29 octobre.",
    ),
    (
        K.VISIT_LATE,
        {"visit": "x", "visit_kind": "month_1", "planned_on": "2026-10-20", "late_days": 9},
        "1er mois, visite : prévu le mardi 20 octobre, 16 jours de retard.",
    ),
    (
        K.NO_ANSWER,
        {"days": ["2026-11-02", "2026-11-04"]},
        "Pas de réponse le lundi 2 novembre ni le mercredi 4 novembre.",
    ),
    (K.NO_ANSWER, {"days": ["2026-11-02", "2026-11-02"]}, "Deux essais sans réponse le lundi 2 novembre."),
    (
        K.TRIAL_WITHOUT_VISIT,
        {"job": "x", "trial_ends_on": "2026-11-10", "days_left": 8},
        "L’essai finit le mardi 10 novembre, dans 5 jours. Aucune visite n’est notée pour cet emploi.",
    ),
    (
        K.TRIAL_WITHOUT_VISIT,
        {"job": "x", "trial_ends_on": "2026-11-04", "days_left": 8},
        "L’essai a fini le mercredi 4 novembre. Aucune visite n’est notée pour cet emploi.",
    ),
    (
        K.END_WITHOUT_PLAN,
        {"job": "x", "end_on": "2027-01-02", "days_left": 30},
        "Le contrat finit le samedi 2 janvier 2027, dans 58 jours. La suite n’est pas encore décidée.",
    ),
    (
        K.LOW_HOURS,
        {
            "months": ["2026-09", "2026-10"], "hours": ["100", "121.33"], "agreed": ["151.67", "151.67"],
            "percents": ["65", "79"],
        },
        "Septembre : 100 h sur 151,67 h, soit 65 % ; octobre : 121,33 h sur 151,67 h, soit 79 %.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "facts", "words"), TOLD)
def test_the_facts_are_a_sentence_with_their_dates(kind: AlertKind, facts: Mapping[str, Any], words: str) -> None:
    assert sentence(kind, facts, ON).replace("\u00a0", " ") == words


def test_every_kind_has_its_sentence() -> None:
    assert {kind for kind, _, _ in TOLD} == set(AlertKind)


@pytest.mark.parametrize(("count", "words"), [(2, "Deux absences"), (3, "Trois absences"), (10, "Dix absences")])
def test_the_title_counts_the_absences(count: int, words: str) -> None:
    assert title(K.TWO_ABSENCES, {"days": ["2026-10-24"] * count}).startswith(words)
