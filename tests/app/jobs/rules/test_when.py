"""The slots of a job, on the nights when the clock changes too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.rules.when import PARIS, When, daily, every, weekly

DAY = timedelta(days=1)


def paris(text: str) -> datetime:
    """« 2026-11-05 06:30 », in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "after", "slot"),
    [
        (daily("06:30"), paris("2026-11-05 06:29"), paris("2026-11-05 06:30")),
        (daily("06:30"), paris("2026-11-05 06:30"), paris("2026-11-06 06:30")),
        (daily("06:30"), paris("2026-12-31 23:59"), paris("2027-01-01 06:30")),
        (weekly("monday", "07:00"), paris("2026-11-05 12:00"), paris("2026-11-09 07:00")),
        (weekly("thursday", "07:00"), paris("2026-11-05 06:59"), paris("2026-11-05 07:00")),
        (weekly("thursday", "07:00"), paris("2026-11-05 07:00"), paris("2026-11-12 07:00")),
        (every(minutes=1), paris("2026-11-05 06:29") + timedelta(seconds=59), paris("2026-11-05 06:30")),
        (every(minutes=15), paris("2026-11-05 06:30"), paris("2026-11-05 06:45")),
    ],
)
def test_the_next_slot_is_strictly_after(when: When, after: datetime, slot: datetime) -> None:
    assert when.after(after) == slot


@pytest.mark.parametrize(
    ("hour", "instant"),
    [("02:30", "2026-10-25 00:30"), ("03:00", "2026-10-25 02:00"), ("02:00", "2026-10-25 00:00")],
)
def test_the_night_that_repeats_an_hour_has_each_slot_once(hour: str, instant: str) -> None:
    # At 3:00 of the summer the clock goes back to 2:00 of the winter: 2:30 comes twice, the first is taken.
    slots = daily(hour).between(paris("2026-10-25 00:00"), paris("2026-10-26 00:00"))
    assert slots == [utc(instant)]


@pytest.mark.parametrize(
    ("hour", "instant"),
    [("02:30", "2026-03-29 01:30"), ("03:00", "2026-03-29 01:00"), ("01:59", "2026-03-29 00:59")],
)
def test_the_night_that_skips_an_hour_has_each_slot_once(hour: str, instant: str) -> None:
    # At 2:00 of the winter the clock jumps to 3:00 of the summer: 2:30 does not exist, 3:30 stands for it.
    slots = daily(hour).between(paris("2026-03-29 00:00"), paris("2026-03-30 00:00"))
    assert slots == [utc(instant)]


def test_a_night_that_changes_the_clock_has_its_minutes_all_the_same() -> None:
    long_night = every(minutes=5).between(paris("2026-10-25 00:00"), paris("2026-10-26 00:00"))
    short_night = every(minutes=5).between(paris("2026-03-29 00:00"), paris("2026-03-30 00:00"))
    assert (len(long_night), len(short_night)) == (25 * 12, 23 * 12)


def test_the_twenty_ninth_of_february_has_its_slot() -> None:
    slots = daily("06:30").between(paris("2028-02-28 00:00"), paris("2028-03-02 00:00"))
    assert [slot.astimezone(PARIS).date() for slot in slots] == [
        date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1),
    ]  # fmt: skip


@given(
    start=st.dates(date(2025, 1, 1), date(2029, 12, 31)),
    hour=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    days=st.integers(1, 60),
)
def test_a_daily_job_has_one_slot_on_each_civil_day(start: date, hour: object, days: int) -> None:
    first = datetime.combine(start, datetime.min.time(), PARIS).astimezone(UTC) - timedelta(seconds=1)
    last = datetime.combine(start + days * DAY, datetime.min.time(), PARIS).astimezone(UTC) - timedelta(seconds=1)
    slots = daily(str(hour)).between(first, last)
    assert [slot.astimezone(PARIS).date() for slot in slots] == [start + n * DAY for n in range(days)]
    assert slots == sorted(set(slots))
