from datetime import timedelta

from hypothesis import given

from matching.affinity import best_offer
from matching.filters import exclusions_of
from matching.scoring import score_pair
from tests.matching import strategies
from tests.matching.examples import START, TABLES, WEIGHTS, offer, person


def test_the_best_offer_of_a_recruiter_makes_the_affinity():
    found = best_offer(person(), [offer(id="a", trade="gardener"), offer(id="b")], TABLES, WEIGHTS)
    assert found.offer is not None
    assert (found.offer.id, found.score) == ("b", 100)
    assert found.pair is not None
    assert found.pair.offer == found.offer


def test_a_recruiter_whose_offers_cannot_be_proposed_has_no_affinity():
    found = best_offer(person(available_from=START + timedelta(days=1)), [offer()], TABLES, WEIGHTS)
    assert (found.score, found.offer, found.pair) == (0, None, None)
    assert [one.id for one in found.excluded] == ["offer-1"]


def test_a_recruiter_without_an_offer_has_no_affinity():
    assert best_offer(person(), [], TABLES, WEIGHTS).score == 0


@given(strategies.one_candidate, strategies.offer_lists)
def test_the_affinity_is_the_greatest_score_among_the_offers_that_may_be_proposed(who, offers):
    open_ones = [one for one in offers if not exclusions_of(who, one, TABLES, WEIGHTS)]
    scores = [score_pair(who, one, TABLES, WEIGHTS).total for one in open_ones]
    assert best_offer(who, offers, TABLES, WEIGHTS).score == max(scores, default=0)
