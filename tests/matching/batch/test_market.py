from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.batch import NOBODY, Market
from matching.batch import columns as column_rows
from matching.criteria import Weights
from tests.matching import strategies
from tests.matching.examples import TABLES, WEIGHTS, offer, person
from tests.matching.synthetic import make_candidate, world


def market(people, offers):
    return Market.of(people, offers, TABLES, WEIGHTS)


def same(one, other, offers, people):
    """Codes may differ from one market to another; what they answer may not."""
    for what in offers:
        ours, theirs = one.candidates_for(what), other.candidates_for(what)
        assert ours.ids == theirs.ids
        for name in ("order", "scores", "exclusions"):
            np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    for who in people:
        ours, theirs = one.offers_for(who), other.offers_for(who)
        assert ours.ids == theirs.ids
        for name in ("order", "scores", "exclusions", "reasons"):
            np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))


@given(
    strategies.people_lists,
    strategies.people_lists,
    st.frozensets(st.sampled_from(strategies.PERSON_IDS)),
    strategies.offer_lists,
)
def test_changing_some_people_is_the_same_as_building_again(people, changed, removed, offers):
    removed = removed - {one.id for one in changed}
    before = market(people, offers)
    after = before.with_candidates(changed, removed)
    now = {one.id: one for one in (*people, *changed) if one.id not in removed}
    same(after, market(now.values(), offers), offers, now.values())
    same(before, market(people, offers), offers, people)


@given(
    strategies.offer_lists,
    strategies.offer_lists,
    st.frozensets(st.sampled_from(strategies.OFFER_IDS)),
    strategies.people_lists,
)
def test_changing_some_offers_is_the_same_as_building_again(offers, changed, removed, people):
    removed = removed - {one.id for one in changed}
    after = market(people, offers).with_offers(changed, removed)
    now = {one.id: one for one in (*offers, *changed) if one.id not in removed}
    same(after, market(people, now.values()), now.values(), people)


def test_words_and_trades_nobody_knew_may_come_later():
    skills = frozenset(f"skill-{number}" for number in range(200))
    start = market([person(id="a")], [offer(id="1")])
    later = start.with_candidates([person(id="b", skills=skills, trades=("x", "y", "z", "cleaner"))])
    asking = offer(id="2", required_skills=skills, trade="z")
    found = later.with_offers([asking]).candidates_for(asking)
    assert dict(zip(found.ids, found.scores.tolist(), strict=True)) == {"a": 50, "b": 100}
    assert later.with_offers([asking]).offers_for(person(id="b", skills=skills, trades=("z",))).scores.tolist() == [
        65,
        100,
    ]


def test_blocks_make_no_difference(monkeypatch):
    crowd = world(people=90, offers=20)
    whole = Market.of(crowd.candidates, crowd.offers, crowd.tables, Weights())
    monkeypatch.setattr(column_rows, "BLOCK", 7)
    pieces = Market.of(iter(crowd.candidates), iter(crowd.offers), crowd.tables, Weights())
    same(whole, pieces, crowd.offers, crowd.candidates[:20])


def test_a_draft_offer_and_an_unknown_person_can_be_tried():
    found = market([person(id="a")], []).candidates_for(offer(id="draft"))
    assert (found.ids, found.scores.tolist()) == (("a",), [100])
    assert market([], [offer(id="1")]).offers_for(person(id="new")).scores.tolist() == [100]


def test_an_empty_market_answers():
    empty = market([], [])
    assert empty.candidates_for(offer()).order.tolist() == []
    assert empty.offers_for(person()).order.tolist() == []
    kept = empty.everything(20)
    assert (kept.candidates.rows.shape, kept.offers.rows.shape) == ((0, 20), (0, 20))


def test_fewer_than_asked_are_filled_with_nobody():
    kept = market([person(id="a"), person(id="b", available_from=None)], [offer(id="1"), offer(id="2")]).everything(3)
    assert kept.candidates.rows.tolist() == [[0, 1, NOBODY]] * 2
    assert kept.offers.rows.tolist() == [[0, 1, NOBODY]] * 2
    assert kept.offers.scores.tolist() == [[100, 100, 0]] * 2
    assert kept.offers.reasons[0, 2] == 0


def test_a_person_takes_about_two_hundred_bytes():
    crowd = world(people=2_000, offers=10)
    columns = Market.of(crowd.candidates, crowd.offers, crowd.tables, Weights()).candidates
    assert sum(array.nbytes for array in columns.arrays().values()) / 2_000 < 250


def test_the_same_profile_under_another_identifier_ranks_beside_it():
    """Only the waiting and the identifier tell two persons of one profile apart."""
    crowd = world(people=60, offers=8)
    twins = [type(one)(**{**_values(one), "id": f"{one.id}-twin"}) for one in crowd.candidates]
    both = Market.of([*crowd.candidates, *twins], crowd.offers, crowd.tables, Weights())
    for what in crowd.offers:
        found = both.candidates_for(what)
        order = [found.ids[row] for row in found.order]
        assert all(
            order.index(f"{key}-twin") - order.index(key) >= 1
            and found.scores[found.ids.index(key)] == found.scores[found.ids.index(f"{key}-twin")]
            for key in order
            if not key.endswith("-twin")
        )


@pytest.mark.parametrize("count", [1, 20])
def test_more_offers_than_a_buffer_holds(count):
    """The best of five hundred are kept, though a run does not take the offers in their order."""
    draw = Random(3)
    crowd = world(people=40, offers=500)
    people = [make_candidate(draw, f"p{row}", 500) for row in range(40)]
    one = Market.of(people, crowd.offers, crowd.tables, Weights())
    kept = one.everything(count)
    person_of = {who.id: who for who in people}
    for line, key in enumerate(kept.candidate_ids):
        best = one.offers_for(person_of[key]).order[:count].tolist()
        assert [row for row in kept.offers.rows[line].tolist() if row != NOBODY] == best


def _values(one):
    return {name: getattr(one, name) for name in type(one).__dataclass_fields__}
