"""Offres pour cette personne: which offers suit one person, in which order, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import joinedload

from app.applications import queries as applications
from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.matches.labels import EXCLUDED
from app.matches.queries import selection
from app.matches.queries.counting import as_counting, only_open_to
from app.matches.queries.lines import Line, line
from app.matches.queries.pool import Snapshot, snapshot
from app.matches.rules import TradeFilter
from app.offers import queries as offers
from app.offers.models import Offer
from matching import criteria
from matching.batch import OffersFor
from matching.comparison import match_trades


@dataclass(frozen=True, slots=True)
class Skipped:
    """How many offers of the person's trades are left out first for one reason."""

    short: str
    count: int


@dataclass(frozen=True, slots=True)
class Openings:
    """One page of offers for a person, and those left out. ``says_trades``: the file names a job that is wanted."""

    page: Page[Line]
    skipped: Sequence[Skipped]
    says_trades: bool


def openings(
    candidate: Candidate, today: date, *, page: int = 1, size: int = PAGE_SIZE, trade: TradeFilter = TradeFilter.NEAR
) -> Openings:
    """Rank every published offer for a person; those refused or applied to are left out."""
    now = snapshot(today)
    profiles = candidates.matching_rows(ids=[candidate.id], anybody=True).candidates
    if not profiles:
        raise NotFound
    profile = profiles[0]
    found, until = only_open_to(now.market.offers_for(profile), candidate.id, now)
    fresh = now.market.offers.all_but([str(key) for key in applications.offers_engaged_by(candidate.id)])
    points = _trade_points(profile, now)
    least = {TradeFilter.ANY: 0, TradeFilter.NEAR: 1, TradeFilter.SAME: now.weights.same_rome}[trade]
    rows = found.order[(fresh & (points >= least))[found.order]]
    number = min(max(1, page), max(1, -(-len(rows) // size)))
    ids = [found.ids[row] for row in rows[(number - 1) * size : number * size]]
    out = np.flatnonzero(fresh & (points >= max(1, least)) & (found.exclusions != 0))
    return Openings(
        page=Page(_lines(candidate, profile, ids, until, now, today), number, size, len(rows)),
        skipped=_skipped(out, found),
        says_trades=bool(profile.trades),
    )


def _trade_points(profile: criteria.Candidate, now: Snapshot) -> npt.NDArray[np.int64]:
    """Points of the trade of every offer for this person, found once a trade."""
    trades, slugs = now.market.offers.trade, now.market.codes.trades.slugs()
    points = np.zeros(len(slugs), dtype=np.int64)
    for code in np.unique(trades).tolist():
        points[code] = match_trades(profile.trades, slugs[code], now.tables, now.weights).points
    return points[trades]


def _skipped(rows: selection.Rows, found: OffersFor) -> list[Skipped]:
    return [Skipped(EXCLUDED[exclusion], len(left)) for exclusion, left in selection.left_out(rows, found)]


def _lines(
    candidate: Candidate,
    profile: criteria.Candidate,
    ids: Sequence[str],
    until: Mapping[str, date | None],
    now: Snapshot,
    today: date,
) -> list[Line]:
    query = offers.public_offers().where(Offer.id.in_(ids))
    query = query.options(joinedload(Offer.organisation), joinedload(Offer.commune))
    rows = {str(row.id): row for row in db.session.scalars(query)}
    needs = {need.id: need for need in offers.matching_rows(ids=[row.id for row in rows.values()]).offers}
    lines = []
    for key in ids:
        if key in rows and key in needs:
            day = until.get(key)
            counted, need = as_counting(profile, needs[key], {candidate.id: day} if day else None)
            lines.append(line(candidate, counted, rows[key], need, now, today))
    return lines
