"""Why two meet, and why somebody does not meet whom they wished."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.events.rules.plan_words import (
    Changes,
    Choice,
    Met,
    Unserved,
    choice_said,
    fair,
    printed,
    sheet_mark,
    unserved,
)


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        (True, True, Choice.MUTUAL),
        (True, False, Choice.OWN),
        (False, True, Choice.NONE),
        (False, False, Choice.NONE),
    ],
)
def test_the_wish_of_the_other_alone_is_never_said(mine, theirs, said):
    assert choice_said(mine=mine, theirs=theirs) is said


def test_two_sentences_are_printed_and_the_own_wish_comes_first():
    assert printed("Vous vous êtes choisis.", ["a", "b"], "rien") == ["Vous vous êtes choisis.", "a"]
    assert printed("", ["a", "b", "c"], "rien") == ["a", "b"]
    assert printed("", [], "rien") == ["rien"]


def test_a_wish_that_is_not_met_has_one_reason():
    assert unserved(expected=False, forbidden=True) is Unserved.NOT_THERE
    assert unserved(expected=True, forbidden=True) is Unserved.SET_APART
    assert unserved(expected=True, forbidden=False) is Unserved.NO_ROOM


def test_rests_are_fair_within_one_round():
    assert fair([])
    assert fair([2, 3, 3])
    assert not fair([1, 3])


def test_meetings_wished_by_one_and_by_both_are_counted():
    met = Met(3, (0, 1, 2, 2), (0, 1))
    assert (met.meetings, met.wished, met.mutual) == (4, 3, 2)


def test_a_plan_holds_as_long_as_nothing_is_counted():
    assert not Changes()
    assert Changes(reset=True)
    assert Changes(new=1)


AT = datetime(2026, 11, 12, 9, tzinfo=UTC)
LINES = [(AT, 1, UUID(int=1)), (AT + timedelta(minutes=12), 2, UUID(int=2))]
OTHERS = {
    "hour": [(AT + timedelta(minutes=1), 1, UUID(int=1)), LINES[1]],
    "table": [(AT, 3, UUID(int=1)), LINES[1]],
    "whom": [(AT, 1, UUID(int=3)), LINES[1]],
    "fewer": LINES[:1],
    "none": [],
}


@pytest.mark.parametrize("change", sorted(OTHERS))
def test_the_mark_of_a_sheet_changes_with_each_thing_it_says(change):
    assert sheet_mark(OTHERS[change]) != sheet_mark(LINES)


def test_the_mark_of_a_sheet_is_that_of_its_lines_in_any_order():
    assert sheet_mark(reversed(LINES)) == sheet_mark(LINES)
