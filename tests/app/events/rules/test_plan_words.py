"""Why two meet, and why somebody does not meet whom they wished."""

import pytest

from app.events.rules.plan_words import Choice, Met, Unserved, choice_said, fair, printed, unserved


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
