"""The code of a letter is copied by hand, and leads to this portal only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages.rules.short_codes import (
    ALPHABET,
    LENGTH,
    drawn_code,
    first_link,
    path_here,
    short_address,
    shown_code,
    typed_code,
)

BASE = "https://portail.example"


def test_no_sign_of_a_code_looks_like_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert set(ALPHABET).isdisjoint("0O1IlQ2Z5S8B")
    assert ALPHABET.isupper()
    assert len(ALPHABET) ** LENGTH > 10**10


@pytest.mark.parametrize(
    "typed",
    ["ACDEFGHJ", "acdefghj", "ACDE-FGHJ", " acde fghj ", "A C D E F G H J", "acde\u00a0fghj", "ACDE–FGHJ", "acde.fghj"],
)
def test_a_code_is_understood_as_people_type_it(typed: str) -> None:
    assert typed_code(typed) == "ACDEFGHJ"


@pytest.mark.parametrize(
    "typed", ["", "ACDEFGH", "ACDEFGHJK", "ACDE-FGH0", "ACDEFGHÉ", "acde/fghj", "١٢٣٤٥٦٧٨", "x" * 3000]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert typed_code(typed) is None


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_what_is_printed_reads_back(code: str) -> None:
    assert typed_code(shown_code(code)) == code
    assert typed_code(short_address(code, BASE).rsplit("/", 1)[1].lower()) == code


def test_a_drawn_code_has_as_many_signs_as_asked_of_the_alphabet() -> None:
    assert drawn_code(lambda alphabet: alphabet[3]) == ALPHABET[3] * LENGTH


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://portail.example/candidatures/12", "/candidatures/12"),
        ("https://portail.example/offres?q=nettoyage&page=2#liste", "/offres?q=nettoyage&page=2#liste"),
        ("/mon-travail", "/mon-travail"),
        ("https://portail.example/", "/"),
    ],
)
def test_an_address_of_this_portal_is_a_path(address: str, path: str) -> None:
    assert path_here(address, BASE) == path


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "http://portail.example/candidatures",
        "https:evil.example",
        "https:///evil.example",
        "https://portail.example.evil.example/x",
        "https://portail.example@evil.example/x",
        "https://portail.example//evil.example",
        "https://portail.example/\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "",
        "/a\nLocation: https://evil.example",
        "/a\tb",
        "/a b",
        "/" + "a" * 2001,
        "/l/ACDE-FGHJ",  # a code that leads to itself would turn for ever
    ],
)
def test_nothing_leads_out_of_the_portal(address: str) -> None:
    assert path_here(address, BASE) is None


@given(st.text(max_size=60))
def test_whatever_is_kept_starts_with_one_slash(address: str) -> None:
    path = path_here(address, BASE)
    assert path is None or (path.startswith("/") and path[1:2] not in {"/", "\\"} and "\\" not in path)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Répondez : https://portail.example/a/1.", "https://portail.example/a/1"),
        ("Ouvrez\nhttps://portail.example/a/1\nMerci", "https://portail.example/a/1"),
        ("https://portail.example/a (ou https://portail.example/b)", "https://portail.example/a"),
        ("Voir (https://portail.example/a)", "https://portail.example/a"),
        ("Voir https://ailleurs.example/a", None),
        ("Voir https://portail.example.evil.example/a", None),
        ("Rien à voir", None),
    ],
)
def test_the_link_of_a_text_is_the_first_of_this_portal(text: str, link: str | None) -> None:
    assert first_link(text, BASE) == link
