"""Nobody's phone rings at night, on a Sunday or on a holiday; the change of hour moves nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.working_days import is_working_day
from app.messages.rules import Channel
from app.messages.rules.quiet import PARIS, not_before


def paris(text: str) -> datetime:
    """« 2026-11-05 20:00 » in Paris."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-11-05 08:00", None),  # Thursday
        ("2026-11-05 19:59", None),
        ("2026-11-05 20:00", "2026-11-06 08:00"),
        ("2026-11-06 07:59", "2026-11-06 08:00"),
        ("2026-11-07 12:00", None),  # Saturday
        ("2026-11-07 20:00", "2026-11-09 08:00"),
        ("2026-11-08 12:00", "2026-11-09 08:00"),  # Sunday
        ("2026-11-10 21:00", "2026-11-12 08:00"),  # 11 November is a holiday
        ("2026-11-11 10:00", "2026-11-12 08:00"),
        ("2026-05-01 10:00", "2026-05-02 08:00"),  # a holiday on a Friday: Saturday
        ("2027-03-28 10:00", "2027-03-30 08:00"),  # Easter Sunday, then Monday
        ("2026-12-31 23:00", "2027-01-02 08:00"),
    ],
)
def test_an_sms_waits_for_the_morning(written: str, leaves: str | None) -> None:
    assert not_before(Channel.SMS, paris(written).astimezone(UTC)) == (paris(leaves) if leaves else None)


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("2026-11-05 07:00", None),
        ("2026-11-05 20:59", None),
        ("2026-11-05 21:00", "2026-11-06 07:00"),
        ("2026-11-06 00:00", "2026-11-06 07:00"),
        ("2026-11-08 12:00", None),  # Sunday
        ("2026-11-07 23:00", "2026-11-08 07:00"),
    ],
)
def test_an_email_waits_for_the_morning_even_a_sunday_one(written: str, leaves: str | None) -> None:
    assert not_before(Channel.EMAIL, paris(written).astimezone(UTC)) == (paris(leaves) if leaves else None)


@pytest.mark.parametrize(
    ("channel", "written", "leaves"),
    [
        # Sunday 25 October 2026: 3:00 becomes 2:00
        (Channel.EMAIL, datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 10, 25, 5, 59, tzinfo=UTC), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 10, 25, 6, 0, tzinfo=UTC), None),
        (Channel.SMS, datetime(2026, 10, 24, 18, 0, tzinfo=UTC), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)),
        # Sunday 29 March 2026: 2:00 becomes 3:00
        (Channel.EMAIL, datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        (Channel.EMAIL, datetime(2026, 3, 29, 5, 0, tzinfo=UTC), None),
        (Channel.SMS, datetime(2026, 3, 28, 19, 0, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_night_when_the_clocks_change_ends_at_the_same_hour_on_the_wall(
    channel: Channel, written: datetime, leaves: datetime | None
) -> None:
    assert not_before(channel, written) == leaves


@pytest.mark.parametrize("channel", sorted(Channel))
def test_what_is_urgent_leaves_at_once(channel: Channel) -> None:
    assert not_before(channel, paris("2026-11-08 03:00"), urgent=True) is None


def test_paper_is_never_quiet() -> None:
    assert not_before(Channel.LETTER, paris("2026-11-08 03:00")) is None


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from([Channel.SMS, Channel.EMAIL]),
)
def test_what_waits_leaves_soon_in_an_hour_that_is_not_quiet(instant: datetime, channel: Channel) -> None:
    leaves = not_before(channel, instant)
    if leaves is not None:
        assert instant < leaves <= instant + timedelta(days=5)
        assert leaves.tzinfo is UTC
        assert not_before(channel, leaves) is None
        local = leaves.astimezone(PARIS)
        assert (local.hour, local.minute) == ((8, 0) if channel is Channel.SMS else (7, 0))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 5), True),
        (date(2026, 11, 7), False),
        (date(2026, 11, 8), False),
        (date(2026, 11, 11), False),
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2028, 2, 29), True),
    ],
)
def test_a_day_with_a_digest_is_a_working_day(day: date, works: bool) -> None:
    assert is_working_day(day) is works
