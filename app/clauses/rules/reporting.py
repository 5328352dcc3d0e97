"""How is a report filled in from the last one, which periods are owed, when is a firm chased, which papers join?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.clauses.rules.hours import ASKS, Days, Duplicate, HourRefusal, is_whole_month
from app.clauses.rules.kinds import Frequency, HourKind, OverReason
from app.clauses.rules.periods import LENGTHS, Period, period_of
from app.core.quantities import add_months, round_half_up

LOCK_AFTER_DAYS: Final = 15
"""Days after the last validation when a period closes by itself."""
WORKING_DAYS: Final = 5
WEEKS_A_YEAR: Final = 52
DOCUMENT_MOST: Final = 5 * 1024 * 1024
DOCUMENTS_MOST: Final = 200
TEXT_MOST: Final = 500


class ReportRefusal(StrEnum):
    """Why a report, or a cell of it, is not taken as it is."""

    DUPLICATE = "duplicate"
    NOT_ON_LOT = "not_on_lot"
    NOT_IN_PERIOD = "not_in_period"
    SETTLED = "settled"
    PERIOD_LOCKED = "period_locked"
    NO_PERIOD = "no_period"
    FAULTY = "faulty"
    NOTHING_TYPED = "nothing_typed"
    HOURS_TYPED = "hours_typed"
    OWN_REPORT = "own_report"
    RETURN_TEXT = "return_text"
    NO_LINE_CHOSEN = "no_line_chosen"
    NOT_SETTLED = "not_settled"


class DocumentRefusal(StrEnum):
    """Why a paper is not joined."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_KIND = "not_a_kind"
    TOO_MANY = "too_many"
    CLOSED = "closed"


class ReminderRefusal(StrEnum):
    """Why a reminder is not sent."""

    NO_ADDRESS = "no_address"
    DONE = "done"
    NO_TEXT = "no_text"


class ReminderLevel(StrEnum):
    """How firmly a firm is asked for its hours."""

    BEFORE = "before"
    LATE = "late"
    FORMAL = "formal"


LEVELS: Final[tuple[tuple[int, ReminderLevel, int], ...]] = (
    (1, ReminderLevel.BEFORE, -3),
    (2, ReminderLevel.LATE, 1),
    (3, ReminderLevel.FORMAL, 15),
)
"""Number kept in the table, tone, days after the day before which the report is due."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hours typed for a person of the lot, a month and a kind; None: nothing, the line goes."""

    employment_id: UUID
    month: date
    kind: HourKind = HourKind.WORK
    hours: Decimal | None = None
    over_reason: OverReason | None = None
    over_text: str = ""
    import_id: UUID | None = None
    confirmed: bool = True

    @property
    def key(self) -> "CellKey":
        return self.employment_id, self.month, self.kind


CellKey = tuple[UUID, date, HourKind]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to say beside a cell, with what its words need."""

    reason: HourRefusal | ReportRefusal
    covered: Days | None = None
    until: date | None = None
    duplicate: Duplicate | None = None

    @property
    def asks(self) -> bool:
        """A reason is enough."""
        return self.reason in ASKS


UNREADABLE: Final = frozenset(
    {HourRefusal.NOT_A_NUMBER, HourRefusal.NOT_POSITIVE, HourRefusal.TOO_MANY_DECIMALS, HourRefusal.TOO_LARGE}
)


def may_be_kept(fault: Fault) -> bool:
    """A draft keeps hours that are wrong, but not what is no number nor what belongs to another line or report."""
    return fault.reason not in UNREADABLE and not isinstance(fault.reason, ReportRefusal)


def usual_hours_of(hours_week: Decimal, covered: tuple[date, date]) -> Decimal:
    """What that employment does on the covered days: 52 weeks over 12 months, or its days from Monday to Friday."""
    month = round_half_up(hours_week * WEEKS_A_YEAR / 12)
    if is_whole_month(covered):
        return month
    count = (covered[1] - covered[0]).days + 1
    weekdays = sum((covered[0] + timedelta(days=rank)).weekday() < WORKING_DAYS for rank in range(count))
    return min(month, round_half_up(hours_week * weekdays / WORKING_DAYS))


def taken_over(last: Decimal | None, hours_week: Decimal, covered: tuple[date, date], is_new: bool) -> Decimal | None:
    """Hours to begin with: last month's, no more than the covered days hold; somebody new: their usual ones."""
    usual = usual_hours_of(hours_week, covered)
    if last is None:
        return usual if is_new and usual > 0 else None
    return last if is_whole_month(covered) else min(last, usual) or None


def periods_owed(first_day: date, last_day: date, frequency_on: Callable[[date], Frequency]) -> tuple[Period, ...]:
    """Every period that began by ``last_day``. A new frequency waits for the civil period at which it can start."""
    found: list[Period] = []
    cursor = first_day.replace(day=1)
    first = True
    while cursor <= last_day:
        frequency = frequency_on(max(cursor, first_day))
        period = period_of(cursor, frequency)
        if period.first_month != cursor and not first:
            period = Period(cursor, LENGTHS[Frequency.MONTHLY])
        found.append(period)
        cursor, first = add_months(period.first_month, period.length), False
    return tuple(found)


def level_on(due: date, today: date) -> int | None:
    """The firmest level whose day has come; None before the first."""
    reached = [number for number, _, days in LEVELS if today >= due + timedelta(days=days)]
    return max(reached, default=None)


_SIGNATURES: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)


def kind_of_document(content: bytes) -> tuple[str, str] | None:
    """(media type, extension) by what the file is, whatever its name says."""
    return next(((media, end) for start, media, end in _SIGNATURES if content.startswith(start)), None)


def document_refusals(content: bytes, already: int) -> tuple[DocumentRefusal, ...]:
    """All at once."""
    wrong = {
        DocumentRefusal.EMPTY: not content,
        DocumentRefusal.TOO_LARGE: len(content) > DOCUMENT_MOST,
        DocumentRefusal.NOT_A_KIND: bool(content) and kind_of_document(content) is None,
        DocumentRefusal.TOO_MANY: already >= DOCUMENTS_MOST,
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)
