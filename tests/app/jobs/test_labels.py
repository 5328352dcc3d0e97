"""The words of the page « Traitements »."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.jobs.labels import catch_up_words, counts_words, duration_words, span_words, when_words
from app.jobs.rules.due import CatchUp
from app.jobs.rules.when import When, daily, every, weekly
from app.jobs.schedule import SCHEDULE


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (every(minutes=1), "chaque minute"),
        (every(minutes=5), "toutes les 5 minutes"),
        (every(minutes=60), "chaque heure"),
        (every(seconds=90), "toutes les 90 secondes"),
        (daily("06:30"), "chaque jour à 6 h 30"),
        (daily("07:00"), "chaque jour à 7 h"),
        (weekly("monday", "07:05"), "le lundi à 7 h 05"),
    ],
)
def test_when_a_job_runs_is_said_in_words(when: When, words: str) -> None:
    assert _plain(when_words(when)) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=7), "7 jours"), (timedelta(hours=1), "1 heure"), (timedelta(minutes=90), "90 minutes"),
        (timedelta(seconds=5), "5 secondes"),
    ],
)  # fmt: skip
def test_a_span_is_said_in_its_largest_exact_unit(span: timedelta, words: str) -> None:
    assert _plain(span_words(span)) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (None, ""), (timedelta(milliseconds=20), "moins d’une seconde"), (timedelta(seconds=12), "12 secondes"),
        (timedelta(seconds=200), "3 min 20 s"),
    ],
)  # fmt: skip
def test_how_long_a_run_took_is_said_shortly(span: timedelta | None, words: str) -> None:
    assert _plain(duration_words(span)) == words


def test_what_is_made_of_missed_runs_is_said_with_its_span() -> None:
    job = replace(SCHEDULE["applications.remind"], catch_up=CatchUp.EACH, back=timedelta(days=3))
    assert _plain(catch_up_words(job)) == "un passage par jour manqué, jusqu’à 3 jours"


def test_counts_are_said_with_the_noun_of_the_row() -> None:
    remind = SCHEDULE["applications.remind"]
    assert _plain(counts_words(remind, {"count": 3})) == "3 rappels"
    assert _plain(counts_words(remind, {"sent": 2, "failed": 1, "down": 0})) == "2 envoyés, 1 en échec"
    assert counts_words(remind, {"sent": 0, "failed": 0}) == "rien à faire"
    assert counts_words(remind, {"note": "offers 12"}) == "offers 12"
    assert counts_words(remind, {}) == ""
