"""Rests are spread by changing rounds alone, and as long as one more change would make the waits shorter."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from matching.rotation.ground import ground_of
from matching.rotation.pairing import choose
from matching.rotation.planning import _laid_out
from matching.rotation.spreading import discomfort, rests, spread_rests
from tests.matching.rotation.events import events


def waits(rounds):
    """The lengths of the runs of rounds that follow each other."""
    return [len(list(run)) for _, run in groupby(enumerate(sorted(rounds)), key=lambda one: one[1] - one[0])]


def cost(slate):
    """By its definition: each wait counts the cube of the rounds it lasts beyond the first."""
    return sum((length - 1) ** 3 for who in slate.ground.everyone for length in waits(rests(slate, who)))


@given(st.frozensets(st.integers(0, 70)))
def test_a_wait_counts_the_cube_of_the_rounds_it_lasts_beyond_the_first(rounds):
    assert discomfort(sum(1 << at for at in rounds)) == sum((length - 1) ** 3 for length in waits(rounds))


def laid_out(problem):
    ground = ground_of(problem)
    return _laid_out(ground, choose(ground).pairs)


@given(events(most=7, most_rounds=9, away=True))
def test_nobody_waits_longer_in_all_and_nothing_but_the_rounds_changes(problem):
    before, after = laid_out(problem), laid_out(problem)
    spread_rests(after)
    assert cost(after) <= cost(before)
    assert after.round_of.keys() == before.round_of.keys()
    for who in before.ground.everyone:
        assert len(rests(after, who)) == len(rests(before, who))
    for (seated, moving), at in after.round_of.items():
        assert (after.partner[seated][at], after.partner[moving][at]) == (moving, seated)
        assert after.ground.is_present(seated, at)
        assert after.ground.is_present(moving, at)
    assert after.load == [list(after.round_of.values()).count(at) for at in range(problem.rounds)]
    assert all(load <= problem.tables for load in after.load)


@given(events(most=5, most_rounds=7, away=True))
def test_no_single_change_of_rounds_would_make_the_waits_shorter(problem):
    slate = laid_out(problem)
    spread_rests(slate)
    least = cost(slate)
    for who in slate.ground.everyone:
        for busy in slate.ground.planned:
            for rest in slate.free_rounds(who):
                links, _ = slate.chain(who, busy, rest)
                other = slate.copy()
                other.change(links, busy, rest)
                assert cost(other) >= least or max(other.load) > problem.tables


@given(events(most=6, most_rounds=8, away=True))
def test_the_end_of_a_chain_is_that_of_its_meetings(problem):
    slate = laid_out(problem)
    for who in slate.ground.everyone:
        for busy in slate.ground.planned:
            for rest in slate.free_rounds(who):
                if slate.meeting_of(who, busy):
                    links, end = slate.chain(who, busy, rest)
                    found, count = slate.end_of(who, busy, rest)
                    assert found == (end if links else None)
                    assert found is None or count == len(links)
