"""Words as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reference.rules import (
    Closeness,
    ReferenceRefusal,
    closeness,
    essence,
    normalise,
    rank,
    search_text,
    similarity,
    tidy_words,
    word_refusals,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ÉTAMPES ", "etampes"),
        ("St-Germain-lès-Arpajon", "saint germain les arpajon"),
        ("Ste Geneviève des Bois", "sainte genevieve des bois"),
        ("D’Huison-Longueville", "d huison longueville"),
        ("manœuvre", "manoeuvre"),
        ("ŒUVRE", "oeuvre"),
        ("", ""),
        ("!?", ""),
        ("مرحبا", ""),
    ],
)
def test_accents_case_hyphens_and_saints_do_not_count(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aide à domicile", "Aide domicile"),
        ("femmes de ménage", "femme de menage"),
        ("agent d'entretien", "Agent d’entretien"),
        ("espaces verts", "espace vert"),
        ("bureaux", "bureau"),
    ],
)
def test_small_words_and_plurals_do_not_count(one: str, other: str) -> None:
    assert essence(one) == essence(other)


def test_a_text_of_small_words_alone_keeps_them() -> None:
    assert essence("de la") == "de la"


@given(st.text())
def test_what_is_reduced_once_is_reduced_for_good(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_the_search_text_holds_each_phrase_once() -> None:
    assert search_text("Plongeur", "Plongeuse", ["plonge", "Plonge", "faire la plonge"]) == (
        "|plongeur|plongeuse|plonge|faire plonge|"
    )


@pytest.mark.parametrize(
    ("typed", "phrase", "found"),
    [
        ("menage", "menage", Closeness.EXACT),
        ("menage", "menage bureau", Closeness.PREFIX),
        ("bureau menage", "menage bureau", Closeness.WORDS),
        ("bureau", "menage bureau", Closeness.WORDS),
        ("nagement", "demenagement", Closeness.CONTAINS),
        ("jardinnier", "jardinier", Closeness.ALIKE),
        ("tri", "atri", None),
        ("macon", "nounou", None),
    ],
)
def test_how_a_phrase_answers_what_was_typed(typed: str, phrase: str, found: Closeness | None) -> None:
    assert closeness(typed, phrase) == found


def test_the_best_phrase_of_an_entry_counts() -> None:
    best = rank("menage", ["femme menage", "menage", "demenageur"])
    assert best is not None
    assert (best.word, best.unlike) == (Closeness.EXACT, 0)
    assert rank("menage", ["nounou", ""]) is None


def test_an_exact_word_ranks_before_a_beginning_before_a_likeness() -> None:
    ranks = [rank("menage", [phrase]) for phrase in ("menage", "menage bureau", "bureau menage", "menaje")]
    assert None not in ranks
    assert ranks == sorted(ranks)  # type: ignore[type-var]


@given(st.text(alphabet="abcde ", max_size=12), st.text(alphabet="abcde ", max_size=12))
def test_likeness_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, b) == similarity(b, a)


def test_words_are_tidied_and_never_twice() -> None:
    assert tidy_words(" ménage , nounou\n\nMenage\n  femme   de ménage ") == ["ménage", "nounou", "femme de ménage"]
    assert tidy_words(" , \n!") == []


def test_words_are_refused_when_none_too_many_or_too_long() -> None:
    assert word_refusals(["ménage"]) == ()
    assert word_refusals([]) == (ReferenceRefusal.NO_WORDS,)
    assert word_refusals(["x" * 61] * 31) == (ReferenceRefusal.TOO_MANY_WORDS, ReferenceRefusal.WORD_TOO_LONG)
    assert word_refusals([f"{number:060}" for number in range(30)]) == ()
