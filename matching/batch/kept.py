"""The best few of very many, without sorting the many: of one offer, and of every person all along a run."""

import numpy as np
import numpy.typing as npt

Int32 = npt.NDArray[np.int32]
UInt8 = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.intp]

RANK_BITS = 20
"""Up to a million offers."""
LAST_RANK = (1 << RANK_BITS) - 1
ROOM = 76
"""Places beside the best that one person's buffer has before it is sorted out."""
OFFERS_BETWEEN = 16
"""Offers between two looks at the buffers: each may add one entry to each person."""


def best_rows(marks: UInt8, count: int) -> Rows:
    """Rows of the ``count`` greatest marks, the greatest first, the lowest row first among equals; mark 0 never."""
    floor = _mark_of(marks, count)
    above = np.flatnonzero(marks > floor)
    above = above[np.argsort(marks[above] ^ 255, kind="stable")]
    if not floor:
        return above
    return np.concatenate((above, np.flatnonzero(marks == floor)[: count - len(above)]))


def _mark_of(marks: UInt8, count: int) -> int:
    """The greatest mark that at least ``count`` rows reach; 0 when fewer rows have a mark."""
    low, high = 0, int(marks.max(initial=0))
    while low < high:
        middle = (low + high + 1) // 2
        if np.count_nonzero(marks >= middle) >= count:
            low = middle
        else:
            high = middle - 1
    return low


class BestOffers:
    """For every person the best offers seen so far: the greatest mark first, then the lowest rank.

    An entry is mark << 20 | (LAST_RANK - rank). New entries go to the end of the person's buffer when they beat the
    person's last of the best; full buffers are cut back to the best.
    """

    def __init__(self, people: int, count: int) -> None:
        self._count = count
        self._entries = np.zeros((people, count + ROOM), dtype=np.int32)
        self._filled = np.zeros(people, dtype=np.int32)
        self._bar = np.full(people, LAST_RANK, dtype=np.int32)
        self._seen = 0
        self._fresh = np.empty(people, dtype=np.int32)

    def see(self, rank: int, marks: UInt8) -> None:
        """One more offer; mark 0 is never kept."""
        fresh = np.left_shift(marks, RANK_BITS, out=self._fresh, dtype=np.int32)
        fresh |= LAST_RANK - rank
        rows = np.flatnonzero(fresh > self._bar)
        self._entries[rows, self._filled[rows]] = fresh[rows]
        self._filled[rows] += 1
        self._seen += 1
        if self._seen % OFFERS_BETWEEN == 0:
            self._cut(np.flatnonzero(self._filled > self._entries.shape[1] - OFFERS_BETWEEN))

    def _cut(self, rows: Rows) -> None:
        if len(rows):
            count = self._count
            best = -np.partition(-self._entries[rows], count - 1, axis=1)[:, :count]
            self._entries[rows] = 0
            self._entries[rows, :count] = best
            self._filled[rows] = count
            self._bar[rows] = best.min(axis=1)

    def best(self) -> tuple[Int32, UInt8]:
        """Ranks (-1 where there is none) and marks, people × count, the best first."""
        entries = -np.sort(-self._entries, axis=1)[:, : self._count]
        ranks = np.where(entries > 0, LAST_RANK - (entries & LAST_RANK), -1).astype(np.int32)
        return ranks, (entries >> RANK_BITS).astype(np.uint8)
