import re

import pytest
from hypothesis import given

from matching.comparison import compare
from matching.criteria import Means, Travel, Words
from matching.explanation import best, for_person
from matching.explanation.french import LONGEST_FOR_PERSON, length
from matching.reasons import Side, reasons
from tests.matching import strategies
from tests.matching.examples import DOURDAN, MORIGNY, TABLES, WEIGHTS, WORDS, hours_of, offer, person


def sentences(who, what, words=WORDS):
    return [one.text.replace("\u00a0", " ") for one in for_person(compare(who, what, TABLES, WEIGHTS), words)]


def test_a_person_reads_three_reasons_the_best_first():
    who = person(travels=(Travel(Means.BIKE, 30),), skills=frozenset({"mop"}))
    what = offer(place=MORIGNY, grid=hours_of(range(5), 8, 12), required_skills=frozenset({"mop"}))
    pair = compare(who, what, TABLES, WEIGHTS)
    assert [one.text.replace("\u00a0", " ") for one in best(for_person(pair, WORDS))] == [
        "C’est un métier que vous cherchez : agent d’entretien.",
        "Les horaires vont avec vos disponibilités.",
        "Vous savez faire ce qui est demandé : laver les sols.",
    ]


def test_a_way_is_said_with_its_means():
    who = person(travels=(Travel(Means.BIKE, 30),))
    assert "C’est à environ 10 minutes de chez vous à vélo." in sentences(who, offer(place=MORIGNY))


def test_an_early_start_is_to_be_checked_by_the_person():
    who = person(travels=(Travel(Means.BUS, 90),))
    found = sentences(who, offer(place=DOURDAN, grid=hours_of(range(5), 5.5, 9)))
    assert "Le travail commence à 5 h 30, avant les premiers bus : vérifiez comment venir." in found


@pytest.mark.parametrize(
    ("placement", "said"),
    [
        (True, "Le stage est possible à partir du "),
        (False, "Le travail commence le "),
    ],
)
def test_a_stage_is_not_called_work(placement, said):
    what = offer(placement=placement)
    found = sentences(person(available_from=what.start_on), what)
    assert [one for one in found if one.startswith(said) and one.endswith("vous serez disponible.")]


def test_what_is_not_said_is_asked_for():
    who = person(available_from=None, grid=0, travels=())
    assert sentences(who, offer(grid=hours_of((0,), 8, 12)))[-3:] == [
        "Dites-nous à partir de quand vous êtes disponible.",
        "Dites-nous quels jours et à quelles heures vous êtes libre.",
        "Dites-nous comment vous vous déplacez.",
    ]


@pytest.mark.parametrize("slug", ["cleaner", "home-helper"])
def test_a_name_too_long_is_left_out(slug):
    endless = Words(trades=dict.fromkeys(TABLES.trades, "Agent " + "très " * 12 + "qualifié"))
    first = sentences(person(), offer(trade=slug), endless)[0]
    assert "qualifié" not in first
    assert length(first) <= LONGEST_FOR_PERSON


@given(strategies.one_candidate, strategies.one_offer)
def test_every_sentence_is_short_and_without_score(who, what):
    for sentence in for_person(compare(who, what, TABLES, WEIGHTS), WORDS):
        assert length(sentence.text) <= LONGEST_FOR_PERSON
        assert not re.search(r"score|point|%|/ ?100|\btu\b|\bton\b", sentence.text)
        assert sentence.side is not Side.AGAINST


@given(strategies.one_candidate, strategies.one_offer)
def test_three_good_facts_make_three_sentences(who, what):
    pair = compare(who, what, TABLES, WEIGHTS)
    good = [reason for reason in reasons(pair) if reason.side is Side.FOR]
    shown = best(for_person(pair, WORDS))
    assert [one.reason for one in shown] == good[:3]
    assert all(one.text.strip() for one in shown)
