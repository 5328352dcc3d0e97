"""Rows of numbers kept in an order where a row is also a rank: what people's and offers' columns have in common.

Every array has its rows on the last axis. A change of some rows copies the others as they are, without encoding them
again.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt

Int32 = npt.NDArray[np.int32]
Int16 = npt.NDArray[np.int16]
Int8 = npt.NDArray[np.int8]
Bool = npt.NDArray[np.bool_]
Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]

BLOCK = 2_000
"""Rows encoded at a time: what is given as an iterator is never all in memory at once."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Collection[str]) -> list[int]:
        """Rows of those of the identifiers that are here."""
        wanted = set(ids)
        return [row for row, key in enumerate(self.ids) if key in wanted] if wanted else []

    def all_but(self, ids: Collection[str]) -> Bool:
        kept = np.ones(len(self), dtype=np.bool_)
        kept[self.rows_of(ids)] = False
        return kept

    def take(self, rows: Rows) -> Self:
        """The rows given, in the order given."""
        arrays = {one: array[..., rows] for one, array in self.arrays().items()}
        return replace(self, ids=tuple(map(self.ids.__getitem__, rows.tolist())), **arrays)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {one: value for one, value in values.items() if isinstance(value, np.ndarray)}

    def followed_by(self, others: Sequence[Self]) -> Self:
        """Columns that grew in height meanwhile (more words, more trades) are padded with zeros."""
        tables = [one.arrays() for one in (self, *others)]
        arrays = {name: _joined([table[name] for table in tables]) for name in tables[0]}
        return replace(self, ids=sum((one.ids for one in others), self.ids), **arrays)


def blocks(rows: Iterable[T]) -> Iterator[list[T]]:
    """At least one block, be it empty."""
    left = iter(rows)
    yield list(islice(left, BLOCK))
    while block := list(islice(left, BLOCK)):
        yield block


def day_numbers(dates: Iterable[date | None]) -> Int32:
    return np.array([day.toordinal() if day else 0 for day in dates], dtype=np.int32)


def _joined(parts: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    if parts[0].ndim == 2:
        height = max(len(part) for part in parts)
        parts = [np.pad(part, ((0, height - len(part)), (0, 0))) for part in parts]
    return np.concatenate(parts, axis=-1)
