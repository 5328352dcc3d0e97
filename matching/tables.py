"""How far apart two communes are: one matrix, computed once and read by every path of the matching."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """Kilometres between communes. A commune outside the table has no distance (NaN), whatever the other one."""

    index: Mapping[str, int]
    matrix: npt.NDArray[np.float64]
    """(n + 1) x (n + 1); the last row and column, NaN, stand for the communes outside the table."""

    @classmethod
    def from_points(cls, points: Mapping[str, tuple[float, float]]) -> Self:
        """Great circle between points given as (latitude, longitude) in degrees."""
        latitude, longitude = np.radians(np.array(list(points.values()), dtype=np.float64).reshape(-1, 2)).T
        half_rise = np.sin((latitude[:, None] - latitude) / 2)
        half_turn = np.sin((longitude[:, None] - longitude) / 2)
        chord = half_rise**2 + np.cos(latitude)[:, None] * np.cos(latitude) * half_turn**2
        return cls.from_matrix(list(points), 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))

    @classmethod
    def from_matrix(cls, codes: Sequence[str], kilometres: npt.ArrayLike) -> Self:
        known = np.asarray(kilometres, dtype=np.float64)
        if known.shape != (len(codes), len(codes)) or len(set(codes)) < len(codes):
            raise ValueError("a distance table is square, with one row for each commune")
        matrix = np.full((len(codes) + 1, len(codes) + 1), np.nan)
        matrix[:-1, :-1] = (known + known.T) / 2
        np.fill_diagonal(matrix[:-1, :-1], 0.0)
        matrix.setflags(write=False)
        return cls({code: position for position, code in enumerate(codes)}, matrix)

    def position(self, code: str) -> int:
        return self.index.get(code, len(self.index))

    def km(self, origin: str, destination: str) -> float:
        """NaN when one of the two communes is outside the table."""
        return float(self.matrix[self.position(origin), self.position(destination)])
