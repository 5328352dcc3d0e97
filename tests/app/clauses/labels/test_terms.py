"""Every field of the terms has a name, every refusal a sentence."""

from dataclasses import fields

import pytest

from app.clauses.labels.terms import FIELDS, TERMS_REFUSALS, duration_words
from app.clauses.rules.terms import Duration, Terms, TermsRefusal


def test_every_field_and_every_refusal_has_its_words() -> None:
    assert list(FIELDS) == [item.name for item in fields(Terms)]
    assert set(TERMS_REFUSALS) == set(TermsRefusal)


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(24), "24\u00a0mois"),
        (Duration(None, True), "jusqu’à la fin du contrat"),
        (Duration(None, True, 48), "jusqu’à la fin du contrat, 48\u00a0mois au plus"),
    ],
)
def test_a_duration_in_words(duration: Duration, words: str) -> None:
    assert duration_words(duration) == words
