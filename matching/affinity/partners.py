"""What matching knows of a structure that trains and of a firm that recruits, and the figures it is told to use.

Jobs, numbers, places and hours; nothing about the people trained. Their age, sex, origin, address, benefits or what
makes them eligible have no field here.
"""

from dataclasses import dataclass
from decimal import Decimal

from matching.criteria import LEAST_HOURS, MAX_HOURS, SLOTS, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that somebody is trained for, or that is to be filled."""

    trade: str
    """Slug of ``Tables.trades``, which knows its ROME code and family."""
    people: int | None = None
    """How many are trained, or how many posts there are; None: not said, counted as one."""
    hours_week: Decimal | None = None
    grid: int = 0
    """Half-hours worked; 0: not said."""
    place: str | None = None
    """INSEE code of the commune; None: that of the organisation."""

    def __post_init__(self) -> None:
        if self.people is not None and self.people < 1:
            raise ValueError("a job is for one person at least")
        if self.hours_week is not None and not LEAST_HOURS <= self.hours_week <= MAX_HOURS:
            raise ValueError("hours a week lie between 0.01 and 168")
        if not 0 <= self.grid < 1 << SLOTS:
            raise ValueError("a weekly grid has 336 half-hours")


@dataclass(frozen=True, slots=True)
class Partner:
    """A structure with the jobs it trains for, or a firm with the posts it has to fill."""

    place: str
    jobs: tuple[Job, ...] = ()


TRADE_LINKS = Weights()
"""What a trade, the same ROME code, a near move or a family is worth against one another: as for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AffinityWeights:
    """Whole points and figures of the affinity. The defaults are our judgement, no rule says them:

    - a trade in common is most of the reason to meet: 60 of 100; the same ROME code, a near move and a family bring the
      same shares of it as they do between a person and an offer;
    - hours only compare within a trade in common: 15, half of them when one side has not said its hours;
    - the number of people who could be hired: 10, all of them from three on, more would let large firms win always;
    - nearness counts for itself, since neighbours may find other things to do together: 15, all up to 5 km, none from
      40 km on, none when the distance is not known. Without a trade in common nothing else counts.
    """

    trade: int = 60
    people: int = 10
    hours: int = 15
    distance: int = 15
    enough_people: int = 3
    near_km: float = 5.0
    far_km: float = 40.0
    full_time_hours: Decimal = Decimal(35)

    def __post_init__(self) -> None:
        parts = (self.trade, self.people, self.hours, self.distance)
        if min(parts) < 0 or sum(parts) != 100:
            raise ValueError("the four parts of the affinity are positive and add up to 100")
        if self.enough_people < 1 or not 0 <= self.near_km < self.far_km:
            raise ValueError("enough is one person at least, and what is far lies beyond what is near")
