"""Which rows of the market are kept for a list, and in which order? Masks and sorts over columns."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Text, cast, func, literal

from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.core.db import db
from app.core.paging import PAGE_SIZE
from app.core.roles import Actor, Role
from app.matches.queries.pool import Snapshot
from app.matches.rules import MatchOrder, TradeFilter
from app.reference.rules import normalise
from matching import criteria
from matching.batch import CandidatesFor, OffersFor, arithmetic
from matching.batch.codes import LINK_BITS
from matching.criteria import Means
from matching.filters import Exclusion

Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: filters, order, page. ``downwards`` is said of what the column shows."""

    trade: TradeFilter = TradeFilter.NEAR
    commune: str = ""
    waiting_days: int = 0
    order: MatchOrder = MatchOrder.SCORE
    downwards: bool = True
    page: int = 1
    size: int = PAGE_SIZE

    @property
    def narrows(self) -> bool:
        """Is anybody left out by a filter of the page?"""
        return bool(self.commune or self.waiting_days or self.trade is TradeFilter.SAME)


def understood(asked: Asked, now: Snapshot) -> Asked:
    """Without a commune that does not exist."""
    return asked if asked.commune in now.tables.distances.index else replace(asked, commune="")


def seen_rows(found: CandidatesFor, actor: Actor, now: Snapshot, engaged: Collection[Any]) -> Mask:
    """May the actor see this person, who has no application for the offer yet?"""
    seen = np.ones(len(found.ids), dtype=np.bool_)
    if actor.role is not Role.DEPARTMENT:
        visible = candidates.candidates_visible_to(actor).order_by(None)
        matchable = visible.where(Candidate.ready_on.is_not(None), Candidate.consent_at.is_not(None))
        # Thousands of ids are quicker as one text than as rows.
        ids = db.session.scalar(matchable.with_only_columns(func.string_agg(cast(Candidate.id, Text), literal(","))))
        seen[:] = False
        seen[now.market.candidates.rows_of((ids or "").split(","))] = True
    seen[now.market.candidates.rows_of([str(key) for key in engaged])] = False
    return seen


def wanting(need: criteria.Offer, now: Snapshot, wanted: TradeFilter) -> Mask:
    """Does the person want this trade, or one near to it?"""
    people = now.market.candidates
    if wanted is TradeFilter.ANY:
        return np.ones(len(people), dtype=np.bool_)
    least = now.weights.same_rome if wanted is TradeFilter.SAME else 1
    return np.asarray(trade_points(now, need.trade) >= least)


def trade_points(now: Snapshot, offered: str) -> npt.NDArray[np.int32]:
    """Points that the trade brings to everybody in the market, in its order."""
    codes = now.market.codes
    keys = codes.links_to(codes.trades.code(offered))[now.market.candidates.wanted].max(axis=0)
    return np.asarray(keys >> LINK_BITS, dtype=np.int32)


def filtered(rows: Rows, asked: Asked, now: Snapshot, today: date) -> Rows:
    """Those of the commune asked, who have waited as long as asked."""
    people = now.market.candidates
    if asked.commune:
        rows = rows[people.place[rows] == now.tables.distances.position(asked.commune)]
    if asked.waiting_days:
        latest = (today - timedelta(days=asked.waiting_days)).toordinal()
        rows = rows[people.waiting[rows] <= latest]
    return rows


def ordered(rows: Rows, asked: Asked, found: CandidatesFor, need: criteria.Offer, now: Snapshot) -> Rows:
    """``rows`` come in the order of the market, the best first: equal values keep it, whichever way they are sorted."""
    match asked.order:
        case MatchOrder.SCORE if asked.downwards:
            return rows
        case MatchOrder.SCORE:
            values = found.scores[rows].astype(np.float64)
        case MatchOrder.TRAVEL:
            values = minutes_of_way(rows, need, now)
        case MatchOrder.WAITING:
            values = -now.market.candidates.waiting[rows].astype(np.float64)
    # What is not known is not a number, and comes last both ways.
    return rows[np.argsort(-values if asked.downwards else values, kind="stable")]


def minutes_of_way(rows: Rows, need: criteria.Offer, now: Snapshot) -> npt.NDArray[np.float64]:
    """Minutes to the offer by the means that suits each person best; not a number where the way is not known."""
    people, distances = now.market.candidates, now.tables.distances
    km = distances.matrix[distances.position(need.place)][people.place[rows]]
    shares = arithmetic.shares_of_limits(km, people.limit_minutes[:, rows], people.limit_km[:, rows], now.weights)
    minutes = np.stack([arithmetic.minutes_for(means, km, now.weights) for means in Means])
    return np.asarray(np.take_along_axis(minutes, shares.argmin(axis=0)[None], axis=0)[0])


def communes_of(rows: Rows, asked: Asked, now: Snapshot) -> list[tuple[str, str]]:
    """(INSEE, « Massy (12) ») of the communes where these people live, for the filter; the one asked always."""
    positions, counts = np.unique(now.market.candidates.place[rows], return_counts=True)
    here = dict(zip(positions.tolist(), counts.tolist(), strict=True))
    names = now.words.communes
    found = [
        (normalise(names.get(code, code)), code, f"{names.get(code, code)} ({here.get(position, 0)})")
        for code, position in now.tables.distances.index.items()
        if position in here or code == asked.commune
    ]
    return [(code, words) for _, code, words in sorted(found)]


def left_out(rows: Rows, found: CandidatesFor | OffersFor) -> Iterator[tuple[Exclusion, Rows]]:
    """Grouped by their first exclusion, the greatest group first; in a group the best scores first."""
    masks = found.exclusions[rows]
    first = masks & (~masks + np.uint8(1))  # the lowest bit
    best = np.argsort(found.scores[rows] ^ 255, kind="stable")
    groups = [(exclusion, rows[best][first[best] == exclusion.bit]) for exclusion in Exclusion]
    yield from sorted((group for group in groups if len(group[1])), key=lambda group: -len(group[1]))
