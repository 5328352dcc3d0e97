"""After a failure a message waits longer and longer, for longer than a server is down."""

from datetime import UTC, datetime, timedelta

import pytest

from app.messages.rules import Category, Channel
from app.messages.rules.kinds import KINDS, Kind
from app.messages.rules.retrying import BACK_OFF, is_too_late, next_try

NOON = datetime(2026, 11, 5, 11, 0, tzinfo=UTC)
ANY = Kind(Category.APPLICATIONS)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=5)),
        (3, timedelta(minutes=30)),
        (4, timedelta(hours=2)),
        (5, timedelta(hours=6)),
        (7, timedelta(hours=24)),
    ],
)
def test_each_wait_is_longer_than_the_last(attempts: int, wait: timedelta) -> None:
    assert next_try(attempts, NOON, Channel.EMAIL, ANY) == NOON + wait


def test_a_retry_does_not_ring_at_night() -> None:
    assert next_try(6, NOON, Channel.EMAIL, ANY) == datetime(2026, 11, 6, 6, 0, tzinfo=UTC)


def test_a_code_is_tried_again_at_night() -> None:
    night = datetime(2026, 11, 5, 23, 0, tzinfo=UTC)
    assert next_try(1, night, Channel.SMS, KINDS["sign_in_code"]) == night + timedelta(minutes=1)


def test_it_is_given_up_after_the_last_wait() -> None:
    assert next_try(len(BACK_OFF), NOON, Channel.EMAIL, ANY) is not None
    assert next_try(len(BACK_OFF) + 1, NOON, Channel.EMAIL, ANY) is None


def test_the_waits_outlast_a_server_down_for_a_day() -> None:
    assert sum(BACK_OFF, timedelta()) > timedelta(hours=36)


def test_a_code_of_a_quarter_of_an_hour_does_not_serve_later() -> None:
    code = KINDS["sign_in_code"]
    assert not is_too_late(code, NOON, NOON + timedelta(minutes=15))
    assert is_too_late(code, NOON, NOON + timedelta(minutes=16))
    assert not is_too_late(ANY, NOON, NOON + timedelta(days=30))
