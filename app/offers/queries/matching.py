"""The open offers as the matching knows them: all of them, or what changed since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.offers.models import Offer
from app.offers.rules import OfferState
from matching import criteria


@dataclass(frozen=True, slots=True)
class MatchingRows:
    """Offers to add or to put in place of an older reading, and ids to forget."""

    offers: Sequence[criteria.Offer]
    removed: Sequence[str]


def matching_rows(since: datetime | None = None, ids: Collection[UUID] | None = None) -> MatchingRows:
    """One statement. With ``since``, only rows changed from that instant on, those no longer open as removals; with
    ``ids``, only these."""
    query = select(
        Offer.id, Offer.state, Offer.expires_on, (Offer.posts - Offer.posts_filled).label("posts_left"),
        Offer.trade_slug, Offer.commune_insee, Offer.start_on, Offer.grid, Offer.hours_week, Offer.required_titles,
        Offer.required_licences, Offer.required_skills, Offer.wished_skills, Offer.wished_titles, Offer.french,
        Offer.conditions,
    )  # fmt: skip
    if since is None:
        query = query.where(Offer.state == OfferState.PUBLISHED)
    else:
        query = query.where(Offer.updated_at >= since)
    if ids is not None:
        query = query.where(Offer.id.in_(ids))
    today = clock.today()
    offers: list[criteria.Offer] = []
    removed: list[str] = []
    for row in db.session.execute(query):
        if row.state is OfferState.PUBLISHED and row.expires_on >= today:
            offers.append(_offer(row))
        elif since is not None:
            removed.append(str(row.id))
    return MatchingRows(offers, removed)


def matching_offer(offer: Offer) -> criteria.Offer:
    """One offer at hand, whatever its state: a paused one can be tried."""
    return _offer(offer)


def _offer(row: Any) -> criteria.Offer:
    return criteria.Offer(
        id=str(row.id),
        trade=row.trade_slug,
        place=row.commune_insee,
        start_on=row.start_on,
        grid=row.grid.bits if row.grid else 0,
        hours_week=row.hours_week,
        required_titles=frozenset(row.required_titles),
        required_licences=frozenset(row.required_licences),
        required_skills=frozenset(row.required_skills),
        wished_skills=frozenset(row.wished_skills),
        wished_titles=frozenset(row.wished_titles),
        french=row.french,
        conditions=frozenset(row.conditions),
        places_left=row.posts_left,
    )
