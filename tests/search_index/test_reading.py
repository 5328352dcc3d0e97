"""Typed words become clauses, with the trades they name."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from search_index.documents import Kind
from search_index.engine import WordSense
from search_index.entry import name_token, trade_token
from search_index.finding import loosen
from search_index.gazetteer import Gazetteer, Town
from search_index.lexicon import Lexicon, TradeWords
from search_index.query import Query, Term
from search_index.reading import MOST_WORDS, Understood, plain_clauses, understand
from tests.search_index.samples import GAZETTEER, LEXICON, TOWNS


def nobody_knows(words: Sequence[str]) -> dict[str, WordSense]:
    return {word: WordSense() for word in words}


def never(words: Sequence[str]) -> dict[str, WordSense]:
    raise AssertionError(f"the engine was asked of {words}")


def read(words: str, kind: Kind = Kind.OFFERS, senses: object = nobody_knows) -> Understood:
    return understand(kind, Query(words=words), LEXICON, GAZETTEER, senses)  # type: ignore[arg-type]


def tokens(understood: Understood) -> list[set[str]]:
    """For each clause, the tokens that would do."""
    return [
        {term.token for group in clause for alternative in group.alternatives for term in alternative}
        for clause in understood.query.clauses or ()
    ]


@pytest.mark.parametrize(
    "words", ["ménage étampes", "femme de ménage", "permis b massy", "nounou 91300", "sans permis"]
)
def test_the_engine_is_not_asked_of_trades_and_communes(words: str) -> None:
    assert read(words, senses=never).corrections == ()


def test_a_phrase_names_its_trades() -> None:
    (clause,) = tokens(read("femme de ménage"))
    assert clause == {trade_token("agent-entretien"), trade_token("employe-menage"), "femm", "menag"}


def test_two_jobs_side_by_side_are_either_and_two_words_of_one_job_are_both() -> None:
    assert len(tokens(read("nounou maçon"))) == 1
    assert len(tokens(read("ménage repassage"))) == 2


def test_the_first_word_of_a_name_names_its_trades_unless_they_are_many() -> None:
    painters = [
        TradeWords(slug=f"p{number}", phrases=(f"Peintre en {number}", f"Peintre en {number}")) for number in "12"
    ]
    agents = [TradeWords(slug=f"a{number}", phrases=(f"Agent de {number}", "Agente")) for number in "12345"]
    lexicon = Lexicon([*painters, *agents])
    meaning = lexicon.meaning_of("peintre")
    assert meaning is not None
    assert meaning.trades == {"p1", "p2"}
    assert lexicon.meaning_of("agent de 3") is not None
    assert Lexicon([*agents[:4], replace(agents[4], phrases=("Agent", "Agent de 5"))]).meaning_of("agent") is not None
    assert Lexicon([replace(agent, phrases=agent.phrases[:1]) for agent in agents]).meaning_of("agent") is None


def test_or_means_either_even_of_one_job() -> None:
    assert len(tokens(read("ménage ou repassage"))) == 1


def test_a_postcode_beside_its_commune_is_no_word() -> None:
    understood = read("maçon massy 91300")
    assert understood.town == TOWNS["Massy"]
    assert (len(tokens(understood)), understood.words_without_place) == (1, "maçon")
    assert len(tokens(read("maçon massy 91120 Massy"))) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("garde denfan", "garde d’enfants"), ("agen d'entretien", "agent d’entretien"), ("lentretien", "entretien")],
)
def test_words_heard_as_one_are_taken_apart(typed: str, meant: str) -> None:
    assert tokens(read(typed))[0] >= tokens(read(meant))[0]


def test_words_around_a_job_are_asked_too() -> None:
    assert len(tokens(read("maçon débutant"))) == 2
    assert tokens(read("cherche un emploi de maçon")) == tokens(read("maçon"))


def test_without_licence_is_a_filter() -> None:
    for words in ("livreur sans permis", "pas de permis livreur"):
        understood = read(words)
        assert understood.query.without_licence
        assert len(tokens(understood)) == 1
    assert not read("permis b").query.without_licence


def test_names_are_looked_for_among_people_only() -> None:
    assert Term(name_token("kad"), prefix=True) in _terms(read("kad", Kind.CANDIDATES))
    assert not any(term.prefix for term in _terms(read("kad", Kind.OFFERS)))


def _terms(understood: Understood) -> set[Term]:
    clauses = understood.query.clauses or ()
    return {
        term for clause in clauses for group in clause for alternative in group.alternatives for term in alternative
    }


def test_a_place_chosen_apart_is_kept() -> None:
    from search_index.gazetteer import place_of

    chosen = place_of(TOWNS["Massy"], 5)
    understood = understand(Kind.OFFERS, Query(words="maçon étampes", place=chosen), LEXICON, GAZETTEER, nobody_knows)
    assert understood.query.place == chosen
    assert understood.town is None


def test_a_misspelt_job_is_not_taken_for_a_commune() -> None:
    lexicon = Lexicon([TradeWords(slug="caissier", phrases=("caisse",))])
    gazetteer = Gazetteer([Town(insee="91359", name="Maisse", lat=48.4, lon=2.4)])
    for typed, town in (("caise", None), ("caisse", None), ("maise", "Maisse"), ("maisse", "Maisse")):
        understood = understand(Kind.OFFERS, Query(words=typed), lexicon, gazetteer, nobody_knows)
        assert (understood.town.name if understood.town else None) == town, typed


def test_a_whole_letter_is_cut() -> None:
    understood = read("maçonnerie " + " ".join(f"mot{number}" for number in range(3000)))
    assert len(understood.query.clauses or ()) <= MOST_WORDS


def test_without_words_nothing_is_asked() -> None:
    for words in ("", "  ", "de la", "'", "emploi"):
        assert read(words, senses=never).query.clauses == ()
    assert plain_clauses("de la") == ()


def test_loosening_makes_one_clause_of_all() -> None:
    two = read("maçon débutant").query
    looser = loosen(two)
    assert looser is not None
    assert len(looser.clauses or ()) == 1
    assert loosen(looser) is None
    assert loosen(Query()) is None
