"""A password is hard to guess, or is refused for a reason that is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import AccountRefusal
from app.accounts.rules.common_passwords import COMMON, WORDS
from app.accounts.rules.passwords import SHORTEST, password_refusals, tidy

PERSON = ("Samia", "Benali", "samia.benali@exemple.fr", "Étampes Propreté")


@pytest.mark.parametrize(
    "password",
    [
        "trois vaches bleues nagent",
        "jardin-cuivre-lampe",
        "le chat de ma voisine",
        "Bienvenue-en-Essonne",
        "مرحبا بكم في هذا المكان",
        "Zk9#fQ2!vLp7@xWm",
        "qu’il neige à Dourdan !",
    ],
)
def test_a_long_password_of_unrelated_words_is_taken(password: str) -> None:
    assert password_refusals(password, PERSON) == ()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Zk9#fQ2!vLp7@x", AccountRefusal.PASSWORD_TOO_SHORT),
        ("", AccountRefusal.PASSWORD_TOO_SHORT),
        ("motdepasse123456", AccountRefusal.PASSWORD_COMMON),
        ("Correct Horse Battery Staple 12", AccountRefusal.PASSWORD_COMMON),
        ("P@ssw0rdP@ssw0rd", AccountRefusal.PASSWORD_COMMON),
        ("Motdepasse2024!!", AccountRefusal.PASSWORD_COMMON),
        ("Azerty-Bonjour-2026", AccountRefusal.PASSWORD_COMMON),
        ("aaaaaaaaaaaaaaaaaa", AccountRefusal.PASSWORD_REPEATS),
        ("abcabcabcabcabcabc", AccountRefusal.PASSWORD_REPEATS),
        ("été été été été été", AccountRefusal.PASSWORD_REPEATS),
        ("azertyuiopqsdfghjklm", AccountRefusal.PASSWORD_REPEATS),
        ("123456789012345", AccountRefusal.PASSWORD_REPEATS),
        ("987654321098765", AccountRefusal.PASSWORD_REPEATS),
        ("!!!!!!!!!!!!!!!!!!", AccountRefusal.PASSWORD_REPEATS),
        ("Samia Benali 1984!", AccountRefusal.PASSWORD_PERSONAL),
        ("samia.benali@exemple.fr", AccountRefusal.PASSWORD_PERSONAL),
        ("Etampes-Proprete-91", AccountRefusal.PASSWORD_PERSONAL),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(password: str, reason: AccountRefusal) -> None:
    assert password_refusals(password, PERSON) == (reason,)


def test_the_same_password_typed_on_two_keyboards_is_the_same() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert composed != decomposed
    assert tidy(composed) == tidy(decomposed)


def test_the_lists_are_written_as_they_are_compared() -> None:
    assert len(COMMON) > 100
    for word in COMMON | WORDS:
        assert word == word.lower()
        assert word.isascii()
        assert word.isalnum()


@pytest.mark.parametrize("common", sorted(COMMON))
def test_every_common_password_long_enough_is_refused(common: str) -> None:
    padded = common if len(common) >= SHORTEST else common + "0123456789"[: SHORTEST - len(common)]
    assert password_refusals(padded)


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_whatever_is_typed_gets_an_answer(password: str, personal: list[str]) -> None:
    reasons = password_refusals(password, personal)
    assert len(reasons) <= 1
    if len(tidy(password)) < SHORTEST:
        assert reasons == (AccountRefusal.PASSWORD_TOO_SHORT,)


@given(st.text(min_size=1, max_size=3), st.integers(min_value=8, max_value=30))
def test_a_short_text_said_over_and_over_is_refused(unit: str, times: int) -> None:
    assert password_refusals(unit * times)
