"""Which exit is it: positive for the PLIE, durable, of transition or positive for the IAE, dynamic for the plan?

The grid is data (``app/follow_up/data/exits.toml``): versions with a day, rules in order, the first that fits gives the
label. One label an indicator, all of them shown side by side.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from app.core.quantities import add_months

GRID: Final = Path(__file__).resolve().parents[1] / "data" / "exits.toml"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExitJob:
    """A job: ``until`` is the last day worked so far (or for good), ``end_on`` the last day foreseen (None: no term).

    ``kind`` is a form of employment, ``attested`` says that its proof was seen, ``in_siae`` that the employer is one.
    """

    kind: str
    start_on: date
    until: date
    hours_week: Decimal
    end_on: date | None = None
    attested: bool = False
    in_siae: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """A training: does it lead to a qualification, and was that obtained?"""

    qualifying: bool
    validated: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What became of a person."""

    jobs: Sequence[ExitJob] = ()
    business: bool = False
    training: Training | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the grid; the file explains each field. What is None is not asked."""

    what: Literal["job", "jobs", "business", "training"]
    label: str
    words: str
    counts: bool
    kinds: Sequence[str] | None = None
    in_siae: bool | None = None
    measure: Literal["held", "term"] = "held"
    months: int | None = None
    bound: Literal["at_least", "more_than"] = "at_least"
    hours_week: Decimal = Decimal(0)
    attested: bool = False
    max_gap_days: int = 0
    qualifying: bool = False
    validated: bool = False

    def __post_init__(self) -> None:
        fits = self.what in _FITS and self.measure in ("held", "term") and self.bound in ("at_least", "more_than")
        if not fits:
            raise ValueError(f"not a rule of exits: {self}")


@dataclass(frozen=True, slots=True)
class Indicator:
    """The rules of one indicator from a day on; ``otherwise`` are the words when none fits."""

    code: str
    name: str
    valid_from: date
    rules: Sequence[Rule]
    otherwise: str


Grid = Sequence[Indicator]


@dataclass(frozen=True, slots=True)
class ExitLabel:
    """What one indicator says: ``code`` is None when no rule fits."""

    indicator: str
    name: str
    code: str | None
    words: str
    counts: bool


def parse_grid(text: str) -> Grid:
    """A grid as TOML. Raises ValueError or TypeError for a word that no rule knows."""
    return tuple(_indicator(**one) for one in tomllib.loads(text, parse_float=Decimal)["indicator"])


def _indicator(*, rule: Sequence[Mapping[str, Any]] = (), **said: Any) -> Indicator:
    return Indicator(**said, rules=tuple(_rule(one) for one in rule))


def _rule(said: Mapping[str, Any]) -> Rule:
    return Rule(**{**said, "hours_week": Decimal(said.get("hours_week", 0))})


@lru_cache(maxsize=1)
def the_grid() -> Grid:
    """The grid of the portal, read once."""
    return parse_grid(GRID.read_text(encoding="utf-8"))


def exit_labels(situation: Situation, on: date, grid: Grid | None = None) -> tuple[ExitLabel, ...]:
    """One label for each indicator in force that day, in the order of the grid."""
    return tuple(_label(situation, one) for one in _in_force(the_grid() if grid is None else grid, on))


def _in_force(grid: Grid, on: date) -> Iterator[Indicator]:
    for code in dict.fromkeys(one.code for one in grid):
        versions = [one for one in grid if one.code == code and one.valid_from <= on]
        if versions:
            yield max(versions, key=lambda one: one.valid_from)


def _label(situation: Situation, indicator: Indicator) -> ExitLabel:
    for rule in indicator.rules:
        if _FITS[rule.what](rule, situation):
            return ExitLabel(indicator.code, indicator.name, rule.label, rule.words, rule.counts)
    return ExitLabel(indicator.code, indicator.name, None, indicator.otherwise, False)


def lasts(start_on: date, last_day: date | None, months: int, bound: Literal["at_least", "more_than"]) -> bool:
    """Civil months, clamped, both days included: 1 January to 30 June is six months, to 29 June is not.

    Without a last day it lasts.
    """
    if last_day is None:
        return True
    after = add_months(start_on, months)
    return last_day >= after if bound == "more_than" else last_day >= after - _DAY


def _job_fits(rule: Rule, situation: Situation) -> bool:
    return any(_lasts_enough(rule, job) for job in situation.jobs if _admitted(rule, job))


def _admitted(rule: Rule, job: ExitJob) -> bool:
    return (
        (rule.kinds is None or job.kind in rule.kinds)
        and (rule.in_siae is None or job.in_siae == rule.in_siae)
        and job.hours_week >= rule.hours_week
        and (job.attested or not rule.attested)
    )


def _lasts_enough(rule: Rule, job: ExitJob) -> bool:
    if rule.months is None:
        return True
    return lasts(job.start_on, job.until if rule.measure == "held" else job.end_on, rule.months, rule.bound)


def _jobs_fit(rule: Rule, situation: Situation) -> bool:
    """Jobs that follow one another: the days worked are put end to end from the first day, days of two jobs once."""
    jobs = sorted((job for job in situation.jobs if _admitted(rule, job)), key=lambda job: job.start_on)
    return any(
        lasts(job.start_on, _end_to_end(jobs[rank:], rule.max_gap_days), rule.months or 0, rule.bound)
        for rank, job in enumerate(jobs)
    )


def _end_to_end(jobs: Sequence[ExitJob], max_gap_days: int) -> date:
    """The last day of the chain that the first job begins, had there been no day without work in it."""
    last, idle = jobs[0].until, 0
    for job in jobs[1:]:
        gap = max(0, (job.start_on - last).days - 1)
        if gap > max_gap_days:
            break
        idle += gap
        last = max(last, job.until)
    return last - timedelta(days=idle)


def _business_fits(rule: Rule, situation: Situation) -> bool:
    return situation.business


def _training_fits(rule: Rule, situation: Situation) -> bool:
    training = situation.training
    return (
        training is not None
        and (training.qualifying or not rule.qualifying)
        and (training.validated or not rule.validated)
    )


_FITS: Final[Mapping[str, Callable[[Rule, Situation], bool]]] = {
    "job": _job_fits,
    "jobs": _jobs_fit,
    "business": _business_fits,
    "training": _training_fits,
}
