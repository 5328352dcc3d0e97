"""Which hours may be reported, which ask for a reason, who may validate them, and what may still be corrected?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.clauses.rules.kinds import HourKind, OverReason
from app.clauses.rules.periods import month_end, month_of
from app.clauses.rules.states import ReportState
from app.clauses.rules.terms import Terms
from app.core.quantities import round_half_up

MOST_HOURS: Final = Decimal("9999999.99")
DAY_HOURS: Final = Decimal(7)
DAY_MOST: Final = Decimal(10)
WEEK_MOST: Final = Decimal(48)
"""Code du travail: 35 h in five days, 10 h a day (L3121-18), 48 h a week (L3121-20)."""

Days = tuple[date, date | None]
"""A first and a last day, both included; a last day of None is not known yet."""


@dataclass(frozen=True, slots=True)
class ReportedLine:
    """The hours of one person, for one employer of record, month (its first day) and kind, on one lot."""

    person: UUID
    employer_of_record: str
    month: date
    kind: HourKind
    hours: Decimal
    over_reason: OverReason | None = None
    over_text: str = ""


class HourRefusal(StrEnum):
    """Why a line cannot be sent as it is; those of ASKS are answered by a reason, the others only by other hours."""

    NOT_A_NUMBER = "not_a_number"
    NOT_POSITIVE = "not_positive"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"
    ABOVE_MONTH_CAP = "above_month_cap"
    FUTURE_MONTH = "future_month"
    BEFORE_NOTIFICATION = "before_notification"
    AFTER_DELIVERY = "after_delivery"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE_ELIGIBILITY = "outside_eligibility"
    OUTSIDE_EMPLOYMENT = "outside_employment"
    NO_DAY_COUNTS = "no_day_counts"
    BEYOND_COVERED_DAYS = "beyond_covered_days"
    KIND_NOT_COUNTED = "kind_not_counted"
    TRAINING_ABOVE_CEILING = "training_above_ceiling"
    PARTLY_COVERED = "partly_covered"
    REASON_NEEDED = "reason_needed"
    OTHER_NEEDS_TEXT = "other_needs_text"


ASKS: Final = frozenset({HourRefusal.PARTLY_COVERED, HourRefusal.REASON_NEEDED, HourRefusal.OTHER_NEEDS_TEXT})
"""A reason is enough; the hours may stay."""


def blocking(reasons: Collection[HourRefusal]) -> tuple[HourRefusal, ...]:
    """Those that only other hours, another person or other dates can lift."""
    return tuple(reason for reason in reasons if reason not in ASKS)


def asking(reasons: Collection[HourRefusal]) -> tuple[HourRefusal, ...]:
    """Those that a reason lifts."""
    return tuple(reason for reason in reasons if reason in ASKS)


def covered_days(month: date, *windows: Days | None) -> tuple[date, date] | None:
    """First and last day of the month that lie in every window; None: no such day. A window of None is all days."""
    first, last = month_of(month), month_end(month)
    for window in windows:
        if window is not None:
            first = max(first, window[0])
            last = min(last, window[1] or last)
    return (first, last) if first <= last else None


def _days(covered: tuple[date, date]) -> int:
    return (covered[1] - covered[0]).days + 1


def is_whole_month(covered: tuple[date, date]) -> bool:
    return covered[0].day == 1 and covered[1] == month_end(covered[1])


def most_hours(covered: tuple[date, date], month_cap: Decimal) -> Decimal:
    """What the covered days can hold: their share of the month's cap, and never less than 10 h a day up to one week."""
    days = _days(covered)
    share = month_cap * days / _days((month_of(covered[0]), month_end(covered[0])))
    return round_half_up(min(month_cap, max(share, min(DAY_MOST * days, WEEK_MOST))))


