"""Is a task late, and what is wrong with how somebody ends it, moves it or hands it over?"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.events.rules.kinds import TaskResult


class TaskRefusal(StrEnum):
    """Why an act on a task is refused."""

    COUNT_MISSING = "event_task_count_missing"
    DUE_PAST = "event_task_due_past"
    DUE_TOO_FAR = "event_task_due_too_far"
    NOT_A_MEMBER = "event_task_not_a_member"


class Urgency(StrEnum):
    """When it must be done, in the order of the list."""

    LATE = "late"
    THIS_WEEK = "this_week"
    LATER = "later"


COUNTS_PEOPLE: Final = frozenset({TaskResult.HIRE, TaskResult.PLACEMENT})
"""With these somebody says how many people."""
FURTHEST: Final = timedelta(days=366)


def urgency(due_on: date, today: date) -> Urgency:
    """Late from the day after; this week within seven days."""
    if due_on < today:
        return Urgency.LATE
    return Urgency.THIS_WEEK if due_on <= today + timedelta(days=7) else Urgency.LATER


def finish_refusals(result: TaskResult, count: int) -> tuple[TaskRefusal, ...]:
    """A hire and a stage are those of at least one person."""
    return (TaskRefusal.COUNT_MISSING,) if result in COUNTS_PEOPLE and count < 1 else ()


def kept_count(result: TaskResult, count: int) -> int:
    """People, of the results that have some."""
    return count if result in COUNTS_PEOPLE else 0


def move_refusals(to: date, today: date) -> tuple[TaskRefusal, ...]:
    """Today at the earliest, within a year."""
    if to < today:
        return (TaskRefusal.DUE_PAST,)
    return (TaskRefusal.DUE_TOO_FAR,) if to > today + FURTHEST else ()


def owner_refusals(owner: UUID | None, members: Collection[UUID]) -> tuple[TaskRefusal, ...]:
    """Somebody of the organisation that owns it, or nobody yet."""
    return () if owner is None or owner in members else (TaskRefusal.NOT_A_MEMBER,)


def reminds(due_on: date, today: date, days: int) -> str:
    """Which of the two reminders is due: « before » in the ``days`` before, « late » from the day after, or none."""
    if due_on < today:
        return "late"
    return "before" if due_on <= today + timedelta(days=days) else ""
