"""Tiny events, where every possible plan can be looked at: is the plan the best of all, in the order of the aims?"""

from itertools import combinations, permutations

from hypothesis import given, settings

from matching.rotation import plan
from tests.matching.rotation.events import events


def _rounds(problem, at):
    """Every set of meetings that one round may hold."""
    ours = [one.id for one in problem.seated if at in one.rounds_of(problem.rounds)]
    theirs = [one.id for one in problem.moving if at in one.rounds_of(problem.rounds)]
    for count in range(min(len(ours), len(theirs), problem.tables) + 1):
        for some in combinations(ours, count):
            for others in permutations(theirs, count):
                yield list(zip(some, others, strict=True))


def _plans(problem, at=0, met=frozenset()):
    if at == problem.rounds:
        yield met
        return
    forbidden = {(one.seated, one.moving) for one in problem.pairs if one.forbidden}
    for pairs in _rounds(problem, at):
        if not any(pair in met or pair in forbidden for pair in pairs):
            yield from _plans(problem, at + 1, met | set(pairs))


def _worth(problem, met):
    """Mutual wishes, wishes of one, meetings, squares of rests (less is better), affinities."""
    said = {(one.seated, one.moving): one for one in problem.pairs}
    known = [said[pair] for pair in met if pair in said]
    wishes = [one.seated_wishes + one.moving_wishes for one in known]
    rests = [
        len(one.rounds_of(problem.rounds)) - sum(one.id in pair for pair in met)
        for one in (*problem.seated, *problem.moving)
    ]
    return (
        wishes.count(2),
        wishes.count(1),
        len(met),
        -sum(count**2 for count in rests),
        sum(one.affinity for one in known),
    )


def _best(problem):
    return max(_worth(problem, met) for met in set(_plans(problem)))


@settings(max_examples=60)
@given(events(most=3, most_rounds=2))
def test_without_absences_no_other_plan_is_better(problem):
    found = plan(problem)
    assert _worth(problem, {(one.seated, one.moving) for one in found.meetings}) == _best(problem)


@settings(max_examples=60)
@given(events(most=3, most_rounds=2, away=True))
def test_with_absences_the_best_plan_lies_between_ours_and_the_bound(problem):
    found = plan(problem)
    ours = _worth(problem, {(one.seated, one.moving) for one in found.meetings})
    assert ours == found.reached.key()
    assert ours <= _best(problem) <= found.bound.key()
