"""On which days are the calls and visits of the six months, and may one be moved to another day?"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.core.quantities import add_months
from app.core.working_days import is_working_day, last_working_day_in, legal_holidays, next_working_day
from app.follow_up.rules.kinds import VisitKind

__all__ = [
    "ORDER",
    "CalendarRefusal",
    "is_working_day",
    "last_working_day_in",
    "legal_holidays",
    "move_refusals",
    "next_working_day",
    "plan",
    "six_months_end",
    "trial_end_by_law",
]
MONTHS: Final = 6
BEFORE_TRIAL_ENDS: Final = timedelta(days=8)
_DAY: Final = timedelta(days=1)
ORDER: Final = (
    VisitKind.FIRST_CALL,
    VisitKind.MONTH_1,
    VisitKind.MONTH_3,
    VisitKind.MONTH_5,
    VisitKind.CLOSING,
)


class CalendarRefusal(StrEnum):
    """Why a visit cannot be on that day."""

    NOT_A_WORKING_DAY = "follow_up_not_a_working_day"
    PAST = "follow_up_visit_in_the_past"
    OUTSIDE_SIX_MONTHS = "follow_up_outside_six_months"
    OUT_OF_ORDER = "follow_up_visit_out_of_order"
    NO_REASON = "follow_up_move_without_reason"


def six_months_end(start: date) -> date:
    """The last day inside the six months: civil months, clamped to the month's end, the interval half-open."""
    return add_months(start, MONTHS) - _DAY


def plan(start: date, trial_ends_on: date | None = None) -> Mapping[VisitKind, date]:
    """The five steps, in order (fiche 4-2).

    The visit of the third month comes 8 days before the end of the trial when that is earlier, and after the first
    visit; a shorter trial brings the first visit forward instead, never before the working day after the call.
    """
    first_call = next_working_day(start + timedelta(days=7))
    month_1 = next_working_day(add_months(start, 1))
    month_3 = next_working_day(add_months(start, 3))
    if trial_ends_on is not None:
        before = next_working_day(trial_ends_on - BEFORE_TRIAL_ENDS)
        if before > month_1:
            month_3 = min(month_3, before)
        else:
            month_1 = min(month_1, max(before, next_working_day(first_call + _DAY)))
    days = (
        first_call,
        month_1,
        month_3,
        next_working_day(add_months(start, 5)),
        last_working_day_in(six_months_end(start)),
    )
    return dict(zip(ORDER, days, strict=True))


def trial_end_by_law(open_ended: bool, start: date, end: date | None) -> date:
    """The longest trial that the law allows without a renewal, as a suggestion: its last day.

    CDI of employees and workers: two months (Code du travail, art. L1221-19). CDD of six months at most: one day a
    week, two weeks at most; longer, or without a known term: one month (art. L1242-10).
    """
    if open_ended:
        return add_months(start, 2) - _DAY
    if end is not None and end <= six_months_end(start):
        weeks = max(1, ((end - start).days + 1) // 7)
        return start + timedelta(days=min(weeks, 14) - 1)
    return add_months(start, 1) - _DAY


def move_refusals(
    kind: VisitKind,
    to: date,
    *,
    others: Mapping[VisitKind, date],
    starts_on: date,
    ends_on: date,
    today: date,
    reason: str,
) -> tuple[CalendarRefusal, ...]:
    """Every reason against moving a step to a day; empty: it may be. ``others`` are the other steps not cancelled."""
    reasons = []
    if not is_working_day(to):
        reasons.append(CalendarRefusal.NOT_A_WORKING_DAY)
    if to < today:
        reasons.append(CalendarRefusal.PAST)
    if to < starts_on or (to > ends_on and kind is not VisitKind.EXTRA):
        reasons.append(CalendarRefusal.OUTSIDE_SIX_MONTHS)
    if kind in ORDER and _out_of_order(kind, to, others):
        reasons.append(CalendarRefusal.OUT_OF_ORDER)
    if not reason.strip():
        reasons.append(CalendarRefusal.NO_REASON)
    return tuple(reasons)


def _out_of_order(kind: VisitKind, to: date, others: Mapping[VisitKind, date]) -> bool:
    rank = ORDER.index(kind)
    before: Collection[date] = [others[one] for one in ORDER[:rank] if one in others]
    after: Collection[date] = [others[one] for one in ORDER[rank + 1 :] if one in others]
    return any(to <= day for day in before) or any(to >= day for day in after)
