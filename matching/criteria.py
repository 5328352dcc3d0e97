"""What matching knows of a person and of an offer, and the figures it is told to use.

Nothing else enters a score: no name, sex, age, origin, address, barrier or length of unemployment has a field here.
Names to be written in sentences live in ``Words``; the people, the offers and the tables carry slugs only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from matching.tables import Distances

SLOTS = 336
"""Half-hours of a week. Bit 0 of a grid is Monday 00:00; slot = day * 48 + hour * 2 + (0 or 1)."""

LEAST_HOURS = Decimal("0.01")
MAX_HOURS = Decimal(168)
HIGHEST_FRENCH = 6
"""CECRL levels as integers: none 0, A1 1, A2 2, B1 3, B2 4, C1 5, C2 6."""


class Means(StrEnum):
    CAR = "car"
    BUS = "bus"
    BIKE = "bike"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Travel:
    """How far a person agrees to go by one means of transport. At least one of the two limits is given."""

    means: Means
    max_minutes: int | None = None
    max_km: float | None = None

    def __post_init__(self) -> None:
        limits = [limit for limit in (self.max_minutes, self.max_km) if limit is not None]
        if not limits or min(limits) <= 0:
            raise ValueError("a means of transport needs a positive limit, in minutes or in kilometres")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A ready and consenting person, as far as matching may know them."""

    id: str
    trades: tuple[str, ...]
    """Slugs of the trades wanted, the preferred one first (the order only decides which one a sentence names)."""
    place: str
    """INSEE code of the commune."""
    french: int
    waiting_since: date
    """Day of the last proposal, else of the day the person became ready: breaks ties, never scores."""
    travels: tuple[Travel, ...] = ()
    """Empty: not said; ``Weights.default_travels`` is used and the reasons say so."""
    available_from: date | None = None
    """None: not known; the person is taken as available and the reasons say so."""
    grid: int = 0
    """Free half-hours; 0: not said; the person is taken as free at any time and the reasons say so."""
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    skills: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    """Titles and diplomas valid on the day of the matching."""
    licences: frozenset[str] = frozenset()
    refusals: frozenset[str] = frozenset()
    """Working conditions the person refuses (« pas de travail en hauteur »)."""
    refused_offers: frozenset[str] = frozenset()
    """Offers the person refused or has already applied to."""
    eligible_until: date | None = None
    """Last day the person counts for a clause; None: does not count."""

    def __post_init__(self) -> None:
        _check_week(self.grid, self.hours_min, self.hours_max)
        _check_french(self.french)
        if len({travel.means for travel in self.travels}) < len(self.travels):
            raise ValueError("a means of transport is given twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A published offer, as far as matching needs it."""

    id: str
    trade: str
    place: str
    start_on: date
    grid: int = 0
    """Half-hours asked; 0: the hours are free, nothing is asked."""
    hours_week: Decimal | None = None
    required_titles: frozenset[str] = frozenset()
    """Titles the law requires for the job."""
    required_licences: frozenset[str] = frozenset()
    required_skills: frozenset[str] = frozenset()
    wished_skills: frozenset[str] = frozenset()
    wished_titles: frozenset[str] = frozenset()
    french: int = 0
    conditions: frozenset[str] = frozenset()
    """Conditions of work a person may refuse (height, night, animals)."""
    places_left: int = 1
    claused: bool = False
    """The hours count for a social clause: only people eligible on the start date."""
    placement: bool = False
    """A stage, possible from the start date on: the person reads « stage » and not « travail »."""
    last_start_on: date | None = None
    """The last day on which one may start, when it is not the start date itself (a stage)."""

    @property
    def latest_start(self) -> date:
        """Whoever is free by then may come."""
        return self.start_on if self.last_start_on is None else max(self.start_on, self.last_start_on)

    def __post_init__(self) -> None:
        _check_week(self.grid, self.hours_week)
        _check_french(self.french)


def _check_week(grid: int, *hours: Decimal | None) -> None:
    if not 0 <= grid < 1 << SLOTS:
        raise ValueError("a weekly grid has 336 half-hours")
    if any(value is not None and not LEAST_HOURS <= value <= MAX_HOURS for value in hours):
        raise ValueError("hours a week lie between 0.01 and 168")


def _check_french(level: int) -> None:
    if not 0 <= level <= HIGHEST_FRENCH:
        raise ValueError("a French level lies between 0 and 6")


@dataclass(frozen=True, slots=True)
class TradeInfo:
    """An empty ROME code or family is shared with nobody."""

    rome: str
    family: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The reference tables a match reads."""

    trades: Mapping[str, TradeInfo]
    moves: Mapping[tuple[str, str], int]
    """(from, to) -> points (10 to 20) for a person who wants the first trade and is offered the second."""
    distances: Distances


@dataclass(frozen=True, slots=True)
class Words:
    """French names for sentences, slug -> name. A missing name is written as its slug."""

    trades: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, str] = field(default_factory=dict)
    communes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speed:
    km_per_hour: float
    wait_minutes: float = 0.0


DEFAULT_SPEEDS: Mapping[Means, Speed] = MappingProxyType(
    {Means.CAR: Speed(30), Means.BUS: Speed(15, wait_minutes=10), Means.BIKE: Speed(12), Means.FOOT: Speed(4)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points and figures of the score, in whole points. The defaults are the département's starting values."""

    trade: int = 35
    same_rome: int = 30
    family: int = 8
    travel: int = 25
    grid: int = 20
    skills: int = 15
    french: int = 5
    speeds: Mapping[Means, Speed] = field(default_factory=lambda: DEFAULT_SPEEDS)
    default_travels: tuple[Travel, ...] = (Travel(Means.FOOT, 45), Travel(Means.BUS, 45))
    """Used for a person who has not said how they travel."""
    walk_minutes: int = 30
    """Within that time on foot nobody needs a bus."""

    def __post_init__(self) -> None:
        parts = (self.trade, self.travel, self.grid, self.skills, self.french)
        if min(parts) < 0 or sum(parts) != 100:
            raise ValueError("the five parts of the score are positive and add up to 100")
        if not (0 <= self.same_rome <= self.trade and 0 <= self.family <= self.trade):
            raise ValueError("a related trade cannot bring more than the trade itself")
        if set(self.speeds) != set(Means) or any(speed.km_per_hour <= 0 for speed in self.speeds.values()):
            raise ValueError("every means of transport has a speed")
        if not self.default_travels:
            raise ValueError("a default way of travelling is needed")
