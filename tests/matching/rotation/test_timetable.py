from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.rotation import Break, timetable

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_twelve_rounds_of_ten_minutes_and_two_of_change_last_142_minutes():
    found = timetable(NINE, 12, 10, 2)
    assert found.minutes == 142
    assert found.slots[-1].ends_at == datetime(2027, 3, 1, 11, 22, tzinfo=UTC)


def test_a_break_replaces_the_change_after_its_round():
    found = timetable(NINE, 3, 10, 2, [Break(after=2, minutes=15)])
    assert [(one.starts_at.hour, one.starts_at.minute) for one in found.slots] == [(9, 0), (9, 12), (9, 37)]
    assert found.minutes == 47


def test_a_break_shorter_than_the_change_lasts_as_long_as_the_change():
    assert timetable(NINE, 2, 10, 5, [Break(1, 3)]) == timetable(NINE, 2, 10, 5)


def test_two_breaks_after_one_round_follow_each_other():
    assert timetable(NINE, 2, 10, 2, [Break(1, 10), Break(1, 5)]).minutes == 35


def test_a_break_before_the_first_round_or_after_the_last_is_ignored():
    assert timetable(NINE, 2, 10, 2, [Break(0, 30), Break(2, 30), Break(9, 30)]) == timetable(NINE, 2, 10, 2)


def test_no_round_takes_no_time():
    assert timetable(NINE, 0, 10, 2).minutes == 0
    assert timetable(NINE, 0, 10, 2).slots == ()


def test_times_that_make_no_sense_are_an_error():
    for wrong in ((-1, 10, 2), (1, 0, 2), (1, 10, -1)):
        with pytest.raises(ValueError, match="minutes"):
            timetable(NINE, *wrong)
    with pytest.raises(ValueError, match="break"):
        Break(1, -5)


@given(
    st.integers(1, 20),
    st.integers(1, 30),
    st.integers(0, 10),
    st.lists(st.builds(Break, st.integers(0, 25), st.integers(0, 60)), max_size=4),
)
def test_rounds_follow_each_other_and_the_length_is_that_of_the_whole(rounds, length, change, breaks):
    found = timetable(NINE, rounds, length, change, breaks)
    assert all(one.ends_at - one.starts_at == timedelta(minutes=length) for one in found.slots)
    gaps = [after.starts_at - one.ends_at for one, after in zip(found.slots, found.slots[1:], strict=False)]
    assert all(gap >= timedelta(minutes=change) for gap in gaps)
    assert found.slots[-1].ends_at - found.slots[0].starts_at == timedelta(minutes=found.minutes)
