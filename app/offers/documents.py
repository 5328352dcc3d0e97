"""An offer as it is searched by anyone: only what its public page shows."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.clock import civil_day
from app.core.db import db
from app.core.grid import Grid
from app.offers.labels import EMPLOYMENTS, KINDS, MOMENTS
from app.offers.models import Offer
from app.offers.queries import public_offers
from app.offers.rules import FULL_TIME, OfferKind, moments
from app.offers.rules.pay import hourly
from app.organisations.models import Organisation
from app.reference.models import Commune, CommuneAssignment, Licence, Trade, TradeFamily
from search_index.documents import OfferDocument, Schedule


def documents_for(ids: Collection[UUID]) -> list[OfferDocument]:
    """The documents of the open offers among these; the others are to be forgotten. Two statements."""
    today = clock.today()
    query = (
        public_offers()
        .with_only_columns(Offer, Organisation.name, Organisation.kind, Commune, Trade, TradeFamily, CommuneAssignment)
        .join(Organisation, Organisation.id == Offer.organisation_id)
        .join(Commune, Commune.insee == Offer.commune_insee)
        .join(Trade, Trade.slug == Offer.trade_slug)
        .join(TradeFamily, TradeFamily.slug == Trade.family_slug)
        .outerjoin(
            CommuneAssignment,
            (CommuneAssignment.commune_insee == Commune.insee)
            & (CommuneAssignment.valid_from <= today)
            & (CommuneAssignment.valid_until.is_(None) | (CommuneAssignment.valid_until > today)),
        )
        .where(Offer.id.in_(ids))
    )
    licences = {row.slug: row.name for row in db.session.execute(select(Licence.slug, Licence.name))}
    return [_document(*row, licences) for row in db.session.execute(query)]


def _document(
    offer: Offer,
    employer: str,
    employer_kind: str,
    commune: Commune,
    trade: Trade,
    family: TradeFamily,
    assigned: CommuneAssignment | None,
    licences: dict[str, str],
) -> OfferDocument:
    worked = moments(offer.grid or Grid())
    return OfferDocument(
        id=offer.id,
        title=offer.title,
        trade=trade.slug,
        trade_names=(trade.name, trade.feminine),
        trade_words=tuple(trade.words),
        family=family.slug,
        family_words=(family.name, *family.words),
        description=offer.description,
        other_words=(
            *_nature(offer),
            *(MOMENTS[moment] for moment in worked),
            *(licences[slug] for slug in offer.required_licences if slug in licences),
        ),
        employer=employer,
        employer_kind=employer_kind,
        commune=commune.insee,
        commune_name=commune.name,
        lat=commune.lat,
        lon=commune.lon,
        territory=assigned.territory_code if assigned else "",
        kind=offer.kind.value,
        contract_kind=offer.employment_kind.value if offer.employment_kind else "",
        hours_week=offer.hours_week,
        schedule=frozenset(Schedule(moment.value) for moment in worked),
        licence_required=bool(offer.required_licences),
        licences=tuple(offer.required_licences),
        start_on=offer.start_on,
        published_on=civil_day(offer.published_at) if offer.published_at else None,
        expires_on=offer.expires_on,
        pay=hourly(offer.pay_min, offer.pay_period, offer.hours_week) if offer.pay_min else None,
    )


def _nature(offer: Offer) -> tuple[str, ...]:
    """The words with which people look for a job, for a post in a structure, or for a stage."""
    if offer.is_placement:
        return (KINDS[offer.kind], "immersion", "stage", "PMSMP", "découverte du métier")
    hours = "temps plein" if offer.hours_week >= FULL_TIME else "temps partiel"
    post = (KINDS[offer.kind], "insertion", "SIAE") if offer.kind is OfferKind.SIAE_POST else ()
    return (EMPLOYMENTS[offer.employment_kind], hours, *post)
