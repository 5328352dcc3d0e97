"""What the public pages read: light lines of open offers, the one that is gone, openings near it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import cos, radians
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.core import clock
from app.core.db import db
from app.core.paging import PAGE_SIZE, Page
from app.offers.models import Offer
from app.offers.queries.visible import public_offers, whole
from app.offers.rules import GONE, EmploymentKind, OfferKind, OfferState, PayPeriod
from app.organisations.models import Organisation
from app.reference.models import Commune, Trade, TradeFamily


@dataclass(frozen=True, slots=True)
class Line:
    """An open offer as lists show it."""

    id: UUID
    title: str
    kind: OfferKind
    employment_kind: EmploymentKind | None
    start_on: date
    end_on: date | None
    hours_week: Decimal
    pay_min: Decimal | None
    pay_max: Decimal | None
    pay_period: PayPeriod
    posts_left: int
    published_at: datetime
    organisation: str
    commune: str
    lat: float
    lon: float


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Offer.id,
            Offer.title,
            Offer.kind,
            Offer.employment_kind,
            Offer.start_on,
            Offer.end_on,
            Offer.hours_week,
            Offer.pay_min,
            Offer.pay_max,
            Offer.pay_period,
            (Offer.posts - Offer.posts_filled).label("posts_left"),
            Offer.published_at,
            Organisation.name,
            Commune.name,
            Commune.lat,
            Commune.lon,
        )
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Commune, Commune.insee == Offer.commune_insee)
        .where(Offer.state == OfferState.PUBLISHED, Offer.expires_on >= clock.today())
    )


def lines_by_id(ids: Sequence[UUID]) -> list[Line]:
    """The open offers among these, in the order given: what the index still holds and is no longer open drops out."""
    if not ids:
        return []
    found = {row[0]: Line(*row) for row in db.session.execute(_lines().where(Offer.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def newest(
    *,
    words: str = "",
    commune: str = "",
    employments: Sequence[str] = (),
    kinds: Sequence[str] = (),
    page: int = 1,
) -> Page[Line]:
    """Without an index: open offers, the newest first, whose title or job holds the words. The last page at most."""
    query = _lines().join(Trade, Trade.slug == Offer.trade_slug)
    for word in words.split()[:8]:
        wanted = func.unaccent(f"%{word.replace('%', '').replace('_', '')}%")
        query = query.where(func.unaccent(Offer.title + " " + Trade.search_text).ilike(wanted))
    if commune:
        query = query.where(Offer.commune_insee == commune)
    if employments:
        query = query.where(Offer.employment_kind.in_([EmploymentKind(kind) for kind in employments]))
    if kinds:
        query = query.where(Offer.kind.in_([OfferKind(kind) for kind in kinds]))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = min(page, max(1, -(-total // PAGE_SIZE)))
    rows = query.order_by(Offer.published_at.desc(), Offer.id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page([Line(*row) for row in db.session.execute(rows)], number, PAGE_SIZE, total)


def near_openings(offer: Offer, limit: int = 5) -> list[Line]:
    """Open offers of the same job, then of the same family, the nearest first."""
    flat = cos(radians(offer.commune.lat))
    away = func.power(Commune.lat - offer.commune.lat, 2) + func.power((Commune.lon - offer.commune.lon) * flat, 2)
    query = (
        _lines()
        .join(Trade, Trade.slug == Offer.trade_slug)
        .where(Trade.family_slug == offer.trade.family_slug, Offer.id != offer.id)
        .order_by(Offer.trade_slug != offer.trade_slug, away, Offer.published_at.desc(), Offer.id)
    )
    return [Line(*row) for row in db.session.execute(query.limit(limit))]


def once_public(offer_id: UUID) -> Offer | None:
    """An offer that was open to all and no longer is: filled, closed, expired, or past its last day."""
    query = whole(select(Offer)).where(Offer.id == offer_id, Offer.published_at.is_not(None))
    offer = db.session.scalar(query)
    if offer is None:
        return None
    past = offer.state is OfferState.PUBLISHED and offer.expires_on is not None and offer.expires_on < clock.today()
    return offer if past or offer.state in GONE else None


def open_addresses() -> Sequence[tuple[UUID, datetime]]:
    """Id and last change of every open offer, for the map of the site."""
    query = public_offers().with_only_columns(Offer.id, Offer.updated_at)
    rows = db.session.execute(query.order_by(Offer.published_at.desc(), Offer.id).limit(50_000))
    return [(offer_id, changed) for offer_id, changed in rows]


def family_names() -> Mapping[str, str]:
    """Slug to name of the families of jobs."""
    rows = db.session.execute(select(TradeFamily.slug, TradeFamily.name))
    return {row.slug: row.name for row in rows}


def trade_names(slugs: Sequence[str]) -> Mapping[str, str]:
    """Slug to name of these jobs."""
    rows = db.session.execute(select(Trade.slug, Trade.name).where(Trade.slug.in_(slugs)))
    return {row.slug: row.name for row in rows}
