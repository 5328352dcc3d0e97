"""The formulas of ``matching.scoring`` and ``matching.trips`` over arrays: the same operations in the same order.

Points are exact in double precision: a quotient of whole numbers here never lies nearer to a half than 1 / (2 × 336 ×
16 800), eight times what a division and an addition may lose around a hundred million.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from matching.criteria import Means, Weights
from matching.scoring import POINT

Float64 = npt.NDArray[np.float64]
Int32 = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

FOOT = list(Means).index(Means.FOOT)
CAR = list(Means).index(Means.CAR)


def minutes_for(means: Means, km: Float64, weights: Weights) -> Float64:
    speed = weights.speeds[means]
    minutes = km * (60.0 / speed.km_per_hour)
    if speed.wait_minutes:
        minutes += speed.wait_minutes
        minutes[km == 0] = 0.0
    return minutes


def shares_of_limits(
    km: Float64, limit_minutes: npt.NDArray[np.float32], limit_km: Float64, weights: Weights
) -> Float64:
    """A line for each means: the share of the person's limit that the way takes; not a number where km is not known."""
    shares = np.empty((len(Means), *km.shape), dtype=np.float64)
    for line, means in enumerate(Means):
        in_time = np.divide(minutes_for(means, km, weights), limit_minutes[line], out=shares[line])
        np.maximum(in_time, km / limit_km[line], out=in_time)
    return shares


def travel_points(share: Float64, weights: Weights) -> Int32:
    """No point at the limit and beyond, nor where the distance is not known."""
    within = np.fmin(share, 1.0)
    return np.floor(weights.travel * POINT * (1.0 - within) + 0.5).astype(np.int32)


def proportion(points: int, numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Int32:
    """That share of the points in millionths, half up."""
    scaled = np.multiply(numerator, float(points * POINT))
    return np.floor(np.divide(scaled, denominator) + 0.5).astype(np.int32)


def covered(grid: Words, asked: Words) -> npt.NDArray[np.uint16]:
    """Half-hours of the week in both grids; words come on the first axis."""
    total = np.zeros(grid.shape[1:], dtype=np.uint16)
    for word in range(len(grid)):
        total += np.bitwise_count(grid[word] & asked[word])
    return total


def count_held(held: Words, mask: Words) -> npt.NDArray[np.uint16]:
    """How many of the facts of the mask are held. The two may differ in words: facts coded later are held by nobody."""
    return covered(held[: len(mask)], mask[: len(held)])


def count_all(mask: Words) -> npt.NDArray[np.uint16]:
    return covered(mask, mask)


def french_points(missing: npt.NDArray[Any], weights: Weights) -> Int32:
    """Half the points one level under the need, nothing further down."""
    steps = 2 - np.clip(missing, 0, 2).astype(np.int64)
    halves: Int32 = (weights.french * POINT * steps // 2).astype(np.int32)
    return halves


def rounded(millionths: Int32) -> npt.NDArray[np.uint8]:
    return ((millionths + POINT // 2) // POINT).astype(np.uint8)
