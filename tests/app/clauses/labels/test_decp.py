"""Every fault, outcome and field of the official file has its French words."""

from dataclasses import fields

from app.clauses.labels.decp import DECP_FAULT_WORDS, DECP_FIELDS, FORMS, OUTCOMES
from app.clauses.rules.decp import DecpContract, DecpFaultKind, DecpForm, DecpOutcome


def test_every_word_of_the_official_file_is_said_in_french() -> None:
    assert set(DECP_FAULT_WORDS) == set(DecpFaultKind)
    assert (set(OUTCOMES), set(FORMS)) == (set(DecpOutcome), set(DecpForm))
    assert list(DECP_FIELDS) == [field.name for field in fields(DecpContract)]
