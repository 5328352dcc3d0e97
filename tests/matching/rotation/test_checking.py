"""The judge of plans must see each fault, or the properties say nothing."""

import pytest

from matching.rotation import Fault, Meeting, check, plan
from tests.matching.rotation.events import event, forbid, side

PROBLEM = event(
    side("s", 3, {2: frozenset({1})}), 3, rounds=3, tables=3, pairs=[forbid(1, 1)],
    held=(Meeting(0, 1, "s00", "m00"),), first_round=1,
)  # fmt: skip


def faults(*meetings):
    return {one.fault for one in check(PROBLEM, [Meeting(*one) for one in meetings])} - {Fault.IDLE}


@pytest.mark.parametrize(
    ("meetings", "fault"),
    [
        ([(1, 1, "s00", "m01"), (1, 2, "s00", "m02")], Fault.TWO_PLACES),
        ([(1, 1, "s00", "m01"), (1, 2, "s01", "m01")], Fault.TWO_PLACES),
        ([(1, 1, "s00", "m01"), (1, 1, "s01", "m02")], Fault.TABLE_TAKEN),
        ([(1, 4, "s00", "m01")], Fault.NO_SUCH_TABLE),
        ([(1, 0, "s00", "m01")], Fault.NO_SUCH_TABLE),
        ([(0, 2, "s01", "m02")], Fault.NO_SUCH_ROUND),
        ([(3, 2, "s01", "m02")], Fault.NO_SUCH_ROUND),
        ([(1, 1, "s00", "m01"), (2, 1, "s00", "m01")], Fault.MEETS_AGAIN),
        ([(1, 1, "s00", "m00")], Fault.MEETS_AGAIN),
        ([(1, 1, "s01", "m01")], Fault.FORBIDDEN),
        ([(2, 3, "s02", "m01")], Fault.AWAY),
        ([(1, 1, "m01", "s00")], Fault.NOT_THERE),
        ([(1, 1, "s00", "m01"), (2, 2, "s00", "m02")], Fault.CHANGES_TABLE),
    ],
)
def test_each_fault_is_seen(meetings, fault):
    assert fault in faults(*meetings)


def test_a_plan_without_a_fault_has_none():
    assert faults((1, 1, "s00", "m01"), (2, 1, "s00", "m02"), (1, 3, "s02", "m00")) == set()


def test_two_who_idle_beside_a_free_table_are_seen():
    found = plan(PROBLEM).meetings
    assert check(PROBLEM, found) == ()
    assert Fault.IDLE in {one.fault for one in check(PROBLEM, found[:-1])}


def test_two_who_idle_while_every_table_is_taken_are_no_fault():
    assert check(event(2, 2, rounds=1, tables=1), [Meeting(0, 1, "s00", "m00")]) == ()
