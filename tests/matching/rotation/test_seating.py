from itertools import pairwise

from hypothesis import given

from matching.rotation import Changes, Participant, plan, replan
from tests.matching.rotation.events import event, events


def tables_of(found):
    seats = {}
    for one in found.whole:
        seats.setdefault(one.seated, []).append(one.table)
    return seats


def test_each_seated_keeps_one_table_when_there_are_enough():
    assert all(len(set(tables)) == 1 for tables in tables_of(plan(event(5, 7, rounds=6, tables=5))).values())


def test_a_table_is_kept_when_the_plan_is_made_anew():
    problem = event(4, 4, rounds=4, tables=5)
    first = plan(problem)
    held = tuple(one for one in first.meetings if one.round < 2)
    new = Changes(from_round=2, held=held, gone=frozenset({"s01"}), seated=(Participant("a-walk-in"),))
    seats = tables_of(replan(problem, new))
    assert all(len(set(tables)) == 1 for tables in seats.values())
    assert seats["a-walk-in"][0] == 5


def test_a_walk_in_takes_the_table_of_one_who_left_when_no_other_is_free():
    problem = event(3, 3, rounds=4, tables=3)
    held = tuple(one for one in plan(problem).meetings if one.round < 1)
    found = replan(
        problem, Changes(from_round=1, held=held, gone=frozenset({"s01"}), seated=(Participant("a-walk-in"),))
    )
    left = next(one.table for one in held if one.seated == "s01")
    assert set(tables_of(found)["a-walk-in"]) == {left}


def test_with_too_few_tables_two_meetings_running_are_held_at_one_table():
    by_round = {}
    for one in plan(event(5, 4, rounds=4, tables=4)).meetings:
        by_round.setdefault(one.round, {})[one.seated] = one.table
    stays = [
        before[who] == after[who]
        for before, after in pairwise(by_round.values())
        for who in before.keys() & after.keys()
    ]
    assert stays
    assert all(stays)


@given(events(away=True))
def test_tables_are_numbered_from_one(problem):
    assert all(1 <= one.table <= problem.tables for one in plan(problem).meetings)
