"""Which weak signals do the facts of one follow-up make today (fiche 4-2), and when does the manager learn of one?

A signal has a ``key`` made of the facts it stands on: noticed again tomorrow it is the same one, while a new fact makes
another. A fact not known (no report of hours, no day of end) makes no signal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final, TypeAlias

from app.core.quantities import add_months, round_half_up
from app.follow_up.rules.facts import ANSWERED, Contact, Facts, Job, VisitRow
from app.follow_up.rules.kinds import AlertKind, AlertLevel, VisitKind
from app.follow_up.rules.states import VisitState

ABSENCE_WINDOW: Final = timedelta(days=10)
"""Ten civil days, both included: the 1st and the 10th are in one window, the 1st and the 11th are not."""
LATE_DAYS: Final = 8
"""A visit more than so many days late is a signal for the referent."""
VERY_LATE_DAYS: Final = 15
"""And more than so many, for the manager too."""
TRIAL_DAYS: Final = 8
END_DAYS: Final = 30
LOW_SHARE: Final = Decimal("0.80")
"""Hours below this share of the agreed hours are low; exactly this share is not."""
UNACKNOWLEDGED_DAYS: Final = 7
"""After so many days without an acknowledgement the manager learns of an alert."""
Told: TypeAlias = str | int | list[str]


@dataclass(frozen=True, slots=True)
class Signal:
    """One weak signal; ``facts`` are dates (ISO), figures and references, ready for JSON, for the French sentence."""

    kind: AlertKind
    key: str
    level: AlertLevel
    facts: Mapping[str, Told]


def signals(facts: Facts, today: date) -> tuple[Signal, ...]:
    """All of them, in the order of the plan's list, the older first within a kind."""
    return tuple(signal for rule in _RULES for signal in rule(facts, today))


def escalation_due(kind: AlertKind, opened_on: date, acknowledged: bool, late_days: int, today: date) -> bool:
    """Does the manager learn of it today?

    A visit more than 15 days late: yes, acknowledged or not, since it is still not held. Any other: when nobody
    acknowledged it in 7 days (opened on the 3rd, the manager learns on the 10th).
    """
    if kind is AlertKind.VISIT_LATE:
        return late_days > VERY_LATE_DAYS
    return not acknowledged and (today - opened_on).days >= UNACKNOWLEDGED_DAYS


def late_days(planned_on: date, today: date) -> int:
    """How many days after the agreed day we are; 0 until that day is over."""
    return max(0, (today - planned_on).days)


def agreed_hours(jobs: Iterable[Job], month: date) -> Decimal:
    """Hours agreed for the month of that first day: hours a week × 52 ÷ 12, by days if a job starts or ends in it."""
    after = add_months(month, 1)
    share = Decimal(0)
    for job in jobs:
        end = after if job.last_day is None else min(after, job.last_day + timedelta(days=1))
        share += job.hours_week * max(0, (end - max(month, job.start_on)).days)
    return share * 52 / (12 * (after - month).days)


def _signal(kind: AlertKind, ref: str, level: AlertLevel = AlertLevel.REFERENT, **facts: Told) -> Signal:
    return Signal(kind, f"{kind}:{ref}", level, facts)


def _two_absences(facts: Facts, today: date) -> Iterator[Signal]:
    """A window opens on an absence that no earlier window holds, so that a week of absence is one signal."""
    sides = {absence.on: absence.side for absence in facts.absences}
    days = sorted(sides)
    while days:
        window = [day for day in days if day < days[0] + ABSENCE_WINDOW]
        if len(window) > 1:
            told = sorted({sides[day].value for day in window})
            yield _signal(
                AlertKind.TWO_ABSENCES, window[0].isoformat(), days=[day.isoformat() for day in window], sides=told
            )
            days = days[len(window) :]
        else:
            days = days[1:]


def _visit_late(facts: Facts, today: date) -> Iterator[Signal]:
    late = [visit for visit in facts.visits if visit.state is VisitState.PLANNED]
    for visit in sorted(late, key=lambda visit: visit.planned_on):
        days = late_days(visit.planned_on, today)
        if days > LATE_DAYS:
            yield _signal(
                AlertKind.VISIT_LATE,
                f"{visit.ref}:{visit.planned_on}",
                AlertLevel.MANAGER if days > VERY_LATE_DAYS else AlertLevel.REFERENT,
                visit=visit.ref,
                visit_kind=visit.kind.value,
                planned_on=visit.planned_on.isoformat(),
                late_days=days,
            )


