"""Taking a post of an offer when somebody is hired, and giving it back: under a lock, never one too many."""

from uuid import UUID

from app.core import clock
from app.core.errors import Refused
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.offers.models import Offer
from app.offers.rules import TAKING, OfferAction, OfferRefusal, OfferState
from app.offers.service.moving import OFFER_CLOSED, locked, move


@transaction
def take_post(offer_id: UUID, *, by: Actor) -> Offer:
    """One person more is hired; the last post fills the offer, and its other applications are then answered.

    Raises Refused: NO_POST_LEFT, or NOT_OPEN for a draft or a closed offer.
    """
    offer = locked(offer_id, by=by)
    if offer.posts_left < 1 or offer.state is OfferState.FILLED:
        raise Refused(OfferRefusal.NO_POST_LEFT)
    if offer.state not in TAKING:
        raise Refused(OfferRefusal.NOT_OPEN)
    offer.posts_filled += 1
    if offer.posts_left == 0:
        move(offer, OfferAction.FILL, SYSTEM, reason="Dernier poste pris")
        OFFER_CLOSED(offer, by)
    return offer


@transaction
def release_post(offer_id: UUID, *, by: Actor) -> Offer:
    """A hire is undone: the post is free again, and a filled offer whose last day is not past opens again."""
    offer = locked(offer_id, by=by)
    if offer.posts_filled == 0:
        return offer
    offer.posts_filled -= 1
    if offer.state is OfferState.FILLED and offer.expires_on and offer.expires_on >= clock.today():
        move(offer, OfferAction.REOPEN, SYSTEM, reason="Poste libéré")
    return offer
