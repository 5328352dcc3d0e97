"""Which runs of a job are due now: at their hour, missed while the machine was off, or to be tried again?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from app.jobs.rules.runs import RunOutcome, RunTrigger
from app.jobs.rules.when import PARIS, When

ON_TIME: Final = timedelta(minutes=1)
"""A run that begins within this time of its slot is on time; later, it is caught up."""
RETRY_AFTER: Final = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long after each failure the same slot is tried again."""
DEATHS: Final = 3
"""A slot whose process died so many times is left: it may be what kills the process."""


class CatchUp(StrEnum):
    """What is made of the runs missed while no scheduler lived."""

    LATEST = "latest"
    """One run, for the latest slot: the job looks at all that is due, however long ago."""
    EACH = "each"
    """One run a missed slot, in order, each with its own day as today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A row of the schedule. ``run`` takes the day, answers a number, a mapping of numbers or None."""

    run: Callable[[date], Any]
    when: When
    title: str
    says: str
    """One sentence, for the administrators: what it does."""
    counted: str = "ligne traitée"
    """What the number it answers counts, in the singular."""
    catch_up: CatchUp = CatchUp.LATEST
    back: timedelta = timedelta(days=7)
    """How far back missed slots are caught up."""
    retries: int = 3
    """How many times a failed slot is tried again, 3 at most; after that the next slot has its turn."""
    limit: timedelta = timedelta(minutes=10)
    """A run longer than this is stopped and failed."""


Schedule = Mapping[str, Job]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A slot that has runs, none of them done or running."""

    due_at: datetime
    failures: int
    deaths: int
    last_outcome: RunOutcome
    last_ended_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What the run log says of a job: its latest slot that has a run, and the slots in trouble."""

    last_due_at: datetime | None = None
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A run to make now."""

    due_at: datetime
    trigger: RunTrigger

    @property
    def day(self) -> date:
        """The civil day of the slot: what the job takes for today."""
        return self.due_at.astimezone(PARIS).date()


def due_slots(job: Job, history: History, *, since: datetime, now: datetime) -> list[Slot]:
    """The runs to make now, the oldest first. ``since`` is when a scheduler first lived: nothing was missed before.

    A job that never ran (its row is new) owes its latest slot at most, whatever its policy.
    """
    floor = now - job.back
    missed = job.when.between(max(floor, history.last_due_at or since), now)
    again = [trouble.due_at for trouble in history.troubles if trouble.due_at > floor and may_retry(job, trouble, now)]
    if job.catch_up is CatchUp.LATEST or history.last_due_at is None:
        missed = missed[-1:]
    if job.catch_up is CatchUp.LATEST:
        again = [] if missed else [due_at for due_at in again if due_at == history.last_due_at]
    slots = [Slot(due_at, RunTrigger.CATCH_UP) for due_at in again]
    slots += [Slot(due_at, _trigger(due_at, now)) for due_at in missed]
    return sorted(slots)


def may_retry(job: Job, trouble: Trouble, now: datetime) -> bool:
    """At once after a death, some time after a failure; not for ever."""
    if trouble.deaths >= DEATHS or trouble.failures > job.retries:
        return False
    if trouble.last_outcome is RunOutcome.ABANDONED:
        return True
    return now >= trouble.last_ended_at + RETRY_AFTER[min(trouble.failures, len(RETRY_AFTER)) - 1]


def _trigger(due_at: datetime, now: datetime) -> RunTrigger:
    return RunTrigger.SCHEDULE if now - due_at <= ON_TIME else RunTrigger.CATCH_UP
