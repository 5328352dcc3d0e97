"""How far apart are two places, and which territory and MDS does a commune have on a day?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Final

from app.reference.rules.refusals import ReferenceRefusal

EARTH_RADIUS_KM: Final = 6371.0088
FIRST_DAY: Final = date(2000, 1, 1)
"""The shipped assignments hold since this day, older than any date the portal handles."""


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great circle between two points in degrees, by the haversine formula, in kilometres."""
    half_lat = sin(radians(lat_b - lat_a) / 2)
    half_lon = sin(radians(lon_b - lon_a) / 2)
    chord = half_lat**2 + cos(radians(lat_a)) * cos(radians(lat_b)) * half_lon**2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


@dataclass(frozen=True, slots=True)
class Assigned:
    """A territory and an MDS from a day to another, the last excluded."""

    territory_code: str
    mds_code: str
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Is this the assignment of that day?"""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class MdsTerms:
    """When an MDS serves; ``closed_on`` is the first day on which it no longer does."""

    opened_on: date
    closed_on: date | None = None


def assignment_refusals(
    history: Sequence[Assigned], wanted: Assigned, *, today: date, mds: MdsTerms | None
) -> tuple[ReferenceRefusal, ...]:
    """Why a commune may not pass to this territory and MDS on that day; empty when it may.

    The past is never rewritten: the new assignment starts today or later, and after every other one; on the very
    day of the last, it replaces that one. ``mds`` is None when it does not exist.
    """
    reasons = list(_mds_refusals(wanted, mds))
    if wanted.valid_from < today:
        reasons.append(ReferenceRefusal.IN_THE_PAST)
    last = max(history, key=lambda one: one.valid_from, default=None)
    if last is not None:
        if wanted.valid_from < last.valid_from:
            reasons.append(ReferenceRefusal.BEFORE_LAST_ASSIGNMENT)
        elif (last.territory_code, last.mds_code) == (wanted.territory_code, wanted.mds_code):
            reasons.append(ReferenceRefusal.NOTHING_CHANGES)
    return tuple(reasons)


def _mds_refusals(wanted: Assigned, mds: MdsTerms | None) -> Iterator[ReferenceRefusal]:
    if mds is None:
        yield ReferenceRefusal.UNKNOWN_MDS
        return
    if wanted.valid_from < mds.opened_on:
        yield ReferenceRefusal.MDS_NOT_OPEN
    if mds.closed_on is not None and mds.closed_on <= wanted.valid_from:
        yield ReferenceRefusal.MDS_CLOSED


def closing_refusals(opened_on: date, closed_on: date, served: Sequence[Assigned]) -> tuple[ReferenceRefusal, ...]:
    """Why an MDS may not close on that day: ``served`` are the assignments of communes to it."""
    reasons = []
    if closed_on <= opened_on:
        reasons.append(ReferenceRefusal.CLOSED_BEFORE_OPENED)
    if any(one.valid_until is None or one.valid_until > closed_on for one in served):
        reasons.append(ReferenceRefusal.MDS_STILL_SERVES)
    return tuple(reasons)
