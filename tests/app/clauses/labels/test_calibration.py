"""Every word of a calibration is there."""

from enum import Enum
from typing import Any

import pytest

from app.clauses.labels import REFUSAL_WORDS
from app.clauses.labels.calibration import LEVER_ADVICE, LEVER_REASONS, NOT_RETAINED, ROUNDING
from app.clauses.rules.calibration import CalibrationRefusal, NotRetained
from app.clauses.rules.kinds import Lever, ObjectiveMethod
from app.clauses.rules.lever import LeverReason


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (CalibrationRefusal, REFUSAL_WORDS),
        (NotRetained, NOT_RETAINED),
        (Lever, LEVER_ADVICE),
        (LeverReason, LEVER_REASONS),
    ],
)
def test_every_member_has_its_french_words(kind: type[Enum], words: Any) -> None:
    assert all(words[member].strip() for member in kind)


def test_every_computed_method_says_how_it_rounds() -> None:
    assert set(ROUNDING) == set(ObjectiveMethod) - {ObjectiveMethod.STATED}
