"""The official words and codes give the portal's kinds of clause and natures."""

import pytest

from app.clauses.rules.decp import clause_kind_of, considerations_of, nature_of
from app.clauses.rules.kinds import ClauseKind, Nature


@pytest.mark.parametrize(
    ("considerations", "kind"),
    [
        (("Clause sociale",), ClauseKind.EXECUTION_CLAUSE),
        (("Critère social",), ClauseKind.CRITERION),
        (("Clause sociale", "Critère social"), ClauseKind.CLAUSE_AND_CRITERION),
        (("Clause sociale", "Marché réservé"), ClauseKind.RESERVED_LOT),
        (("Pas de considération sociale",), ClauseKind.NONE),
        ((), ClauseKind.NONE),
    ],
)
def test_the_official_words_say_the_kind(considerations: tuple[str, ...], kind: ClauseKind) -> None:
    assert clause_kind_of(considerations) is kind


@pytest.mark.parametrize("kind", sorted(set(ClauseKind) - {ClauseKind.INSERTION_SERVICE, ClauseKind.PRIVATE_VOLUNTARY}))
def test_a_kind_written_and_read_again_is_itself(kind: ClauseKind) -> None:
    assert clause_kind_of(considerations_of(kind)) is kind


@pytest.mark.parametrize(
    ("cpv", "words", "nature"),
    [
        ("45214200", "Marché", Nature.WORKS),
        ("44000000", "", Nature.SUPPLIES),
        ("48000000", "", Nature.SUPPLIES),
        ("03000000", "", Nature.SUPPLIES),
        ("50000000", "", Nature.SERVICES),
        ("90911200", "", Nature.SERVICES),
        ("", "Concession de travaux", Nature.WORKS),
        ("", "Délégation de service public", Nature.SERVICES),
        ("", "Marché", None),
    ],
)
def test_the_division_of_the_cpv_says_the_nature(cpv: str, words: str, nature: Nature | None) -> None:
    assert nature_of(cpv, words) is nature
