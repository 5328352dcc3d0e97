"""Who and what can be matched now? Columns kept in each process, brought up to date before each use.

Building them reads every person and offer once; afterwards one small statement says whether anything changed, whoever
changed it, and only what changed is read. The market is immutable: threads that read an older one finish in peace.
"""

import ctypes
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select, true

from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.clauses.queries.eligible_pairs import Claused
from app.clauses.queries.offers import claused_offers
from app.core import clock
from app.core.db import db
from app.matches.models import MatchWeights
from app.matches.queries.weights import weights_of, weights_row
from app.offers import queries as offers
from app.offers.models import Offer
from app.offers.rules import OfferState
from app.reference import queries as reference
from matching.batch import Market
from matching.criteria import Tables, Weights, Words

OVERLAP = timedelta(minutes=10)
"""A transaction may commit after a younger one: what is this much older than the newest row is watched and read too."""
CHUNK = 2_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_making = Lock()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment: the market, and what explains its scores."""

    market: Market
    tables: Tables
    weights: Weights
    words: Words
    claused: Mapping[str, Claused] = field(default_factory=dict)
    """The offers that serve a clause: who counts depends on the pair, and is asked when a list is made."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What one statement says of the rows changed from two instants on: while it says the same, nothing changed."""

    people: tuple[Any, ...]
    posts: tuple[Any, ...]
    weights: UUID | None


@dataclass(frozen=True, slots=True)
class _Since:
    """From when on changes are watched; None: from the beginning."""

    people: datetime | None = None
    posts: datetime | None = None


class Pool:
    """The snapshot of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._day: date | None = None
        self._since = _Since()
        self._marks: _Marks | None = None

    def at(self, today: date) -> Snapshot:
        """The snapshot, up to date with every act committed before the call."""
        with self._lock:
            tables = reference.matching_tables()
            known, marks = self._snapshot, _marks(self._since, today)
            whole = known is None or self._day != today or known.tables is not tables
            if not whole and marks == self._marks:
                assert known is not None
                return known
            before, self._since = self._since, _watched(marks)
            # Before the rows: what is committed meanwhile is in the rows, and looks like a change at the next call.
            fresh = _marks(self._since, today)
            if known is None or whole or self._marks is None or marks.weights != self._marks.weights:
                known = _whole(today, tables)
            else:
                known = _changed(known, before)
            self._snapshot, self._day, self._marks = known, today, fresh
            return known


def _marks(since: _Since, today: date) -> _Marks:
    weights = select(MatchWeights.id).where(MatchWeights.valid_from <= today)
    row = db.session.execute(
        select(
            *_mark(Candidate.updated_at, since.people),
            *_mark(Offer.updated_at, since.posts),
            weights.order_by(MatchWeights.valid_from.desc()).limit(1).scalar_subquery(),
        )
    ).one()
    return _Marks(tuple(row[:3]), tuple(row[3:6]), row[6])


def _mark(column: Any, since: datetime | None) -> list[Any]:
    """The newest change, how many there are, and their sum: one that comes late changes one of them."""
    watched = true() if since is None else column >= since
    figures = (func.max(column), func.count(column), func.sum(func.extract("epoch", column)))
    return [select(figure).where(watched).scalar_subquery() for figure in figures]


def _watched(marks: _Marks) -> _Since:
    """A row dated in the future must not hide those of today."""
    newest = [min(one[0], clock.now()) if one[0] is not None else None for one in (marks.people, marks.posts)]
    return _Since(*(one - OVERLAP if one is not None else None for one in newest))


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
    return Snapshot(market, tables, weights, reference.matching_words(), claused_offers())


def batched(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    """Slices of a list, the last one shorter."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _give_memory_back() -> None:
    """What the rows took is free again: let the system have it (glibc only; elsewhere nothing happens)."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _changed(known: Snapshot, since: _Since) -> Snapshot:
    people = candidates.matching_rows(since=since.people or LONG_AGO)
    posts = offers.matching_rows(since=since.posts or LONG_AGO)
    market = known.market.with_candidates(people.candidates, people.removed).with_offers(posts.offers, posts.removed)
    return Snapshot(market, known.tables, known.weights, known.words, claused_offers())


def snapshot(today: date) -> Snapshot:
    """The snapshot of this process for the application that runs."""
    with _making:
        pool: Pool = current_app.extensions.setdefault("matches", Pool())
    return pool.at(today)
