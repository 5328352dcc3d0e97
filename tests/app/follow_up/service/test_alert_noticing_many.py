"""Thousands of follow-ups are looked at together; two runs at once, a failure and a kill lose and double nothing."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.follow_up.models import Alert
from app.follow_up.service import alert_noticing, alerts
from app.follow_up.service.alert_noticing import Noticed
from app.messages.models import Message
from tests.conftest import Statements
from tests.factories.alerts import TODAY, a_quiet_one, absent
from tests.factories.follow_up import Followed


def _letters(kind: str) -> list[str]:
    return list(db.session.scalars(select(Message.to_name).where(Message.kind == kind)))


def test_the_statements_do_not_grow_with_the_follow_ups(
    session: scoped_session, today: date, statements: Statements
) -> None:
    counts = []
    for many in (1, 12):
        made = [a_quiet_one() for _ in range(many)]
        session.commit()
        statements.clear()
        alerts.refresh([one.follow_up.id for one in made], TODAY)
        counts.append(len(statements))
    assert counts == [7, 7]


def _a_loud_one() -> Followed:
    followed = a_quiet_one()
    absent(followed, date(2026, 10, 24), date(2026, 10, 31))
    return followed


def test_the_job_looks_at_everybody_and_a_second_run_does_nothing(session: scoped_session, today: date) -> None:
    for _ in range(3):
        _a_loud_one()
    session.commit()
    assert alerts.refresh_all(TODAY) == Noticed(opened=3)
    assert alerts.refresh_all(TODAY) == Noticed()


def test_one_follow_up_that_fails_does_not_hold_the_others(
    session: scoped_session, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [_a_loud_one() for _ in range(3)]
    bad = made[1].job
    bad.hours_week = Decimal("34.5")
    session.commit()
    sound = alert_noticing.signals

    def signals(facts: Any, today: date) -> Any:
        if any(job.hours_week == Decimal("34.5") for job in facts.jobs):
            raise ArithmeticError("a datum that no rule foresaw")
        return sound(facts, today)

    monkeypatch.setattr(alert_noticing, "signals", signals)
    assert alerts.refresh_all(TODAY) == Noticed(opened=2, failed=1)


def test_a_chunk_is_done_even_if_the_run_is_killed_after_it(
    session: scoped_session, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        _a_loud_one()
    session.commit()
    monkeypatch.setattr(alert_noticing, "CHUNK", 2)
    sound, calls = alert_noticing.refresh, []

    def refresh(ids: Any, day: date, **options: Any) -> Noticed:
        calls.append(len(ids))
        if len(calls) > 1:
            raise KeyboardInterrupt
        return sound(ids, day, **options)

    monkeypatch.setattr(alert_noticing, "refresh", refresh)
    with pytest.raises(KeyboardInterrupt):
        alerts.refresh_all(TODAY)
    monkeypatch.setattr(alert_noticing, "refresh", sound)
    assert alerts.refresh_all(TODAY) == Noticed(opened=2)
    assert len(_letters("alert_opened")) == 4


def _in_threads(app: Flask, act: Callable[[], Any], many: int = 4) -> list[Any]:
    """The act in several sessions at once."""
    start, results = threading.Barrier(many), []

    def run() -> None:
        with app.app_context():
            start.wait()
            results.append(act())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_several_looks_at_once_open_an_alert_and_write_to_the_referent_once(own_app: Flask) -> None:
    with own_app.app_context():
        follow_up_id = _a_loud_one().follow_up.id
        db.session.commit()
    opened = _in_threads(own_app, lambda: alerts.refresh([follow_up_id], TODAY).opened)
    assert sorted(opened) == [0, 0, 0, 1]
    with own_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Alert)) == 1
        assert len(_letters("alert_opened")) == 1