def usual_hours(covered: tuple[date, date], full_month: Decimal) -> Decimal:
    """What a full-time person does on the covered days: 7 h from Monday to Friday, the full-time month at most."""
    if is_whole_month(covered):
        return full_month
    weekdays = sum((covered[0] + timedelta(days=rank)).weekday() < 5 for rank in range(_days(covered)))
    return min(full_month, DAY_HOURS * weekdays)


def _amount_refusals(hours: Decimal) -> tuple[HourRefusal, ...]:
    if not hours.is_finite():
        return (HourRefusal.NOT_A_NUMBER,)
    if hours <= 0:
        return (HourRefusal.NOT_POSITIVE,)
    if hours > MOST_HOURS:
        return (HourRefusal.TOO_LARGE,)
    return (HourRefusal.TOO_MANY_DECIMALS,) if hours != round_half_up(hours) else ()


def _date_refusals(month: date, works: Days, counts: Days | None, employed: Days, today: date) -> list[HourRefusal]:
    """A month is refused as a whole when no day of it lies in the works, the eligibility and the employment."""
    first, last = month_of(month), month_end(month)
    wrong = {
        HourRefusal.FUTURE_MONTH: first > today,
        HourRefusal.BEFORE_NOTIFICATION: last < works[0],
        HourRefusal.AFTER_DELIVERY: works[1] is not None and first > works[1],
        HourRefusal.NOT_ELIGIBLE: counts is None,
        HourRefusal.OUTSIDE_ELIGIBILITY: counts is not None and covered_days(month, counts) is None,
        HourRefusal.OUTSIDE_EMPLOYMENT: covered_days(month, employed) is None,
    }
    reasons = [reason for reason, is_wrong in wrong.items() if is_wrong]
    if not reasons and covered_days(month, works, counts, employed) is None:
        return [HourRefusal.NO_DAY_COUNTS]
    return reasons


def _reason_refusals(line: ReportedLine, month_total: Decimal, over_usual: bool, terms: Terms) -> list[HourRefusal]:
    if line.over_reason is None:
        over_month = month_total > terms.reason_above
        return [HourRefusal.REASON_NEEDED] * over_month + [HourRefusal.PARTLY_COVERED] * over_usual
    untold = line.over_reason is OverReason.OTHER and not line.over_text.strip()
    return [HourRefusal.OTHER_NEEDS_TEXT] * untold


def is_above_ceiling(training: Decimal, all_hours: Decimal, terms: Terms) -> bool:
    """Training hours of a person on the lot against all of theirs there, the training included."""
    ceiling = terms.training_ceiling_percent
    return ceiling is not None and training * 100 > ceiling * all_hours


def line_refusals(
    line: ReportedLine,
    *,
    works: Days,
    counts: Days | None,
    employed: Days,
    month_total: Decimal,
    terms: Terms,
    today: date,
    lot_month_total: Decimal | None = None,
    training: tuple[Decimal, Decimal] | None = None,
) -> tuple[HourRefusal, ...]:
    """Every reason at once, blocking first; empty: the line may be sent.

    ``works``: notification and delivery. ``counts``: first hire on the clause and last day that counts, None when the
    person was never found eligible. ``month_total``: all the person's lines of the month, this one included, over all
    contracts. ``lot_month_total``: the same on this lot (default: this line alone). ``training``: the person's training
    hours and all their hours on the lot, this line included; not given, the ceiling is not asked.
    """
    if unreadable := _amount_refusals(line.hours):
        return (*unreadable, *_date_refusals(line.month, works, counts, employed, today))
    reasons, over_usual = _date_refusals(line.month, works, counts, employed, today), False
    covered = covered_days(line.month, works, counts, employed)
    if counts is not None and covered and not is_whole_month(covered):
        here = max(line.hours, lot_month_total or line.hours)
        if here > most_hours(covered, terms.month_cap):
            reasons.append(HourRefusal.BEYOND_COVERED_DAYS)
        else:
            over_usual = here > usual_hours(covered, terms.reason_above)
    if max(month_total, line.hours) > terms.month_cap:
        reasons.append(HourRefusal.ABOVE_MONTH_CAP)
    if not terms.counts(line.kind):
        reasons.append(HourRefusal.KIND_NOT_COUNTED)
    elif line.kind is HourKind.TRAINING and training and is_above_ceiling(*training, terms):
        reasons.append(HourRefusal.TRAINING_ABOVE_CEILING)
    return (*reasons, *_reason_refusals(line, month_total, over_usual, terms))


