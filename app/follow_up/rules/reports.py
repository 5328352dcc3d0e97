"""What may be reported of a visit or of an exchange, until when is it corrected, and when to try again?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.follow_up.rules import calendar
from app.follow_up.rules.kinds import JobPlan, MeetingMode, VisitKind
from app.follow_up.rules.states import VisitAction, VisitState

CORRECTION_DAYS: Final = 7
"""For how long the author of a report may correct it."""
OUTCOMES: Final[Mapping[VisitAction, VisitState]] = {
    VisitAction.HOLD: VisitState.HELD,
    VisitAction.NOTE_ABSENCE: VisitState.ABSENT,
    VisitAction.NOTE_NO_ANSWER: VisitState.NO_ANSWER,
    VisitAction.NOTE_REFUSAL: VisitState.REFUSED,
}
"""What a report may say of a visit, in the order of the page."""
REPORTED: Final = frozenset(OUTCOMES.values())


class ReportRefusal(StrEnum):
    """Why a report or an exchange cannot be recorded."""

    FUTURE = "follow_up_report_future"
    BEFORE_START = "follow_up_report_before_start"
    NOT_TO_REPORT = "follow_up_report_not_to_report"
    SETTLED = "follow_up_report_settled"
    OUTCOME_FIXED = "follow_up_report_outcome_fixed"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a tutor said: three answers, each of which may be missing, and free words."""

    absences: bool | None = None
    work_well_done: bool | None = None
    see_again: bool | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.words) or not (self.absences is self.work_well_done is self.see_again is None)


@dataclass(frozen=True, slots=True)
class Report:
    """What the referent notes. When the visit was not held, only ``action``, ``met_on`` and ``again_on`` count."""

    action: VisitAction
    met_on: date
    mode: MeetingMode = MeetingMode.PLACE
    fits_offer: bool | None = None
    notes: str = ""
    next_words: str = ""
    tutor: Answers = field(default_factory=Answers)
    person_words: str = ""
    absences: tuple[date, ...] = ()
    again_on: date | None = None
    plan: JobPlan | None = None
    plan_words: str = ""

    @property
    def held(self) -> bool:
        """Did people meet?"""
        return self.action is VisitAction.HOLD


def day_refusals(on: date, starts_on: date, today: date) -> tuple[ReportRefusal, ...]:
    """The day of a visit or of an exchange: neither tomorrow nor before the first day of work."""
    if on > today:
        return (ReportRefusal.FUTURE,)
    return (ReportRefusal.BEFORE_START,) if on < starts_on else ()


@dataclass(frozen=True, slots=True)
class Steps:
    """What a new try must fit in: the other steps still in the calendar, and the six months."""

    others: Mapping[VisitKind, date]
    starts_on: date
    ends_on: date


def again_refusals(
    kind: VisitKind, again_on: date | None, steps: Steps, today: date
) -> tuple[calendar.CalendarRefusal, ...]:
    """The day of a new try obeys the rules of a moved one: from today, a working day, in order, in the six months."""
    if again_on is None:
        return ()
    return calendar.move_refusals(
        kind,
        again_on,
        others=steps.others,
        starts_on=steps.starts_on,
        ends_on=steps.ends_on,
        today=today,
        reason="again",
    )


def proposed_again(kind: VisitKind, steps: Steps, today: date) -> date | None:
    """The next working day after today, when the calendar has room for it."""
    day = calendar.next_working_day(today + timedelta(days=1))
    return None if again_refusals(kind, day, steps, today) else day


def may_correct(author: UUID | None, reported_on: date | None, reader: UUID | None, today: date) -> bool:
    """Only its author, during the seven days that follow."""
    if author is None or reported_on is None or author != reader:
        return False
    return reported_on <= today <= reported_on + timedelta(days=CORRECTION_DAYS)
