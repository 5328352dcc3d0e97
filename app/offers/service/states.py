"""Publishing an offer, pausing it, confirming it, declaring it filled, closing it, opening it again."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from app.core import clock
from app.core.errors import Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import transaction
from app.offers.models import Offer
from app.offers.queries import last_move
from app.offers.rules import DELAYS, FIELDS, OFFER, OfferAction, publish_refusals
from app.offers.service.moving import OFFER_CLOSED, locked, move, situation_of


@transaction
def publish(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """Show the offer to everybody, warnings or not. Raises Refused for what forbids it."""
    return _once(offer_id, OfferAction.PUBLISH, by, version, lambda offer: publish_locked(offer, by))


def publish_locked(offer: Offer, by: Actor) -> None:
    """Publish an offer that this transaction holds."""
    OFFER.target(OfferAction.PUBLISH, offer.state, by.role)
    _check(offer)
    offer.published_at = clock.now()
    offer.expires_on = offer.expires_on or DELAYS.default_expiry(clock.today())
    _confirmed(offer)
    move(offer, OfferAction.PUBLISH, by)


@transaction
def confirm(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """« Elle est toujours ouverte »: nobody is asked again for a while, and a near end is pushed."""
    return _open_again(offer_id, OfferAction.CONFIRM, by, version)


@transaction
def pause(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """Hide the offer for a time; people who have applied stay."""
    return _once(offer_id, OfferAction.PAUSE, by, version, lambda offer: move(offer, OfferAction.PAUSE, by))


@transaction
def resume(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """Show it again after a pause."""
    return _open_again(offer_id, OfferAction.RESUME, by, version)


@transaction
def reopen(offer_id: UUID, *, by: Actor, version: int | None = None) -> Offer:
    """Show again an expired or filled offer: it must have a start to come and a post left. Raises Refused."""

    def change(offer: Offer) -> None:
        OFFER.target(OfferAction.REOPEN, offer.state, by.role)
        _check(offer, reopening=True)
        _pushed(offer)
        move(offer, OfferAction.REOPEN, by)

    return _once(offer_id, OfferAction.REOPEN, by, version, change)


@transaction
def fill(offer_id: UUID, *, by: Actor, version: int | None = None, reason: str = "") -> Offer:
    """Declare that nobody is looked for any more; open applications are answered by those who listen."""
    return _end(offer_id, OfferAction.FILL, by, version, reason)


@transaction
def close(offer_id: UUID, *, by: Actor, version: int | None = None, reason: str = "") -> Offer:
    """Close for good; the way back is a copy."""
    return _end(offer_id, OfferAction.CLOSE, by, version, reason)


def _once(
    offer_id: UUID, action: OfferAction, by: Actor, version: int | None, change: Callable[[Offer], None]
) -> Offer:
    """Do it on the version that the person saw. The same button sent twice is one act, not two editors."""
    try:
        offer = locked(offer_id, by=by, version=version)
    except StaleVersion:
        offer = locked(offer_id, by=by)
        last = last_move(offer)
        if (
            last is None
            or (last.action, last.by_user_id) != (action, by.user_id)
            or offer.version != (version or 0) + 1
        ):
            raise
        return offer
    change(offer)
    return offer


def _open_again(offer_id: UUID, action: OfferAction, by: Actor, version: int | None) -> Offer:
    def change(offer: Offer) -> None:
        move(offer, action, by)
        _pushed(offer)

    return _once(offer_id, action, by, version, change)


def _end(offer_id: UUID, action: OfferAction, by: Actor, version: int | None, reason: str) -> Offer:
    def change(offer: Offer) -> None:
        move(offer, action, by, reason=reason)
        if offer.published_at is not None:
            OFFER_CLOSED(offer, by)

    return _once(offer_id, action, by, version, change)


def _confirmed(offer: Offer) -> None:
    """Somebody has just said that the offer is open: nobody is asked for a while."""
    offer.confirmed_on = clock.today()
    offer.stale_asked_on = None


def _pushed(offer: Offer) -> None:
    """Confirmed, and a near or past last day becomes a far one."""
    _confirmed(offer)
    today = clock.today()
    offer.expires_on = DELAYS.expiry_after_confirmation(offer.expires_on or today, today)


def _check(offer: Offer, *, reopening: bool = False) -> None:
    content = offer.content
    if reopening:
        content = replace(content, expires_on=None)  # a new last day is given
    if reasons := publish_refusals(content, situation_of(offer)):
        raise Refused(reasons, {reason: FIELDS[reason] for reason in reasons if reason in FIELDS})
