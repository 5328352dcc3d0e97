"""How well do what a structure trains for and what a firm recruits go together, from 0 to 100, and through which jobs?

Every job trained for is laid beside every post; the best pair makes the score, so that one job more never lowers it.
Parts are whole millionths of a point, as in ``matching.scoring``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, isnan

from matching.affinity.partners import TRADE_LINKS, AffinityWeights, Job, Partner
from matching.comparison import HoursMatch, TradeLink, match_hours, trade_link
from matching.criteria import Tables
from matching.scoring import POINT, proportion, rounded


@dataclass(frozen=True, slots=True)
class Common:
    """A job trained for beside a post, as far as they are tied."""

    trained: Job
    sought: Job
    link: TradeLink
    km: float
    """NaN when it is not known."""
    asked: int
    """Half-hours of the longer of the two weeks; 0: one side has not said its week."""
    shared: int
    hours: HoursMatch | None
    """None: one side has not said its hours."""
    millionths: int


@dataclass(frozen=True, slots=True)
class Likeness:
    trainer: Partner
    recruiter: Partner
    weights: AffinityWeights
    km: float
    """Between the jobs of the best pair, else between the two organisations. NaN when it is not known."""
    common: tuple[Common, ...]
    """The pairs of jobs that are tied, the best first; each job trained for once."""
    score: int
    """Whole points, 0 to 100."""

    @property
    def best(self) -> Common | None:
        return next(iter(self.common), None)


def affinity(trainer: Partner, recruiter: Partner, tables: Tables, weights: AffinityWeights | None = None) -> Likeness:
    """``trainer``: a structure and the jobs it trains for; ``recruiter``: a firm and its posts."""
    figures = weights or AffinityWeights()
    pairs = sorted(_pairs(trainer, recruiter, tables, figures), key=lambda one: (-one.millionths, one.link))
    home = tables.distances.km(trainer.place, recruiter.place)
    common: list[Common] = []
    for pair in pairs:
        if all(pair.trained is not one.trained for one in common):
            common.append(pair)
    best = max(common[0].millionths if common else 0, nearness(home, figures))
    return Likeness(
        trainer=trainer,
        recruiter=recruiter,
        weights=figures,
        km=common[0].km if common else home,
        common=tuple(common),
        score=rounded(best),
    )


def nearness(km: float, weights: AffinityWeights) -> int:
    """Millionths of a point."""
    if isnan(km):
        return 0
    share = (weights.far_km - km) / (weights.far_km - weights.near_km)
    return floor(weights.distance * POINT * min(max(share, 0.0), 1.0) + 0.5)


def _pairs(trainer: Partner, recruiter: Partner, tables: Tables, weights: AffinityWeights) -> Iterator[Common]:
    for trained in trainer.jobs:
        for sought in recruiter.jobs:
            points, link = trade_link(trained.trade, sought.trade, tables, TRADE_LINKS)
            if link is not TradeLink.NONE:
                km = tables.distances.km(trained.place or trainer.place, sought.place or recruiter.place)
                yield _common(trained, sought, link, points, km, weights)


def _common(trained: Job, sought: Job, link: TradeLink, points: int, km: float, weights: AffinityWeights) -> Common:
    said = trained.grid and sought.grid
    asked = max(trained.grid.bit_count(), sought.grid.bit_count()) if said else 0
    shared = (trained.grid & sought.grid).bit_count()
    hours = None
    if trained.hours_week is not None and sought.hours_week is not None:
        hours = match_hours(trained.hours_week, trained.hours_week, sought.hours_week)
    people = min(trained.people or 1, sought.people or 1, weights.enough_people)
    return Common(
        trained,
        sought,
        link,
        km,
        asked,
        shared,
        hours,
        proportion(weights.trade, points, TRADE_LINKS.trade)
        + proportion(weights.people, people, weights.enough_people)
        + _hours(asked, shared, hours, weights)
        + nearness(km, weights),
    )


def _hours(asked: int, shared: int, hours: HoursMatch | None, weights: AffinityWeights) -> int:
    """The shorter week beside the longer, times the half-hours in common; half the points when neither is known."""
    if not asked and hours is None:
        return proportion(weights.hours, 1, 2)
    numerator, denominator = (shared, asked) if asked else (1, 1)
    if hours:
        numerator, denominator = numerator * hours.numerator, denominator * hours.denominator
    return proportion(weights.hours, numerator, denominator)
