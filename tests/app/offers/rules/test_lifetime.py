"""An offer lives sixty days, is asked about after thirty, and closes fifteen days later."""

from datetime import date

import pytest

from app.offers.rules import DELAYS, Delays

PUBLISHED = date(2026, 9, 1)


def test_the_default_life_is_sixty_days() -> None:
    assert DELAYS.default_expiry(PUBLISHED) == date(2026, 10, 31)


def test_six_months_are_civil_and_clamped() -> None:
    assert DELAYS.latest_expiry(date(2026, 8, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(("today", "asked"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_nobody_is_asked_before_thirty_days(today: date, asked: bool) -> None:
    assert DELAYS.must_ask(PUBLISHED, None, today) is asked


def test_nobody_is_asked_twice() -> None:
    assert not DELAYS.must_ask(PUBLISHED, date(2026, 10, 1), date(2026, 10, 2))


def test_an_unanswered_question_closes_after_fifteen_days() -> None:
    assert DELAYS.closes_on(date(2026, 10, 1)) == date(2026, 10, 16)


def test_a_confirmation_pushes_a_near_end_and_keeps_a_far_one() -> None:
    today = date(2026, 10, 5)

    assert DELAYS.expiry_after_confirmation(date(2026, 10, 31), today) == date(2026, 12, 4)
    assert DELAYS.expiry_after_confirmation(date(2026, 11, 4), today) == date(2026, 11, 4)
    assert DELAYS.expiry_after_confirmation(date(2027, 2, 1), today) == date(2027, 2, 1)


def test_the_delays_are_data() -> None:
    assert Delays(life_days=10).default_expiry(PUBLISHED) == date(2026, 9, 11)