def _no_answer(facts: Facts, today: date) -> Iterator[Signal]:
    """Two in a row since somebody last answered, then two more. Contacts of one day keep the order in which they come,
    the visits last."""
    met = [
        Contact(visit.met_on, ANSWERED[visit.state])
        for visit in facts.visits
        if visit.met_on is not None and visit.state in ANSWERED
    ]
    silent: list[date] = []
    for contact in sorted([*facts.contacts, *met], key=lambda contact: contact.on):
        silent = [] if contact.answered else [*silent, contact.on]
    for first, second in zip(silent[::2], silent[1::2], strict=False):
        yield _signal(AlertKind.NO_ANSWER, first.isoformat(), days=[first.isoformat(), second.isoformat()])


def _trial_without_visit(facts: Facts, today: date) -> Iterator[Signal]:
    """The call of the first week is no visit."""
    for job in _running(facts, today):
        if job.trial_ends_on is None or not _within(job.trial_ends_on, today, TRIAL_DAYS):
            continue
        if not any(_seen(visit, job) for visit in facts.visits):
            yield _signal(
                AlertKind.TRIAL_WITHOUT_VISIT,
                f"{job.ref}:{job.trial_ends_on}",
                job=job.ref,
                trial_ends_on=job.trial_ends_on.isoformat(),
                days_left=(job.trial_ends_on - today).days,
            )


def _seen(visit: VisitRow, job: Job) -> bool:
    held = visit.state is VisitState.HELD and visit.kind is not VisitKind.FIRST_CALL
    return held and visit.met_on is not None and visit.met_on >= job.start_on


def _end_without_plan(facts: Facts, today: date) -> Iterator[Signal]:
    """A later job of the follow-up is a plan."""
    for job in _running(facts, today):
        if job.end_on is None or job.planned or not _within(job.end_on, today, END_DAYS):
            continue
        if not any(other.start_on > job.start_on for other in facts.jobs):
            yield _signal(
                AlertKind.END_WITHOUT_PLAN,
                f"{job.ref}:{job.end_on}",
                job=job.ref,
                end_on=job.end_on.isoformat(),
                days_left=(job.end_on - today).days,
            )


def _running(facts: Facts, today: date) -> list[Job]:
    jobs = [job for job in facts.jobs if job.ended_on is None and job.start_on <= today]
    return sorted(jobs, key=lambda job: job.start_on)


def _within(day: date, today: date, days: int) -> bool:
    return 0 <= (day - today).days <= days


def _low_hours(facts: Facts, today: date) -> Iterator[Signal]:
    """Only months that are over. Two months running: the second month names the signal."""
    low = {month: agreed for month in sorted(facts.hours) if (agreed := _low(facts, month, today)) is not None}
    for second in low:
        first = add_months(second, -1)
        if first in low:
            months = [first, second]
            yield _signal(
                AlertKind.LOW_HOURS,
                f"{second:%Y-%m}",
                months=[f"{month:%Y-%m}" for month in months],
                hours=[str(round_half_up(facts.hours[month])) for month in months],
                agreed=[str(round_half_up(low[month])) for month in months],
                percents=[_percent(facts.hours[month], low[month]) for month in months],
            )


def _low(facts: Facts, month: date, today: date) -> Decimal | None:
    """The agreed hours of a month whose hours are low."""
    agreed = agreed_hours(facts.jobs, month)
    over = add_months(month, 1) <= today
    return agreed if over and facts.hours[month] < agreed * LOW_SHARE else None


def _percent(hours: Decimal, agreed: Decimal) -> str:
    """Cut, not rounded: 79.9 % is below 80 and must read so."""
    return str((hours * 100 / agreed).quantize(Decimal(1), rounding=ROUND_DOWN))


_RULES: Final[tuple[Callable[[Facts, date], Iterator[Signal]], ...]] = (
    _two_absences,
    _visit_late,
    _no_answer,
    _trial_without_visit,
    _end_without_plan,
    _low_hours,
)
