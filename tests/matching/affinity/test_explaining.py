from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.affinity import AffinityReason, Job, Partner, Reader, affinity, affinity_reasons, explain
from matching.reasons import Side
from tests.matching.affinity.test_likeness import AFTERNOONS, MORNINGS, job, partners
from tests.matching.examples import DOURDAN, ELSEWHERE, ETAMPES, MORIGNY, TABLES, WORDS


def pair(trained, sought, there=ETAMPES):
    return affinity(Partner(ETAMPES, trained), Partner(there, sought), TABLES)


def texts(*args, reader=Reader.TRAINER):
    return [one.text.replace("\u00a0", " ") for one in explain(pair(*args), WORDS, reader)]


def test_each_reader_is_spoken_to():
    trained, sought = (job(people=4),), (job(people=2),)
    assert texts(trained, sought)[0] == "Agent d’entretien : vous formez 4 personnes ; l’entreprise en cherche 2."
    assert (
        texts(trained, sought, reader=Reader.RECRUITER)[0]
        == "Agent d’entretien : la structure forme 4 personnes ; vous en cherchez 2."
    )
    assert (
        texts(trained, sought, reader=Reader.ORGANISER)[0]
        == "Agent d’entretien : la structure forme 4 personnes ; l’entreprise en cherche 2."
    )


@pytest.mark.parametrize(
    ("trained", "sought", "there", "text"),
    [
        (job(people=1), job(), ETAMPES, "Agent d’entretien : vous formez 1 personne ; l’entreprise en cherche 3."),
        (job(people=None), job(), ETAMPES, "Métier en commun : agent d’entretien."),
        (
            job(),
            job("housekeeper"),
            ETAMPES,
            "Même fiche métier : vous formez à « agent d’entretien », l’entreprise cherche « employé de ménage ».",
        ),
        (
            job(),
            job("home-helper"),
            ETAMPES,
            "Passage possible : vous formez à « agent d’entretien », l’entreprise cherche « aide à domicile ».",
        ),
        (
            job("window-cleaner"),
            job(),
            ETAMPES,
            "Même famille de métiers : vous formez à « window-cleaner », l’entreprise cherche « agent d’entretien ».",
        ),
        (job(), job("gardener"), ETAMPES, "Pas de métier en commun."),
        (job(), job(), ETAMPES, "Dans la même commune."),
        (job(), job(), MORIGNY, "À 2 km l’un de l’autre."),
        (job(), job(), DOURDAN, "À 17 km l’un de l’autre."),
        (job(), job(), ELSEWHERE, "Distance inconnue : à vérifier."),
        (job(), job(), ETAMPES, "Temps plein des deux côtés."),
        (job(hours_week=24), job(hours_week=24), ETAMPES, "24 h par semaine des deux côtés."),
        (
            job(hours_week=35),
            job(hours_week=20),
            ETAMPES,
            "Durées différentes : 35 h par semaine en formation, 20 h dans l’entreprise.",
        ),
        (job(hours_week=None), job(), ETAMPES, "Horaires non dits : à vérifier."),
        (job(grid=MORNINGS | AFTERNOONS), job(grid=MORNINGS), ETAMPES, "20 h sur 40 h aux mêmes horaires."),
    ],
)
def test_what_is_said(trained, sought, there, text):
    assert text in texts((trained,), (sought,), there)


def test_no_trade_in_common_speaks_against_and_hours_are_not_compared():
    found = explain(pair((job(),), (job("gardener"),)), WORDS, Reader.TRAINER)
    assert [(one.reason, one.side) for one in found] == [
        (AffinityReason.SAME_COMMUNE, Side.FOR),
        (AffinityReason.NO_TRADE, Side.AGAINST),
    ]


def test_three_jobs_in_common_are_named_at_most():
    trained = tuple(job(trade) for trade in ("cleaner", "home-helper", "gardener", "window-cleaner"))
    named = [one for one in explain(pair(trained, trained), WORDS, Reader.TRAINER) if "formez" in one.text]
    assert len(named) == 3


@given(partners, partners, st.sampled_from(list(Reader)))
def test_every_reason_has_its_sentence_in_every_voice(ours, theirs, reader):
    likeness = affinity(ours, theirs, TABLES)
    found = explain(likeness, WORDS, reader)
    assert {one.reason for one in found} == set(affinity_reasons(likeness))
    assert all(one.text.endswith(".") and "'" not in one.text for one in found)
    assert [one.reason for one in found] == sorted(one.reason for one in found)


def test_an_affinity_knows_nothing_of_people():
    assert {one.name for one in fields(Job)} == {"trade", "people", "hours_week", "grid", "place"}
    assert {one.name for one in fields(Partner)} == {"place", "jobs"}


def test_hours_are_written_as_the_french_write_them():
    assert "24,5 h par semaine des deux côtés." in texts(
        (job(hours_week=Decimal("24.5")),), (job(hours_week=Decimal("24.5")),)
    )
