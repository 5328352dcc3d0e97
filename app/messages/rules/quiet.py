"""When may a message leave? Nobody's phone rings at night, on a Sunday or on a holiday. Hours are those of Paris."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.core.working_days import legal_holidays
from app.messages.rules.sending import Channel

PARIS: Final = ZoneInfo("Europe/Paris")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Half-open: from ``opens`` to before ``closes``; ``rests`` on Sundays and holidays."""

    opens: time
    closes: time
    rests: bool


HOURS: Final[Mapping[Channel, Hours]] = {
    Channel.SMS: Hours(time(8), time(20), rests=True),
    Channel.EMAIL: Hours(time(7), time(21), rests=False),
}


def _rests(day: date) -> bool:
    return day.weekday() == 6 or day in legal_holidays(day.year)


def not_before(channel: Channel, instant: datetime, *, urgent: bool = False) -> datetime | None:
    """The instant (UTC) at which a message written now may leave; None: at once. Paper is never quiet."""
    hours = HOURS.get(channel)
    if urgent or hours is None:
        return None
    local = instant.astimezone(PARIS)
    day, quiet = local.date(), local.time() < hours.opens
    if local.time() >= hours.closes:
        day, quiet = day + _DAY, True
    while hours.rests and _rests(day):
        day, quiet = day + _DAY, True
    return datetime.combine(day, hours.opens, PARIS).astimezone(UTC) if quiet else None


def later_of(instant: datetime, channel: Channel, *, urgent: bool = False) -> datetime:
    """That instant, or the end of the quiet hours in which it falls."""
    return not_before(channel, instant, urgent=urgent) or instant
