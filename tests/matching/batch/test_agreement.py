"""Two paths, one truth: the columns say what the scorer of one pair says, to the last millionth."""

import numpy as np
import pytest
from hypothesis import given

from matching import filters, ranking, reasons, scoring
from matching.batch import NOBODY, Market
from matching.batch.pairs import judge
from matching.batch.sweep import Sweep
from matching.comparison import compare
from matching.criteria import Means, Travel, Weights
from tests.matching import examples, strategies
from tests.matching.examples import DOURDAN, ETAMPES, MORIGNY, TABLES, hours_of
from tests.matching.synthetic import world


def agree(people, offers, tables, weights):
    market = Market.of(people, offers, tables, weights)
    person_of, offer_of = {one.id: one for one in people}, {one.id: one for one in offers}
    for offer in offers:
        _agrees_for_an_offer(market, offer, people, person_of, tables, weights)
    for person in people:
        _agrees_for_a_person(market, person, offers, offer_of, tables, weights)
    _agrees_on_everything(market, person_of, offer_of, tables, weights)


def _agrees_for_an_offer(market, offer, people, person_of, tables, weights):
    found, truth = market.candidates_for(offer), ranking.rank_candidates(offer, people, tables, weights)
    assert [found.ids[row] for row in found.order] == [one.id for one in truth.ranked]
    millionths, _ = Sweep(market.candidates, market.codes).offer(type(market.offers).of([offer], market.codes), 0)
    for row, key in enumerate(found.ids):
        pair = compare(person_of[key], offer, tables, weights)
        score = scoring.score(pair)
        assert (int(found.scores[row]), int(millionths[row])) == (score.total, score.parts.total)
        assert filters.from_mask(int(found.exclusions[row])) == filters.exclusions(pair)


def _agrees_for_a_person(market, person, offers, offer_of, tables, weights):
    found, truth = market.offers_for(person), ranking.rank_offers(person, offers, tables, weights)
    assert [found.ids[row] for row in found.order] == [one.id for one in truth.ranked]
    alone = type(market.candidates).of([person], market.codes).take(np.zeros(len(offers), dtype=np.intp))
    parts = judge(alone, market.offers, market.codes).parts
    for row, key in enumerate(found.ids):
        pair = compare(person, offer_of[key], tables, weights)
        score = scoring.score(pair)
        assert int(found.scores[row]) == score.total
        assert scoring.Parts(*parts[:, row].tolist()) == score.parts
        assert filters.from_mask(int(found.exclusions[row])) == filters.exclusions(pair)
        assert reasons.from_code(int(found.reasons[row])) == reasons.reasons(pair)


def _agrees_on_everything(market, person_of, offer_of, tables, weights):
    count = 3
    kept = market.everything(count)
    for line, key in enumerate(kept.offer_ids):
        truth = ranking.rank_candidates(offer_of[key], person_of.values(), tables, weights).ranked[:count]
        assert _read(kept.candidates, line, kept.candidate_ids) == [(one.id, one.score.total) for one in truth]
    for line, key in enumerate(kept.candidate_ids):
        truth = ranking.rank_offers(person_of[key], offer_of.values(), tables, weights).ranked[:count]
        assert _read(kept.offers, line, kept.offer_ids) == [(one.id, one.score.total) for one in truth]
        for (offer, _), code in zip(_read(kept.offers, line, kept.offer_ids), kept.offers.reasons[line], strict=False):
            pair = compare(person_of[key], offer_of[offer], tables, weights)
            assert reasons.from_code(int(code)) == reasons.reasons(pair)


def _read(kept, line, ids):
    rows = zip(kept.rows[line].tolist(), kept.scores[line].tolist(), strict=True)
    return [(ids[row], score) for row, score in rows if row != NOBODY]


@given(strategies.people_lists, strategies.offer_lists, strategies.weights)
def test_columns_and_the_scorer_of_one_pair_agree(people, offers, weights):
    agree(people, offers, TABLES, weights)


def test_they_agree_exactly_at_the_limits():
    """Two kilometres: 18 minutes by bus, 10 by bike, 4 by car, 30 on foot: a half, nine tenths, a whole limit."""
    limits = [(Means.BUS, 20), (Means.BIKE, 20), (Means.CAR, 4), (Means.CAR, 3), (Means.FOOT, 30), (Means.FOOT, 29)]
    people = [examples.person(id=f"{means}-{most}", travels=(Travel(means, most),)) for means, most in limits]
    early = hours_of(range(5), 6, 9)
    agree(
        people,
        [examples.offer(id=place, place=place, grid=early) for place in (ETAMPES, MORIGNY, DOURDAN)],
        TABLES,
        Weights(),
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_they_agree_on_a_crowd(seed):
    crowd = world(people=150, offers=60, seed=seed)
    agree(crowd.candidates, crowd.offers, crowd.tables, Weights())
