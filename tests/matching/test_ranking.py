from datetime import date

from matching.filters import Exclusion
from matching.ranking import rank_candidates, rank_offers
from tests.matching.examples import TABLES, WEIGHTS, offer, person


def ids(ranking):
    return [row.id for row in ranking.ranked]


def test_the_best_score_comes_first():
    people = [person(id="family", trades=("window-cleaner",)), person(id="same"), person(id="none", trades=())]
    ranking = rank_candidates(offer(), people, TABLES, WEIGHTS)
    assert [(row.id, row.score.total) for row in ranking.ranked] == [("same", 100), ("family", 73), ("none", 65)]


def test_among_equals_who_has_waited_longest_comes_first_then_the_identifier():
    people = [
        person(id="c", waiting_since=date(2026, 9, 2)),
        person(id="b", waiting_since=date(2026, 9, 2)),
        person(id="z", waiting_since=date(2026, 9, 1)),
    ]
    assert ids(rank_candidates(offer(), people, TABLES, WEIGHTS)) == ["z", "b", "c"]
    assert ids(rank_candidates(offer(), reversed(people), TABLES, WEIGHTS)) == ["z", "b", "c"]


def test_scores_equal_once_rounded_are_equals():
    """Waiting decides between 93.5 and 94 points, both shown as 94."""
    wished = frozenset(f"skill-{number}" for number in range(30))
    held = sorted(wished)
    people = [
        person(id="more", skills=frozenset(held[:18]), waiting_since=date(2026, 9, 2)),  # 85 + 15 × 18/30 = 94
        person(id="less", skills=frozenset(held[:17]), waiting_since=date(2026, 9, 1)),  # 85 + 15 × 17/30 = 93.5
    ]
    ranking = rank_candidates(offer(wished_skills=wished), people, TABLES, WEIGHTS)
    assert [(row.id, row.score.total) for row in ranking.ranked] == [("less", 94), ("more", 94)]


def test_the_excluded_are_listed_apart_with_their_reasons():
    ranking = rank_candidates(offer(places_left=0), [person()], TABLES, WEIGHTS)
    assert not ranking.ranked
    assert [(row.id, row.exclusions) for row in ranking.excluded] == [("person-1", (Exclusion.NO_PLACE_LEFT,))]


def test_offers_of_equal_score_come_by_identifier():
    offers = [offer(id="b"), offer(id="a"), offer(id="c", trade="housekeeper"), offer(id="0", trade="gardener")]
    assert ids(rank_offers(person(), offers, TABLES, WEIGHTS)) == ["a", "b", "c", "0"]
