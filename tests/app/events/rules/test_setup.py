"""What the rounds of a dating make, before any plan."""

from datetime import UTC, datetime, timedelta

import pytest

from app.events.rules.setup import (
    Caution,
    Pause,
    Rests,
    Schedule,
    SetupRefusal,
    SetupValues,
    outline,
    rounds_needed,
    setup_refusals,
)

AT = datetime(2026, 11, 12, 13, tzinfo=UTC)


def schedule(**values: object) -> Schedule:
    return Schedule(**{"starts_at": AT, "slot_ends_at": AT + timedelta(hours=3), **values})


def test_twelve_by_twelve_is_144_meetings_in_142_minutes_without_a_rest():
    made = outline(schedule(), 12, 12)
    assert (made.rounds, made.meetings, made.minutes) == (12, 144, 142)
    assert made.ends_at == AT + timedelta(hours=2, minutes=22)
    assert (made.seated_rests, made.moving_rests) == (Rests(0, 0), Rests(0, 0))
    assert made.cautions == ()


def test_twelve_by_nine_is_108_meetings_and_each_structure_rests_three_times():
    made = outline(schedule(), 12, 9)
    assert (made.rounds, made.meetings) == (12, 108)
    assert (made.seated_rests, made.moving_rests) == (Rests(3, 3), Rests(0, 0))


@pytest.mark.parametrize(
    ("seated", "moving", "tables", "needed"),
    [
        (12, 12, 12, 12),
        (12, 9, 12, 12),
        (9, 12, 9, 12),
        (10, 10, 5, 20),
        (60, 40, 40, 60),
        (90, 40, 40, 60),
        (0, 5, 5, 0),
    ],
)
def test_so_many_rounds_are_needed_for_all_to_meet(seated, moving, tables, needed):
    assert rounds_needed(seated, moving, tables) == needed


def test_a_break_takes_the_place_of_the_change_and_is_never_shorter():
    assert schedule(pauses=(Pause(6, 15),)).minutes(12) == 142 + 13
    assert schedule(pauses=(Pause(6, 1),)).minutes(12) == 142
    assert schedule(pauses=(Pause(12, 15),)).minutes(12) == 142


def test_a_round_starts_after_those_before_it():
    one = schedule(pauses=(Pause(1, 20),))
    assert one.start_of(1) == AT
    assert one.start_of(2) == AT + timedelta(minutes=30)
    assert one.end_of(2) == AT + timedelta(minutes=40)


def test_an_end_after_the_slot_says_how_many_rounds_would_fit():
    made = outline(schedule(slot_ends_at=AT + timedelta(hours=1)), 12, 12)
    assert Caution.ENDS_LATE in made.cautions
    assert made.fitting == 5
    assert schedule(slot_ends_at=AT + timedelta(minutes=58)).minutes(5) == 58


def test_each_lack_is_told():
    assert outline(schedule(), 0, 4).cautions == (Caution.NO_SEATED,)
    assert outline(schedule(), 4, 0).cautions == (Caution.NO_MOVING,)
    few = outline(schedule(tables=5, rounds=10), 10, 10)
    assert few.cautions == (Caution.FEW_TABLES, Caution.NOT_ALL_MEET)
    assert (few.meetings, few.seated_rests) == (50, Rests(5, 5))
    assert outline(schedule(rounds=10), 4, 4).cautions == (Caution.ROUNDS_TO_SPARE,)


def values(**given: object) -> SetupValues:
    whole = {
        "rounds": 10, "round_minutes": 10, "change_minutes": 2, "tables": 5, "pauses": (), "first_round_at": None,
    }  # fmt: skip
    return SetupValues(**{**whole, **given})


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"first_round_at": AT - timedelta(minutes=1)}, SetupRefusal.FIRST_ROUND_OUTSIDE),
        ({"first_round_at": AT + timedelta(hours=3)}, SetupRefusal.FIRST_ROUND_OUTSIDE),
        ({"pauses": ((4, None),)}, SetupRefusal.BREAK_HALF_SAID),
        ({"pauses": ((None, 10),)}, SetupRefusal.BREAK_HALF_SAID),
        ({"pauses": ((4, 10), (4, 5))}, SetupRefusal.BREAK_TWICE),
        ({"pauses": ((10, 10),)}, SetupRefusal.BREAK_AFTER_END),
    ],
)
def test_what_cannot_be_is_refused(given, reason):
    assert setup_refusals(values(**given), AT, AT + timedelta(hours=3)) == (reason,)


def test_breaks_are_kept_in_the_order_of_the_rounds():
    asked = values(first_round_at=AT, pauses=((8, 5), (None, None), (4, 15)))
    assert setup_refusals(asked, AT, AT + timedelta(hours=3)) == ()
    assert asked.breaks == [{"after": 4, "minutes": 15}, {"after": 8, "minutes": 5}]


def test_rounds_that_begin_late_move_with_those_that_follow_and_the_ones_before_stay():
    late = schedule().following(2, AT + timedelta(minutes=20))
    assert late.start_of(1) == AT
    assert late.start_of(2) == AT + timedelta(minutes=20)
    assert late.start_of(3) == AT + timedelta(minutes=32)
    assert late.end_of(3) == AT + timedelta(minutes=42)


def test_rounds_that_begin_early_move_too_and_seconds_are_not_read():
    early = schedule().following(1, AT - timedelta(minutes=5, seconds=20))
    assert early.start_of(1) == AT - timedelta(minutes=5)
