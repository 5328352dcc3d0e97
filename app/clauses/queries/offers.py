"""Which offers serve the clause of a lot, and until when would somebody's hours count there?"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications.models import Application, Hire
from app.clauses.models import ClauseEmployment, ClauseOffer, Holder, Lot, PublicContract
from app.clauses.queries.eligible_pairs import Claused, counting_for
from app.clauses.queries.visible import holders_visible_to
from app.clauses.rules.states import ContractState
from app.core.db import db
from app.core.roles import Actor, Role
from app.offers.models import Offer
from app.offers.rules import OfferState
from app.organisations.rules import PROVIDER_KINDS

OPEN = (ContractState.PREPARED, ContractState.RUNNING)


def clause_of(offer_id: UUID) -> ClauseOffer | None:
    """The lot that an offer serves, with its contract and buyer."""
    around = joinedload(ClauseOffer.lot).joinedload(Lot.contract).joinedload(PublicContract.buyer)
    query = select(ClauseOffer).where(ClauseOffer.offer_id == offer_id)
    return db.session.scalar(query.options(around, joinedload(ClauseOffer.holder)))


def among_claused(offer_ids: Collection[UUID]) -> Collection[UUID]:
    """Those of these offers that serve a clause."""
    query = select(ClauseOffer.offer_id).where(ClauseOffer.offer_id.in_(offer_ids))
    return db.session.scalars(query).all() if offer_ids else ()


def claused_offers() -> Mapping[str, Claused]:
    """Every published offer with a clause, by its id as text: what the matching keeps in memory."""
    query = (
        select(ClauseOffer.offer_id, Lot.contract_id, Offer.start_on, Offer.employment_kind)
        .join(Lot, Lot.id == ClauseOffer.lot_id)
        .join(Offer, Offer.id == ClauseOffer.offer_id)
        .where(Offer.state == OfferState.PUBLISHED)
    )
    return {str(row[0]): Claused(row[1], row[2], row[3]) for row in db.session.execute(query)}


def eligible_for(offer: Offer, contract_id: UUID | None = None) -> Mapping[UUID, date] | None:
    """The people who count if hired on the offer's start, with their last day; None: the offer has no clause.

    ``contract_id`` is the one of its clause, when the caller has read it.
    """
    if contract_id is None:
        lots = select(Lot.contract_id).join(ClauseOffer, ClauseOffer.lot_id == Lot.id)
        contract_id = db.session.scalar(lots.where(ClauseOffer.offer_id == offer.id))
    if contract_id is None:
        return None
    one = Claused(contract_id, offer.start_on, offer.employment_kind)
    return counting_for([one])[one]


def until_for(candidate_id: UUID, offers: Mapping[str, Claused]) -> Mapping[str, date | None]:
    """For one person, the last day that would count for each of these offers; None: not eligible at its start."""
    found = counting_for(set(offers.values()), candidate_id)
    return {key: found[one].get(candidate_id) for key, one in offers.items()}


def holders_to_link(actor: Actor, offer: Offer) -> Sequence[Holder]:
    """The firms and lots that this offer may serve: an employer's own; for those who steer, those of the offer's
    employer, and any open lot when it is a structure that lends people or works for others."""
    query = (
        holders_visible_to(actor)
        .join(Holder.lot)
        .join(Lot.contract)
        .where(PublicContract.state.in_(OPEN), Holder.until.is_(None))
        .options(contains_eager(Holder.lot).contains_eager(Lot.contract))
    )
    if actor.role is Role.EMPLOYER:
        query = query.where(Holder.organisation_id == actor.organisation_id)
    own = Holder.organisation_id == offer.organisation_id
    if offer.organisation.kind not in PROVIDER_KINDS:
        query = query.where(own)
    same = Lot.trade_slug == offer.trade_slug
    order = (own.desc().nulls_last(), same.desc().nulls_last(), PublicContract.title, Lot.number, Holder.id)
    return db.session.scalars(query.order_by(*order)).unique().all()


def has_hire(offer_id: UUID) -> bool:
    """Has somebody hired by this offer begun on the lot?"""
    query = (
        select(ClauseEmployment.id)
        .join(Hire, Hire.id == ClauseEmployment.hire_id)
        .join(Application, Application.id == Hire.application_id)
        .where(Application.offer_id == offer_id)
    )
    return db.session.scalar(query.limit(1)) is not None


def offers_of_lots(lot_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Offer]]:
    """The open offers that serve each lot."""
    query = (
        select(ClauseOffer.lot_id, Offer)
        .join(Offer, and_(Offer.id == ClauseOffer.offer_id, Offer.state == OfferState.PUBLISHED))
        .where(ClauseOffer.lot_id.in_(lot_ids))
        .order_by(Offer.start_on)
    )
    found: dict[UUID, list[Offer]] = {}
    for lot_id, offer in db.session.execute(query):
        found.setdefault(lot_id, []).append(offer)
    return found
