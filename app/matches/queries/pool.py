"""Who and what can be matched now? Columns kept in each process, brought up to date before each use.

Building them reads every person and offer once; afterwards one small statement says whether anything changed, and
only what changed is read. The market is immutable: threads that read an older one finish in peace.
"""

import ctypes
import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.core.db import db
from app.matches.models import MatchWeights
from app.matches.queries.weights import weights_of, weights_row
from app.offers import queries as offers
from app.offers.models import Offer
from app.offers.rules import OfferState
from app.reference import queries as reference
from matching.batch import Market
from matching.criteria import Tables, Weights, Words

# A transaction may commit after a younger one: what is this much older than the last reading is read again.
OVERLAP = timedelta(seconds=90)
READ_AGAIN_SECONDS = 60.0
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment: the market, and what explains its scores."""

    market: Market
    tables: Tables
    weights: Weights
    words: Words


@dataclass(frozen=True, slots=True)
class _Stamp:
    candidates: datetime | None
    offers: datetime | None
    weights: UUID | None


class Pool:
    """The snapshot of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._day: date | None = None
        self._stamp = _Stamp(None, None, None)
        self._read_at = 0.0

    def at(self, today: date) -> Snapshot:
        """The snapshot, up to date with every act committed before the call."""
        with self._lock:
            stamp = _stamp(today)
            tables = reference.matching_tables()
            known = self._snapshot
            if (
                known is None
                or self._day != today
                or known.tables is not tables
                or stamp.weights != self._stamp.weights
            ):
                known = _whole(today, tables)
            elif stamp != self._stamp or time.monotonic() - self._read_at > READ_AGAIN_SECONDS:
                known = _changed(known, self._stamp, today)
            else:
                return known
            self._snapshot, self._day, self._stamp, self._read_at = known, today, stamp, time.monotonic()
            return known


def _stamp(today: date) -> _Stamp:
    weights = select(MatchWeights.id).where(MatchWeights.valid_from <= today)
    row = db.session.execute(
        select(
            select(func.max(Candidate.updated_at)).scalar_subquery(),
            select(func.max(Offer.updated_at)).scalar_subquery(),
            weights.order_by(MatchWeights.valid_from.desc()).limit(1).scalar_subquery(),
        )
    ).one()
    return _Stamp(*row)


def _whole(today: date, tables: Tables) -> Snapshot:
    """Read by thousands: all at once, the rows on their way to the columns would weigh ten times the columns."""
    weights = weights_of(weights_row(today))
    market = Market.of([], [], tables, weights)
    matchable = select(Candidate.id).where(Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
    for ids in batched(db.session.scalars(matchable.order_by(Candidate.waiting_since, Candidate.id)).all(), CHUNK):
        market = market.with_candidates(candidates.matching_rows(ids=ids).candidates)
    published = select(Offer.id).where(Offer.state == OfferState.PUBLISHED).order_by(Offer.id)
    for ids in batched(db.session.scalars(published).all(), CHUNK):
        market = market.with_offers(offers.matching_rows(ids=ids).offers)
    _give_memory_back()
    return Snapshot(market, tables, weights, reference.matching_words())


def batched(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    """Slices of a list, the last one shorter."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _give_memory_back() -> None:
    """What the rows took is free again: let the system have it (glibc only; elsewhere nothing happens)."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _changed(known: Snapshot, before: _Stamp, today: date) -> Snapshot:
    people = candidates.matching_rows(since=before.candidates and before.candidates - OVERLAP)
    posts = offers.matching_rows(since=before.offers and before.offers - OVERLAP)
    market = known.market.with_candidates(people.candidates, people.removed).with_offers(posts.offers, posts.removed)
    return Snapshot(market, known.tables, known.weights, known.words)


def snapshot(today: date) -> Snapshot:
    """The snapshot of this process for the application that runs."""
    make: Callable[[], Pool] = Pool
    pool: Pool = current_app.extensions.setdefault("matches", None) or make()
    current_app.extensions["matches"] = pool
    return pool.at(today)
