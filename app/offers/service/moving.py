"""How is an offer found for a change, and how does its state move? Shared by every act on offers."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any, Final
from uuid import UUID

from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, StaleVersion
from app.core.hooks import Hook
from app.core.roles import Actor
from app.core.transaction import refuse_on
from app.offers.models import Offer, OfferTransition
from app.offers.queries import offers_visible_to, whole
from app.offers.rules import DERIVED, OFFER, Content, OfferAction, OfferRefusal, OfferState, Situation
from app.organisations.rules import OrganisationState

OFFER_CLOSED: Final[Hook[[Offer, Actor]]] = Hook("offers.closed")
"""The offer takes nobody any more: filled, or closed by its employer. Expired ones may still take who applied."""
MARKS: Final[Hook[[Collection[UUID], dict[UUID, str]]]] = Hook("offers.marks")
"""Offers are listed for professionals: listeners give some of them a tag. Never called for a public page."""
CLOSING_EFFECTS: Final[Hook[[Offer, list[str]]]] = Hook("offers.closing_effects")
"""Asked before closing: listeners append a French sentence for what will happen (« 5 candidatures… »)."""

refuse_on("ck_offers_posts_filled", OfferRefusal.NO_POST_LEFT)


def locked(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """The reader's offer, locked for this transaction. Raises NotFound, StaleVersion."""
    query = whole(offers_visible_to(by)).where(Offer.id == offer_id).with_for_update(of=Offer)
    offer: Offer | None = db.session.scalar(query.execution_options(populate_existing=True))
    if offer is None:
        raise NotFound
    if version is not None and offer.version != version:
        raise StaleVersion(said(offer))
    return offer


def situation_of(offer: Offer) -> Situation:
    """What the rules ask besides the content."""
    return Situation(
        today=clock.today(),
        organisation_kind=offer.organisation.kind.value,
        organisation_approved=offer.organisation.state is OrganisationState.APPROVED,
        posts_filled=offer.posts_filled,
    )


def move(offer: Offer, action: OfferAction, by: Actor, *, reason: str = "") -> None:
    """Change the state, log it, note it. Raises Refused as the workflow table says."""
    target = OFFER.target(action, offer.state, by.role)
    db.session.add(
        OfferTransition(
            offer_id=offer.id,
            action=action,
            from_state=offer.state,
            to_state=target,
            by_user_id=by.user_id,
            by_name=by.name,
            by_role=by.role,
            reason=reason,
        )
    )
    offer.state = target
    audit.note(by, f"offer.{action.value}", "offer", offer.id, state=target.value)
    if target is OfferState.CLOSED:
        offer.closed_at = clock.now()


def said(offer: Offer) -> dict[str, Any]:
    """What the offer now says, by names of the form's fields, for the page that shows two versions."""
    now = {part.name: getattr(offer.content, part.name) for part in fields(Content)}
    del now["trade_slug"], now["commune_insee"]
    return {
        **now,
        "job": offer.trade.name if offer.trade else "",
        "commune": offer.commune.name if offer.commune else "",
        "conditions": [slug for slug in offer.conditions if slug not in DERIVED],
        "version": offer.version,
    }
