import pytest

from matching.rotation import Changes, Meeting, Pair, Participant, changed, check, plan, replan
from tests.matching.rotation.events import event, made_up, side


def held_before(found, at):
    return tuple(one for one in found.meetings if one.round < at)


def test_late_comers_and_no_shows_in_the_middle_leave_the_plan_optimal():
    problem = made_up(60, 40, rounds=12, tables=40)
    held = held_before(plan(problem), 6)
    changes = Changes(
        from_round=6,
        held=held,
        gone=frozenset({"s03", "s17", "m05", "m22"}),
        seated=side("late-s", 3),
        moving=side("late-m", 3),
        pairs=(Pair("late-s00", "m00", 90, seated_wishes=True, moving_wishes=True),),
    )
    rest = changed(problem, changes)
    found = plan(rest)
    assert not check(rest, found.meetings)
    assert found.gap_percent == 0
    assert found.held == held
    assert ("late-s00", "m00") in {(one.seated, one.moving) for one in found.meetings}


def test_who_has_rested_most_rests_least_from_now_on():
    """s00 met nobody in two rounds; one meeting a round is left for two seated, and s00 gets both."""
    held = (Meeting(0, 1, "s01", "m00"), Meeting(1, 1, "s01", "m01"))
    found = plan(event(2, 4, rounds=4, tables=1, held=held, first_round=2))
    assert [one.seated for one in found.meetings] == ["s00", "s00"]
    assert found.rests["s00"] == (0, 1)
    assert found.rests["s01"] == (2, 3)


def test_a_meeting_that_was_planned_and_not_held_may_be_held_later():
    problem = event(1, 1, rounds=2, tables=1)
    assert plan(problem).meetings[0].round == 0
    found = replan(problem, Changes(from_round=1, held=()))
    assert found.meetings == (Meeting(1, 1, "s00", "m00"),)


def test_a_walk_in_is_there_from_now_on_only():
    found = replan(event(1, 2, rounds=3, tables=2), Changes(from_round=2, held=(), seated=(Participant("new"),)))
    assert {one.round for one in found.meetings} == {2}
    assert found.rests["new"] == ()


def test_a_known_late_comer_has_new_rounds_and_keeps_the_past():
    problem = event(2, 2, rounds=4, tables=2)
    held = (Meeting(0, 1, "s00", "m00"),)
    late = Participant("s00", frozenset({0, 3}))
    found = replan(problem, Changes(from_round=2, held=held, seated=(late,)))
    assert {one.round for one in found.meetings if one.seated == "s00"} == {3}
    assert found.rests["s00"] == (1,)


def test_a_no_show_is_forgotten_and_one_who_left_is_not():
    problem = event(2, 2, rounds=3, tables=2)
    held = (Meeting(0, 1, "s00", "m00"),)
    found = replan(problem, Changes(from_round=1, held=held, gone=frozenset({"s00", "s01", "unheard-of"})))
    assert found.meetings == ()
    assert "s01" not in found.rests
    assert found.rests["s00"] == ()


def test_what_is_said_to_be_held_in_a_round_to_come_is_an_error():
    with pytest.raises(ValueError, match="held"):
        changed(event(1, 1, rounds=2, tables=1), Changes(from_round=0, held=(Meeting(0, 1, "s00", "m00"),)))
