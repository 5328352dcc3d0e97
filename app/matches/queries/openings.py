"""Offres pour cette personne: which offers suit one person, in which order, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy.orm import joinedload

from app.applications import queries as applications
from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import PAGE_SIZE, Page
from app.matches.queries.lines import Line, line
from app.matches.queries.pool import snapshot
from app.matches.rules import TradeFilter
from app.offers import queries as offers
from app.offers.models import Offer
from matching import criteria
from matching.comparison import match_trades


@dataclass(frozen=True, slots=True)
class Openings:
    """One page of offers for a person."""

    page: Page[Line]


def openings(
    candidate: Candidate, today: date, *, page: int = 1, size: int = PAGE_SIZE, trade: TradeFilter = TradeFilter.NEAR
) -> Openings:
    """Rank every published offer for a person; those refused or applied to are left out."""
    now = snapshot(today)
    profiles = candidates.matching_rows(ids=[candidate.id], anybody=True).candidates
    if not profiles:
        raise NotFound
    profile = profiles[0]
    found = now.market.offers_for(profile)
    engaged = {str(key) for key in applications.offers_engaged_by(candidate.id)}
    least = {TradeFilter.ANY: 0, TradeFilter.NEAR: 1, TradeFilter.SAME: now.weights.same_rome}[trade]
    ids = [found.ids[row] for row in found.order if found.ids[row] not in engaged]
    if least:
        wanted = _wanted_points(profile, now.market.offers.trade, found, now)
        ids = [found.ids[row] for row in found.order if found.ids[row] not in engaged and wanted[row] >= least]
    start = (max(1, page) - 1) * size
    lines = _lines(candidate, profile, ids[start : start + size], now, today)
    return Openings(Page(lines, max(1, page), size, len(ids)))


def _wanted_points(profile: criteria.Candidate, trade_codes: Any, found: Any, now: Any) -> Any:
    """Points of the trade of every offer for this person, computed once a trade."""
    slugs = now.market.codes.trades.slugs()
    by_code = {
        code: match_trades(profile.trades, slugs[code], now.tables, now.weights).points
        for code in np.unique(trade_codes).tolist()
    }
    return [by_code[code] for code in trade_codes.tolist()]


def _lines(candidate: Candidate, profile: criteria.Candidate, ids: list[str], now: Any, today: date) -> list[Line]:
    query = offers.public_offers().where(Offer.id.in_(ids))
    query = query.options(joinedload(Offer.organisation), joinedload(Offer.commune))
    rows = {str(row.id): row for row in db.session.scalars(query)}
    needs = {need.id: need for need in offers.matching_rows(ids=[row.id for row in rows.values()]).offers}
    return [line(candidate, profile, rows[key], needs[key], now, today) for key in ids if key in rows and key in needs]
