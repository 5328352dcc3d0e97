"""Nonsense in the address or in the boxes is no filter and no line."""

import pytest

from app.clauses.forms.decp import AcceptForm, is_social, state_of
from app.clauses.rules.decp import DecpOutcome


def test_only_numbers_of_lines_are_lines() -> None:
    assert AcceptForm.numbers(["1", "x", "-2", "٣", "12", "9999999999"]) == [1, 12]


@pytest.mark.parametrize(("raw", "state"), [("new", DecpOutcome.NEW), ("autre", None), (None, None), ("", None)])
def test_the_filter_of_states(raw: str | None, state: DecpOutcome | None) -> None:
    assert state_of(raw) is state


def test_contracts_with_a_social_consideration_unless_all_are_asked() -> None:
    assert [is_social(raw) for raw in (None, "sociales", "x", "toutes")] == [True, True, True, False]
