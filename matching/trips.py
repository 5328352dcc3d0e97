"""How long is the way to work by each means, and what share of the person's own limit does it take?"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, isnan

from matching.criteria import Means, Travel, Weights


@dataclass(frozen=True, slots=True)
class Trip:
    """One means of transport. ``share`` is the part of the person's limit it takes: above 1 is too far."""

    travel: Travel
    minutes: float
    share: float


@dataclass(frozen=True, slots=True)
class Route:
    """From the person's commune to the offer's. ``km`` is NaN when it is not known."""

    km: float
    trips: tuple[Trip, ...]
    said: bool
    """The person said how they travel."""
    on_foot: float
    """Minutes on foot."""

    @property
    def known(self) -> bool:
        return not isnan(self.km)

    @property
    def best(self) -> Trip:
        """The means that takes the smallest share of its limit, the first given among equals."""
        return min(self.trips, key=lambda trip: trip.share)

    def share_by(self, means: Means) -> float:
        return next((trip.share for trip in self.trips if trip.travel.means is means), inf)


def minutes_for(means: Means, km: float, weights: Weights) -> float:
    speed = weights.speeds[means]
    return 0.0 if km == 0 else speed.wait_minutes + km * (60.0 / speed.km_per_hour)


def route(travels: Iterable[Travel], km: float, weights: Weights) -> Route:
    """The vectorised batch does the same operations in the same order: change both together."""
    said = tuple(travels)
    trips = tuple(_trip(travel, km, weights) for travel in said or weights.default_travels)
    return Route(km, trips, bool(said), minutes_for(Means.FOOT, km, weights))


def _trip(travel: Travel, km: float, weights: Weights) -> Trip:
    minutes = minutes_for(travel.means, km, weights)
    in_time = minutes / travel.max_minutes if travel.max_minutes is not None else 0.0
    in_space = km / travel.max_km if travel.max_km is not None else 0.0
    return Trip(travel, minutes, in_time if isnan(in_time) else max(in_space, in_time))