def report_state(line_states: Collection[ReportState]) -> ReportState:
    """The report follows its lines: what waits for the facilitator first, then what waits for the firm."""
    states = set(line_states)
    for waiting in (ReportState.DECLARED, ReportState.RETURNED):
        if waiting in states:
            return waiting
    if not states or ReportState.DRAFT in states:
        return ReportState.DRAFT
    return ReportState.VALIDATED if ReportState.VALIDATED in states else ReportState.LOCKED


def may_validate(user_id: UUID, *authors: UUID | None) -> bool:
    """Nobody validates their own report: neither who declared it nor who typed or imported its lines."""
    return user_id not in authors


class CorrectionRefusal(StrEnum):
    """Why a correction after the lock is not kept."""

    NOT_LOCKED = "not_locked"
    NO_CHANGE = "no_change"
    BELOW_ZERO = "below_zero"
    ABOVE_CAP = "above_cap"
    TEXT_COMPULSORY = "text_compulsory"


def correction_refusals(
    line: ReportedLine,
    corrections: Sequence[Decimal],
    delta: Decimal,
    *,
    state: ReportState,
    month_total: Decimal,
    terms: Terms,
    text: str,
) -> tuple[CorrectionRefusal, ...]:
    """A locked line is corrected by a new dated line that says the difference.

    ``corrections``: those already made. ``month_total``: all the person's hours of the month, before this one.
    """
    corrected = line.hours + sum(corrections, Decimal(0)) + delta
    wrong = {
        CorrectionRefusal.NOT_LOCKED: state is not ReportState.LOCKED,
        CorrectionRefusal.NO_CHANGE: delta == 0,
        CorrectionRefusal.BELOW_ZERO: corrected < 0,
        CorrectionRefusal.ABOVE_CAP: delta > 0 and max(corrected, month_total + delta) > terms.month_cap,
        CorrectionRefusal.TEXT_COMPULSORY: not text.strip(),
    }
    return tuple(reason for reason, is_wrong in wrong.items() if is_wrong)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A line of a lot, and the member that reports it."""

    person: UUID
    month: date
    member: UUID
    member_name: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same person reported for the same month by several members of the lot; their names in order."""

    person: UUID
    month: date
    members: tuple[str, ...]


def duplicates(lines: Collection[MemberLine]) -> tuple[Duplicate, ...]:
    """Several lines by one member (kinds, employers of record) are no duplicate."""
    found: dict[tuple[UUID, date], dict[UUID, str]] = {}
    for line in lines:
        found.setdefault((line.person, month_of(line.month)), {})[line.member] = line.member_name
    return tuple(
        Duplicate(person, month, tuple(sorted(members.values())))
        for (person, month), members in sorted(found.items(), key=lambda item: (item[0][1], str(item[0][0])))
        if len(members) > 1
    )


LineKey = tuple[UUID, str, date, HourKind]


def key_of(line: ReportedLine) -> LineKey:
    """One line per lot, person, employer of record, month and kind (domain 1.5)."""
    return line.person, line.employer_of_record, month_of(line.month), line.kind


def repeated(lines: Collection[ReportedLine]) -> frozenset[LineKey]:
    """Keys that more than one line of a lot has."""
    seen: set[LineKey] = set()
    twice: set[LineKey] = set()
    for line in lines:
        (twice if key_of(line) in seen else seen).add(key_of(line))
    return frozenset(twice)
