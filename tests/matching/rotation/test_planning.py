import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matching.rotation import Aim, Meeting, Pair, Participant, check, plan, timetable
from tests.matching.rotation.events import event, forbid, made_up, side, wish


def waits(rests):
    """The longest stretch of rounds without a meeting."""
    return max((sum(1 for _ in run) for run in _runs(rests)), default=0)


def _runs(rests):
    runs, last = [], None
    for at in rests:
        runs = [*runs[:-1], [*runs[-1], at]] if last is not None and at == last + 1 else [*runs, [at]]
        last = at
    return runs


def test_twelve_by_twelve_all_meet_and_nobody_idles():
    problem = event(12, 12, rounds=12, tables=12)
    found = plan(problem)
    assert not check(problem, found.meetings)
    assert len(found.meetings) == len({(one.seated, one.moving) for one in found.meetings}) == 144
    assert not any(found.rests.values())
    assert found.gap_percent == 0
    assert timetable(datetime(2027, 3, 1, 9, tzinfo=UTC), 12, round_minutes=10, change_minutes=2).minutes == 142


def test_twelve_by_nine_each_of_the_twelve_rests_three_times_and_never_long():
    problem = event(12, 9, rounds=12, tables=12)
    found = plan(problem)
    assert not check(problem, found.meetings)
    assert len(found.meetings) == 108
    assert [len(found.rests[one.id]) for one in problem.seated] == [3] * 12
    assert [len(found.rests[one.id]) for one in problem.moving] == [0] * 9
    assert all(waits(rests) < 3 for rests in found.rests.values())


def test_nine_by_twelve_is_the_same_from_the_other_side():
    found = plan(event(9, 12, rounds=12, tables=9))
    assert len(found.meetings) == 108
    assert Counter(len(rests) for rests in found.rests.values()) == {0: 9, 3: 12}


def test_sixty_by_forty_reaches_the_bound_with_wishes_and_refusals():
    problem = made_up(60, 40, rounds=12, tables=40)
    found = plan(problem)
    assert not check(problem, found.meetings)
    assert len(found.meetings) == 480
    assert found.below is None
    assert found.reached == found.bound
    assert {len(found.rests[one.id]) for one in problem.seated} == {4}
    assert all(waits(rests) < 3 for rests in found.rests.values())


def test_a_wish_of_both_comes_before_wishes_of_one_and_before_affinity():
    """One round, one table, three pairs."""
    pairs = [wish(0, 0, affinity=0), Pair("s00", "m01", 100, seated_wishes=True), Pair("s01", "m00", 100)]
    found = plan(event(2, 2, rounds=1, tables=1, pairs=pairs))
    assert found.meetings == (Meeting(0, 1, "s00", "m00"),)
    assert (found.wishes_met, found.wishes_possible) == (1, 2)


def test_two_wishes_of_one_do_not_outweigh_one_of_both():
    pairs = [wish(0, 0), Pair("s00", "m01", moving_wishes=True), Pair("s01", "m00", seated_wishes=True)]
    found = plan(event(2, 2, rounds=1, tables=2, pairs=pairs))
    assert ("s00", "m00") in {(one.seated, one.moving) for one in found.meetings}


def test_among_equal_plans_the_affinity_decides():
    pairs = [Pair("s00", "m00", 60), Pair("s01", "m01", 60), Pair("s00", "m01", 61), Pair("s01", "m00", 58)]
    found = plan(event(2, 2, rounds=1, tables=2, pairs=pairs))
    assert found.reached.affinity == found.bound.affinity == 120


def test_rests_are_shared_before_affinity_is_looked_at():
    """Three seated, one moving, three rounds: each meets it once, however little two of them suit."""
    found = plan(event(3, 1, rounds=3, tables=3, pairs=[Pair("s00", "m00", 100)]))
    assert {len(found.rests[one]) for one in ("s00", "s01", "s02")} == {2}


def test_rests_are_not_shared_at_the_cost_of_a_wish():
    """Two rounds, one table: s00 wishes to meet both, s01 rests twice."""
    found = plan(event(2, 2, rounds=2, tables=1, pairs=[wish(0, 0), wish(0, 1)]))
    assert found.rests["s01"] == (0, 1)
    assert found.reached.mutual == 2


def test_more_seated_than_tables_all_the_same_meet_equally_often():
    problem = event(6, 6, rounds=6, tables=3)
    found = plan(problem)
    assert not check(problem, found.meetings)
    assert len(found.meetings) == 18
    assert {len(rests) for rests in found.rests.values()} == {3}
    assert found.gap_percent == 0


