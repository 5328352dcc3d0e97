"""Codes are read as people copy them."""

import itertools

import pytest

from app.accounts.rules.codes import (
    PAPER_ALPHABET,
    PAPER_LENGTH,
    SENT_ALPHABET,
    SENT_LENGTH,
    drawn,
    on_paper,
    typed_digits,
    typed_paper,
)


@pytest.mark.parametrize("typed", ["123456", "123 456", " 1 2 3 4 5 6 ", "123-456", "١٢٣٤٥٦"])
def test_a_sent_code_is_read_with_spaces_and_in_other_digits(typed: str) -> None:
    assert typed_digits(typed) == "123456"


def test_a_code_with_too_many_signs_is_never_cut_to_a_right_one() -> None:
    assert len(typed_digits("1234567")) != SENT_LENGTH
    assert len(typed_paper("ACDEFGHJK")) != PAPER_LENGTH


@pytest.mark.parametrize("typed", ["ACDE-FGHJ", "acdefghj", "acde fghj", " Acde.fghj "])
def test_a_paper_code_is_read_in_any_case_and_with_its_dash(typed: str) -> None:
    assert typed_paper(typed) == "ACDEFGHJ"


def test_a_paper_code_is_printed_in_two_halves_and_read_back() -> None:
    signs = itertools.cycle(PAPER_ALPHABET)
    code = drawn(PAPER_ALPHABET, PAPER_LENGTH, lambda _: next(signs))
    assert on_paper(code) == "ACDE-FGHJ"
    assert typed_paper(on_paper(code)) == code


def test_no_sign_of_a_paper_code_looks_like_another() -> None:
    assert not set(PAPER_ALPHABET) & set("01258BILOQSVZ")
    assert len(set(PAPER_ALPHABET)) == len(PAPER_ALPHABET)
    assert len(PAPER_ALPHABET) ** PAPER_LENGTH > 10**10
    assert len(SENT_ALPHABET) ** SENT_LENGTH == 10**6
