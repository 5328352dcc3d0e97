"""What time is it? The only reader of the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The instant, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The civil day in Paris."""
    return now().astimezone(PARIS).date()


def civil_day(instant: datetime) -> date:
    """The day in Paris on which an instant falls."""
    return instant.astimezone(PARIS).date()


@contextmanager
def frozen(moment: date | datetime) -> Iterator[None]:
    """Stop the clock, for tests and for replaying a job: a date means noon in Paris."""
    instant = moment if isinstance(moment, datetime) else datetime.combine(moment, time(12), PARIS)
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
