"""French as people type it becomes the same tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import analysis


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Magasinier", "magasinières"),
        ("vendeur", "VENDEUSES"),
        ("conducteur", "conductrice"),
        ("électricien", "electricienne"),
        ("maçon", "maconnes"),
        ("employé", "employées"),
        ("boulanger", "boulangère"),
        ("chef d’équipe", "cheffe d'equipe"),
        ("œuvre", "oeuvres"),
        ("l’hôpital", "hopital"),
        ("jardin", "jardins"),
        ("nettoyage de bureaux", "nettoyages bureau"),
        ("e\u0301cole", "école"),
        ("ＣＤＩ", "cdi"),
        ("Week-end", "weekend"),
        ("week end", "WE"),
    ],
)
def test_two_writings_give_the_same_tokens(one: str, other: str) -> None:
    assert analysis.stems(one) == analysis.stems(other) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("magasin", "magasinier"), ("caisse", "caissier"), ("cuisine", "cuisinier"), ("garde", "gardien")],
)
def test_two_words_stay_two(one: str, other: str) -> None:
    assert analysis.stems(one) != analysis.stems(other)


def test_empty_words_and_elisions_say_nothing() -> None:
    assert analysis.stems("à la recherche d’un emploi près de l'école") == ("recherch", "emploi", "ecol")
    assert analysis.stems("aujourd'hui") == ("aujourd", "hui")
    assert analysis.stems("permis B") == ("perm", "b")


def test_words_know_where_they_were() -> None:
    words = list(analysis.words_of("Aide à l’Étude"))
    assert [(word.typed, word.plain, word.empty) for word in words] == [
        ("Aide", "aide", False),
        ("à", "a", True),
        ("l", "l", True),
        ("Étude", "etude", False),
    ]
    assert "Aide à l’Étude"[words[3].start : words[3].end] == "Étude"


def test_names_are_never_stemmed() -> None:
    assert analysis.name_tokens("N’Diaye-Sow") == ("ndiaye", "diaye", "sow")
    assert analysis.name_tokens("D'Huison  Élodie") == ("dhuison", "huison", "elodie")
    assert analysis.name_tokens("محمد") == ("محمد",)
    assert analysis.name_tokens("") == ()


@given(st.text(max_size=300))
def test_any_text_gives_tokens_without_blanks_quotes_or_colons(text: str) -> None:
    for token in (*analysis.stems(text), *analysis.name_tokens(text)):
        assert token
        assert token.replace("_", "").isalnum()
        assert len(token) <= analysis.LONGEST_TOKEN + 5


@given(st.text(alphabet="abdeéèàçœEÉ' -’", max_size=60))
def test_capitals_change_nothing(text: str) -> None:
    assert analysis.stems(text.upper()) == analysis.stems(text.lower())


def test_a_book_is_cut() -> None:
    assert len(analysis.stems("mot " * 100_000)) == analysis.LONGEST_TEXT // 4
    assert analysis.stems("x" * 5_000) == ("x" * analysis.LONGEST_TOKEN,)
