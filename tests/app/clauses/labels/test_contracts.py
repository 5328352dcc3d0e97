"""Every refusal of contracts and lots has its own words, whatever other domains call theirs."""

from enum import Enum

import pytest

from app.clauses.labels.contracts import BAR_LOOKS, DONE, REFUSAL_WORDS, STANDING_LOOKS, STANDINGS
from app.clauses.rules.contracts import ContractRefusal
from app.clauses.rules.lots import LotRefusal
from app.clauses.rules.progress import LotStanding
from app.clauses.rules.states import ContractAction
from app.wiring import words


@pytest.mark.parametrize("reason", [*ContractRefusal, *LotRefusal])
def test_each_refusal_is_said_in_its_own_words_in_the_whole_portal(reason: Enum) -> None:
    assert words()[reason] == REFUSAL_WORDS[reason]


def test_each_standing_and_act_has_words() -> None:
    assert set(STANDINGS) == set(STANDING_LOOKS) == set(LotStanding)
    assert set(BAR_LOOKS) <= set(LotStanding)
    assert set(DONE) == set(ContractAction)
