"""Which known word was meant by a mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.spelling import Shelf, closeness, nearest, resembles, slips, sound

WORDS_KNOWN = """
chauffeur chauffage magasinier magasin menage manege nettoyage electricien plombier jardinier cuisinier caissier
coiffeuse
boulanger preparateur surveillant mecanicien maison macon palaiseau massy etampes dourdan nounou
"""
KNOWN = WORDS_KNOWN.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chaufeur", "chauffeur"),
        ("magazinier", "magasinier"),
        ("menaje", "menage"),
        ("netoyage", "nettoyage"),
        ("electrisien", "electricien"),
        ("plonbier", "plombier"),
        ("jardinié", "jardinier"),
        ("kuisinier", "cuisinier"),
        ("coifeuse", "coiffeuse"),
        ("prepareteur", "preparateur"),
        ("seurveillant", "surveillant"),
        ("mecanisien", "mecanicien"),
        ("palaiso", "palaiseau"),
        ("massi", "massy"),
        ("etanpes", "etampes"),
        ("dourdant", "dourdan"),
        ("caisiser", "caissier"),
        ("xyzzy", ""),
        ("mas", ""),
        ("mai", ""),
    ],
)
def test_a_mistake_is_read_as_what_was_meant(typed: str, meant: str) -> None:
    typed = typed.replace("é", "e")
    assert nearest(typed, KNOWN)[1] == meant
    assert Shelf(KNOWN).nearest(typed)[1] == meant


def test_what_is_known_is_itself() -> None:
    assert nearest("manege", KNOWN) == (1.0, "manege")
    assert "manege" in Shelf(KNOWN)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1), ("abc", "ab", 1), ("abcd", "badc", 2), ("a", "xyz", 3)],
)
def test_slips_of_the_finger(one: str, other: str, count: int) -> None:
    assert slips(one, other, 5) == slips(other, one, 5) == count


def test_counting_slips_stops_early() -> None:
    assert slips("aaaaaaaa", "bbbbbbbb", 2) == 3
    assert slips("a", "aaaaaa", 2) == 3


@pytest.mark.parametrize(("one", "other"), [("eau", "o"), ("phare", "fare"), ("quai", "kai"), ("cerise", "serise")])
def test_what_sounds_alike_has_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


WORDS = st.text(alphabet="abcdeilmnorstu", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_closeness_is_a_share_and_symmetric(one: str, other: str) -> None:
    assert 0 <= closeness(one, other) == closeness(other, one) <= 1
    assert (closeness(one, other) == 1) == (one == other)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_a_shelf_finds_what_a_walk_along_it_finds(words: list[str], typed: str) -> None:
    """Among what resembles or sounds alike; the shelf only saves the walk."""
    near = [word for word in words if resembles(word, typed) or sound(word) == sound(typed)]
    score, found = Shelf(words).nearest(typed)
    assert score >= nearest(typed, near)[0]
    assert not found or found in words
