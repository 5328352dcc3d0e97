"""The words of refusals and of deadlines."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from app.applications import labels
from app.applications.rules import RefusalReason

TODAY = date(2026, 11, 5)


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_each_reason_has_a_kind_text_in_short_sentences(reason: RefusalReason) -> None:
    text = labels.REFUSAL_TEXTS[reason]
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        assert 2 <= len(sentence.split()) <= 15, sentence
    assert not re.search(r"refus|rejet|échec|incapable|insuffisant", text, re.I)


@pytest.mark.parametrize("words", [labels.PERSON_STATES, labels.DONE_FOR_PERSON, labels.NEXT_FOR_PERSON])
def test_what_the_person_reads_is_short(words: Mapping[object, str]) -> None:
    for text in words.values():
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(sentence.split()) <= 15, sentence


@pytest.mark.parametrize(
    ("days", "words", "look"),
    [
        (-2, "dépassé de 2\u00a0jours", "bad"),
        (-1, "dépassé de 1\u00a0jour", "bad"),
        (0, "aujourd’hui", "warn"),
        (1, "demain", "warn"),
        (2, "dans 2\u00a0jours", "warn"),
        (3, "dans 3\u00a0jours", "warn"),
        (4, "avant le 9 novembre", ""),
        (26, "avant le 1er décembre", ""),
    ],
)
def test_a_deadline_in_words(days: int, words: str, look: str) -> None:
    assert labels.deadline_words(TODAY + timedelta(days=days), TODAY) == (words, look)


def test_no_deadline_no_word() -> None:
    assert labels.deadline_words(None, TODAY) == ("", "")
