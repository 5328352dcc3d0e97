"""Small integers for slugs, so that columns hold numbers: codes are given once and never change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import numpy.typing as npt

from matching.comparison import trade_link
from matching.criteria import Tables, Weights

WORD = 64
"""Bits in one word of a mask column."""
LINK_BITS = 3
"""A trade key is points << 3 | (7 - link): the greatest key is the best link."""
NO_LINK = 7


class Vocabulary:
    """Slug -> code, growing. Threads may share one."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._codes: dict[str, int] = {}
        self._lock = Lock()
        for slug in first:
            self.code(slug)

    def code(self, slug: str) -> int:
        found = self._codes.get(slug)
        if found is None:
            with self._lock:
                found = self._codes.setdefault(slug, len(self._codes))
        return found

    def mask(self, kind: str, slugs: Iterable[str]) -> int:
        """A bit for each slug, of its own for each kind of slug."""
        bits = 0
        for slug in slugs:
            bits |= 1 << self.code(f"{kind} {slug}")
        return bits

    def known(self, slug: str) -> int | None:
        return self._codes.get(slug)

    def slugs(self) -> list[str]:
        return list(self._codes)

    def __len__(self) -> int:
        return len(self._codes)


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What the columns of one market share."""

    tables: Tables
    weights: Weights
    trades: Vocabulary = field(default_factory=lambda: Vocabulary([""]))
    """Code 0 stands for no trade."""
    facts: Vocabulary = field(default_factory=Vocabulary)
    """Skills, titles, licences and conditions, one bit each."""
    offers: Vocabulary = field(default_factory=Vocabulary)
    """Offers that somebody refused or applied to."""
    _links: dict[int, npt.NDArray[np.int32]] = field(default_factory=dict)

    def links_to(self, offered: int) -> npt.NDArray[np.int32]:
        """The key of every trade wanted towards the one offered."""
        row = self._links.get(offered)
        if row is None or len(row) < len(self.trades):
            slugs = self.trades.slugs()
            links = [trade_link(wanted, slugs[offered], self.tables, self.weights) for wanted in slugs]
            row = np.array([points << LINK_BITS | (NO_LINK - link) for points, link in links], dtype=np.int32)
            row[0] = 0
            self._links[offered] = row
        return row


def bit_columns(masks: list[int], bits: int) -> npt.NDArray[np.uint64]:
    """Words × rows, from one integer mask a row."""
    words = max(-(-bits // WORD), 1)
    raw = b"".join(mask.to_bytes(words * 8, "little") for mask in masks)
    return np.ascontiguousarray(np.frombuffer(raw, dtype="<u8").astype(np.uint64).reshape(-1, words).T)


def bits_of(column: npt.NDArray[np.uint64]) -> list[int]:
    """Positions of the bits set in one row's words."""
    mask = int.from_bytes(column.astype("<u8").tobytes(), "little")
    bits = []
    while mask:
        bits.append((mask & -mask).bit_length() - 1)
        mask &= mask - 1
    return bits
