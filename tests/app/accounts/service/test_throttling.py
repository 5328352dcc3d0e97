"""Tries are counted in PostgreSQL; when they cannot be, nobody comes in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import scoped_session

from app.accounts import service
from app.accounts.models import Throttle
from app.accounts.rules.throttles import UNREADABLE_PAUSE, Limit
from app.accounts.service import throttling
from app.core import clock
from app.core.errors import Throttled
from tests.factories.accounts import HERE, PASSWORD, with_password

THREE = Limit("test", 3, timedelta(minutes=10))


def test_the_window_starts_at_the_first_try_and_ends_whole(session: scoped_session, today: date) -> None:
    start = clock.now()
    throttling.count(THREE, "a")
    with clock.frozen(start + timedelta(minutes=9)):
        throttling.count(THREE, "a")
        throttling.count(THREE, "a")
        throttling.count(THREE, "b")
        with pytest.raises(Throttled) as caught:
            throttling.count(THREE, "a")
    assert caught.value.retry_after == 60
    with clock.frozen(start + timedelta(minutes=10)):
        for _ in range(3):
            throttling.count(THREE, "a")
        with pytest.raises(Throttled):
            throttling.count(THREE, "a")


def test_the_table_holds_no_address(session: scoped_session) -> None:
    throttling.count(THREE, "samia@exemple.fr")
    (key,) = session.scalars(select(Throttle.key))
    assert "samia" not in key
    assert len(key) == 64


def test_nobody_comes_in_while_the_counts_cannot_be_read(session: scoped_session) -> None:
    person = with_password()
    email = person.user.email or ""
    session.commit()
    session.execute(text("ALTER TABLE throttles RENAME TO away"))
    session.commit()
    with pytest.raises(Throttled) as caught:
        service.sign_in(email, PASSWORD, HERE)
    assert caught.value.retry_after == UNREADABLE_PAUSE
    session.execute(text("ALTER TABLE away RENAME TO throttles"))
    session.commit()
    assert service.sign_in(email, PASSWORD, HERE)


def test_tries_at_the_same_moment_are_all_counted(own_app: Flask) -> None:
    def try_once(_: int) -> bool:
        with own_app.app_context():
            try:
                throttling.count(THREE, "everybody")
            except Throttled:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        passed = list(pool.map(try_once, range(12)))
    assert sum(passed) == 3


def test_once_wrong_answers_are_spent_the_right_one_is_not_looked_at(session: scoped_session, today: date) -> None:
    start = clock.now()
    for _ in range(THREE.tries):
        throttling.refuse_spent(THREE, "a")
        throttling.count(THREE, "a")
    throttling.refuse_spent(THREE, "b")
    with pytest.raises(Throttled):
        throttling.refuse_spent(THREE, "a")
    with clock.frozen(start + THREE.window):
        throttling.refuse_spent(THREE, "a")
