"""The clock of a dating: computed from one instant, it answers the same to whoever asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.rules.clock import Anchor, ClockAct, Rhythm, acted, drift, expected_starts, moment, possible, settled
from app.events.rules.kinds import ClockPhase

T0 = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
PLAIN = Rhythm(rounds=3, round_minutes=10, change_minutes=2)
PAUSED = Rhythm(rounds=4, round_minutes=10, change_minutes=2, breaks={2: 15})
BEGUN = Anchor(ClockPhase.TALKING, 1, T0)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


rhythms = st.builds(
    Rhythm,
    rounds=st.integers(1, 8),
    round_minutes=st.integers(1, 15),
    change_minutes=st.integers(0, 4),
    breaks=st.dictionaries(st.integers(1, 8), st.integers(0, 20), max_size=3),
)
seconds = st.integers(0, 4 * 3600)


@pytest.mark.parametrize(
    ("minutes", "phase", "at_round", "left"),
    [
        (0, ClockPhase.TALKING, 1, 600),
        (9.5, ClockPhase.TALKING, 1, 30),
        (10, ClockPhase.CHANGING, 1, 120),
        (11.99, ClockPhase.CHANGING, 1, 1),
        (12, ClockPhase.TALKING, 2, 600),
        (24, ClockPhase.TALKING, 3, 600),
        (33.5, ClockPhase.TALKING, 3, 30),
        (34, ClockPhase.OVER, 3, None),
        (600, ClockPhase.OVER, 3, None),
    ],
)
def test_rounds_and_changes_follow_each_other_by_themselves(
    minutes: float, phase: ClockPhase, at_round: int, left: int | None
):
    found = moment(BEGUN, PLAIN, at(minutes))
    assert (found.phase, found.round, found.seconds) == (phase, at_round, left)


def test_a_break_takes_the_place_of_the_change():
    assert moment(BEGUN, PAUSED, at(22)).phase is ClockPhase.BREAK
    assert moment(BEGUN, PAUSED, at(22)).seconds == 15 * 60
    assert moment(BEGUN, PAUSED, at(37)).round == 3


def test_a_break_shorter_than_the_change_still_leaves_time_to_change():
    rhythm = replace(PAUSED, breaks={1: 1})
    assert moment(BEGUN, rhythm, at(10)).seconds == 120


def test_without_change_a_round_follows_the_other_at_once():
    rhythm = replace(PLAIN, change_minutes=0)
    assert moment(BEGUN, rhythm, at(10)).round == 2
    assert moment(BEGUN, rhythm, at(10)).phase is ClockPhase.TALKING


def test_before_the_start_the_first_round_is_awaited_and_then_overdue():
    rhythm = replace(PLAIN, first_round_at=T0)
    early, late = moment(Anchor(), rhythm, at(-5)), moment(Anchor(), rhythm, at(3))
    assert (early.seconds, early.overdue, early.shown_round) == (300, False, 1)
    assert (late.phase, late.seconds, late.overdue) == (ClockPhase.WAITING, 0, True)


def test_a_pause_at_the_very_end_of_a_round_belongs_to_the_change():
    paused = acted(BEGUN, PLAIN, ClockAct.PAUSE, at(10))
    assert paused is not None
    assert moment(paused, PLAIN, at(50)).phase is ClockPhase.CHANGING
    assert moment(paused, PLAIN, at(50)).seconds == 120


def test_a_pause_one_second_before_the_end_keeps_that_second():
    paused = acted(BEGUN, PLAIN, ClockAct.PAUSE, at(10) - timedelta(seconds=1))
    assert paused is not None
    assert moment(paused, PLAIN, at(90)).seconds == 1
    resumed = acted(paused, PLAIN, ClockAct.RESUME, at(90))
    assert resumed is not None
    assert moment(resumed, PLAIN, at(90)).phase is ClockPhase.TALKING
    assert moment(resumed, PLAIN, at(90) + timedelta(seconds=1)).phase is ClockPhase.CHANGING


def test_next_ends_a_round_then_begins_the_following_one():
    changing = acted(BEGUN, PLAIN, ClockAct.NEXT, at(4))
    assert changing == Anchor(ClockPhase.CHANGING, 1, at(4))
    assert acted(changing, PLAIN, ClockAct.NEXT, at(5)) == Anchor(ClockPhase.TALKING, 2, at(5))


def test_next_in_the_last_round_ends_the_dating():
    last = Anchor(ClockPhase.TALKING, 3, T0)
    assert acted(last, PLAIN, ClockAct.NEXT, at(4)) == Anchor(ClockPhase.OVER, 3, at(4))


@pytest.mark.parametrize(
    ("anchor", "back_to"),
    [
        (Anchor(ClockPhase.TALKING, 2, T0), Anchor(ClockPhase.TALKING, 1, at(1))),
        (Anchor(ClockPhase.CHANGING, 2, T0), Anchor(ClockPhase.TALKING, 2, at(1))),
        (Anchor(ClockPhase.OVER, 3, T0), Anchor(ClockPhase.TALKING, 3, at(1))),
        (Anchor(ClockPhase.TALKING, 1, T0), Anchor()),
    ],
)
def test_back_begins_a_round_again(anchor: Anchor, back_to: Anchor):
    assert acted(anchor, PLAIN, ClockAct.BACK, at(1)) == back_to


def test_one_minute_more_is_one_minute_more():
    more = acted(BEGUN, PLAIN, ClockAct.MORE, at(9))
    assert more is not None
    assert moment(more, PLAIN, at(9)).seconds == 120


def test_what_makes_no_sense_is_not_done():
    assert acted(BEGUN, PLAIN, ClockAct.RESUME, at(1)) is None
    assert acted(Anchor(), PLAIN, ClockAct.PAUSE, at(1)) is None
    assert possible(Anchor(), replace(PLAIN, rounds=0), T0) == ()


def test_coming_rounds_are_told_with_their_time():
    assert expected_starts(BEGUN, PAUSED, at(5)) == {2: at(12), 3: at(37), 4: at(49)}
    assert expected_starts(Anchor(), replace(PLAIN, first_round_at=T0), at(-9)) == {1: T0, 2: at(12), 3: at(24)}
    paused = replace(BEGUN, paused_at=at(5))
    assert expected_starts(paused, PLAIN, at(8)) == {2: at(15), 3: at(27)}


def test_the_night_that_changes_the_hour_takes_nothing_from_a_round():
    paris = ZoneInfo("Europe/Paris")
    begun = Anchor(ClockPhase.TALKING, 1, datetime(2026, 10, 25, 2, 55, tzinfo=paris))  # 00:55 UTC
    asked = datetime(2026, 10, 25, 2, 2, fold=1, tzinfo=paris)  # 01:02 UTC, seven minutes later
    found = moment(begun, PLAIN, asked)
    assert (found.phase, found.round, found.seconds) == (ClockPhase.TALKING, 1, 180)


@given(rhythms, seconds, seconds)
def test_whoever_asks_in_between_changes_nothing(rhythm: Rhythm, first: int, more: int):
    between, end = T0 + timedelta(seconds=first), T0 + timedelta(seconds=first + more)
    assert moment(settled(BEGUN, rhythm, between), rhythm, end) == moment(BEGUN, rhythm, end)


@given(rhythms, seconds, seconds, seconds)
def test_a_pause_shifts_everything_by_its_own_length(rhythm: Rhythm, first: int, pause: int, more: int):
    begins, ends = T0 + timedelta(seconds=first), T0 + timedelta(seconds=first + pause)
    paused = acted(BEGUN, rhythm, ClockAct.PAUSE, begins)
    resumed = paused and acted(paused, rhythm, ClockAct.RESUME, ends)
    if resumed is None:
        assert moment(BEGUN, rhythm, begins).phase is ClockPhase.OVER
        return
    found = moment(resumed, rhythm, ends + timedelta(seconds=more))
    without = moment(BEGUN, rhythm, begins + timedelta(seconds=more))
    assert (found.phase, found.round, found.seconds) == (without.phase, without.round, without.seconds)


@given(rhythms, st.lists(st.tuples(st.sampled_from(ClockAct), st.integers(0, 1200)), max_size=12))
def test_no_series_of_acts_leaves_the_plan_or_owes_time(rhythm: Rhythm, acts: list[tuple[ClockAct, int]]):
    anchor, now = Anchor(), T0
    for act, wait in acts:
        now += timedelta(seconds=wait)
        anchor = acted(anchor, rhythm, act, now) or anchor
        found = moment(anchor, rhythm, now)
        assert 0 <= found.round <= rhythm.rounds
        assert found.seconds is None or found.seconds >= 0
        assert (found.round == 0) == (found.phase is ClockPhase.WAITING)


@given(rhythms, seconds)
def test_what_is_told_of_coming_rounds_comes_true(rhythm: Rhythm, asked: int):
    for at_round, start in expected_starts(BEGUN, rhythm, T0 + timedelta(seconds=asked)).items():
        found = moment(BEGUN, rhythm, start)
        assert (found.phase, found.round) == (ClockPhase.TALKING, at_round)
        assert found.since == start


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(0, (1, 0)), (9, (1, 0)), (11, (2, 12)), (12, (2, 12)), (25, (3, 24)), (34, None)],
)
def test_hours_follow_the_round_that_runs_else_the_next_one(minutes: float, found: tuple[int, int] | None):
    expected = (found[0], at(found[1])) if found else None
    assert drift(BEGUN, PLAIN, at(minutes)) == expected


def test_before_the_first_press_the_plan_says_the_hours():
    assert drift(Anchor(), replace(PLAIN, first_round_at=T0), at(20)) is None


def test_a_round_that_stands_still_is_counted_as_if_it_had_begun_later():
    still = replace(BEGUN, paused_at=at(4))
    assert drift(still, PLAIN, at(9)) == (1, at(5))
