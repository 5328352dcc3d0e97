"""Distances on the Earth, computed alike by every engine: points as unit vectors, straight chords, whole metres."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin, sqrt

EARTH_M = 6_371_008.8  # mean radius
Vector = tuple[float, float, float]


def vector(lat: float, lon: float) -> Vector:
    """The point as a unit vector from the Earth's centre."""
    return (cos(radians(lat)) * cos(radians(lon)), cos(radians(lat)) * sin(radians(lon)), sin(radians(lat)))


def chord2(a: Vector, b: Vector) -> float:
    """The square of the straight line between two points, the Earth's radius being 1."""
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2])


def metres(square: float) -> int:
    """The way along the ground for this squared chord, rounded to the metre."""
    return round(2 * EARTH_M * asin(min(1.0, sqrt(square) / 2)))


def chord2_of(radius_km: float) -> float:
    """The squared chord of a circle's radius: what is under it is inside."""
    half = sin(min(radius_km * 1000 / EARTH_M, 3.14) / 2)
    return 4 * half * half


def box(lat: float, lon: float, radius_km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a circle, generously: an index narrows the search by it."""
    height = degrees(radius_km * 1000 / EARTH_M) * 1.001
    width = height / max(cos(radians(lat)), 0.01)
    return lat - height, lat + height, lon - width, lon + width
