"""What holds of every plan, whoever comes and goes."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matching.rotation import Changes, Participant, changed, check, plan
from tests.matching.rotation.events import events


@given(events(away=True))
def test_nobody_is_in_two_places_meets_again_is_away_or_idles_needlessly(problem):
    assert check(problem, plan(problem).meetings) == ()


@given(events(away=True))
def test_no_plan_is_above_the_proven_bound(problem):
    found = plan(problem)
    assert found.reached.key() <= found.bound.key()
    assert found.gap_percent >= 0
    assert (found.gap_percent == 0) == (found.below is None)


@given(events(most=8, most_rounds=9))
def test_when_nobody_is_away_the_bound_is_reached(problem):
    found = plan(problem)
    assert found.reached == found.bound


@given(events(away=True), st.randoms(use_true_random=False))
def test_the_same_people_in_another_order_have_the_same_plan(problem, dice):
    def mixed(values):
        return tuple(dice.sample(values, len(values)))

    other = replace(problem, seated=mixed(problem.seated), moving=mixed(problem.moving), pairs=mixed(problem.pairs))
    assert plan(other) == plan(problem)


@given(events(away=True))
def test_each_one_meets_or_rests_in_every_round_in_which_it_is_there(problem):
    found = plan(problem)
    for one in (*problem.seated, *problem.moving):
        met = [meeting.round for meeting in found.meetings if one.id in (meeting.seated, meeting.moving)]
        assert sorted([*met, *found.rests[one.id]]) == sorted(one.rounds_of(problem.rounds))


@given(events())
def test_on_a_side_that_all_may_meet_rests_differ_by_one_at_most(problem):
    free = replace(problem, pairs=tuple(replace(one, forbidden=False, seated_wishes=False) for one in problem.pairs))
    free = replace(free, pairs=tuple(replace(one, moving_wishes=False) for one in free.pairs))
    found = plan(free)
    for side in (free.seated, free.moving):
        counts = {len(found.rests[one.id]) for one in side}
        assert max(counts, default=0) - min(counts, default=0) <= 1


@st.composite
def interrupted(draw, away):
    """An event, and what happens to it at some round: people gone, people come, some meetings not held."""
    problem = draw(events(away=away))
    at = draw(st.integers(0, problem.rounds))
    before = [one for one in plan(problem).meetings if one.round < at]
    everyone = [one.id for one in (*problem.seated, *problem.moving)]
    presence = st.none() | st.frozensets(st.integers(0, 6)) if away else st.none()
    come = [
        tuple(Participant(f"{letter}new{n}", draw(presence)) for n in range(draw(st.integers(0, 2)))) for letter in "sm"
    ]
    gone = draw(st.frozensets(st.sampled_from(everyone), max_size=3)) if everyone else frozenset()
    held = tuple(one for one in before if draw(st.booleans()))
    return problem, Changes(from_round=at, held=held, gone=gone, seated=come[0], moving=come[1])


@given(interrupted(away=True))
def test_a_plan_made_anew_in_the_middle_keeps_every_rule(both):
    problem, changes = both
    rest = changed(problem, changes)
    found = plan(rest)
    assert check(rest, found.meetings) == ()
    assert found.held == changes.held
    assert all(one.round >= changes.from_round for one in found.meetings)
    assert not changes.gone & {who for one in found.meetings for who in (one.seated, one.moving)}
    pairs = [(one.seated, one.moving) for one in found.whole]
    assert len(pairs) == len(set(pairs))


@given(interrupted(away=False))
def test_a_plan_made_anew_is_optimal_when_those_who_stay_stay_to_the_end(both):
    problem, changes = both
    found = plan(changed(problem, changes))
    assert found.reached == found.bound
