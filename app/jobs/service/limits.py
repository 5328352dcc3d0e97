"""How long may a job last? A thread cannot be killed, but each statement it sends knows how much time is left."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class TooLong(Exception):
    """The job went beyond its limit."""


@contextmanager
def within(limit: timedelta) -> Iterator[None]:
    """Whatever asks the database after this time raises TooLong; what PostgreSQL works on by then is cancelled."""
    token = _deadline.set(time.monotonic() + limit.total_seconds())
    try:
        yield
    finally:
        _deadline.reset(token)


def _left() -> float | None:
    deadline = _deadline.get()
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooLong
    return left


@event.listens_for(Engine, "begin")
def _bound_transaction(connection: Connection) -> None:
    left = _left()
    if left is not None:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, round(left * 1000))}")


@event.listens_for(Engine, "before_cursor_execute")
def _bound_statement(*_arguments: Any) -> None:
    _left()