@pytest.mark.parametrize(
    "problem",
    [
        event(0, 5, rounds=3, tables=3),
        event(5, 0, rounds=3, tables=3),
        event(0, 0, rounds=3, tables=3),
        event(3, 3, rounds=0, tables=3),
        event(3, 3, rounds=3, tables=0),
        event(2, 2, rounds=3, tables=2, pairs=[forbid(a, b) for a in range(2) for b in range(2)]),
        event(side("s", 1, {0: frozenset()}), 2, rounds=3, tables=2),
        event(side("s", 1, {0: frozenset({0})}), side("m", 1, {0: frozenset({1})}), rounds=2, tables=1),
        event(2, 2, rounds=3, tables=2, first_round=3),
    ],
)
def test_where_nobody_can_meet_the_plan_is_empty_and_proven(problem):
    found = plan(problem)
    assert found.meetings == ()
    assert found.reached == found.bound
    assert found.gap_percent == 0


def test_one_against_many_meets_each_of_them_once():
    found = plan(event(1, 4, rounds=6, tables=2))
    assert len(found.meetings) == 4
    assert len({one.round for one in found.meetings}) == 4


def test_wishes_about_people_who_are_not_there_are_ignored():
    known, unknown = wish(0, 0), [Pair("nobody", "m00", seated_wishes=True), Pair("s00", "nobody", forbidden=True)]
    found = plan(event(1, 1, rounds=1, tables=1, pairs=[*unknown, known]))
    assert found == plan(event(1, 1, rounds=1, tables=1, pairs=[known]))
    assert found.wishes_possible == 1


def test_a_pair_said_twice_is_one_pair_and_a_refusal_wins():
    ours, theirs = Pair("s00", "m00", 10, seated_wishes=True), Pair("s00", "m00", 40, moving_wishes=True)
    once = plan(event(1, 1, rounds=1, tables=1, pairs=[ours, theirs]))
    assert (once.reached.mutual, once.reached.affinity) == (1, 40)
    assert plan(event(1, 1, rounds=1, tables=1, pairs=[ours, theirs, forbid(0, 0)])).meetings == ()


def test_a_participant_given_twice_is_an_error():
    with pytest.raises(ValueError, match="twice: s00"):
        event((Participant("s00"), Participant("s00")), 1, rounds=1, tables=1)
    with pytest.raises(ValueError, match="twice: x"):
        event((Participant("x"),), (Participant("x"),), rounds=1, tables=1)


def test_what_makes_no_sense_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        event(1, 1, rounds=-1, tables=1)
    with pytest.raises(ValueError, match="within"):
        event(1, 1, rounds=2, tables=1, first_round=3)
    with pytest.raises(ValueError, match="held"):
        event(1, 1, rounds=2, tables=1, first_round=1, held=(Meeting(1, 1, "s00", "m00"),))
    with pytest.raises(ValueError, match="affinity"):
        Pair("a", "b", 101)


def test_a_late_comer_meets_only_after_arriving_and_its_absence_is_no_rest():
    late = side("s", 3, {0: frozenset({2, 3})})
    problem = event(late, 3, rounds=4, tables=3)
    found = plan(problem)
    assert not check(problem, found.meetings)
    assert {one.round for one in found.meetings if one.seated == "s00"} == {2, 3}
    assert found.rests["s00"] == ()


def test_a_plan_below_the_bound_says_at_which_aim_and_by_how_much():
    """s00 wishes to meet m00 and m01, both there in round 0 only; by their numbers of rounds both meetings could be."""
    ours = side("s", 2, {1: frozenset({0})})
    theirs = side("m", 3, {0: frozenset({0}), 1: frozenset({0})})
    alone = [forbid(1, number) for number in range(3)]
    found = plan(event(ours, theirs, rounds=2, tables=2, pairs=[wish(0, 0), wish(0, 1), *alone]))
    assert (found.reached.mutual, found.bound.mutual) == (1, 2)
    assert (found.below, found.gap_percent) == (Aim.MUTUAL, 50)
    assert (found.wishes_met, found.wishes_possible) == (1, 2)


def test_rounds_in_which_one_can_meet_nobody_do_not_lift_the_bound():
    ours, theirs = side("s", 2, {1: frozenset({0})}), side("m", 2, {0: frozenset({0}), 1: frozenset({0})})
    found = plan(event(ours, theirs, rounds=2, tables=2, pairs=[wish(0, 0), wish(0, 1), forbid(1, 0), forbid(1, 1)]))
    assert (found.reached.mutual, found.bound.mutual) == (1, 1)
    assert found.gap_percent == 0


def test_the_solver_is_not_loaded_until_a_plan_is_made():
    """It would take a third of the memory of a worker of the site."""
    code = "import sys, matching.rotation; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3]).returncode == 0
