"""An offer serves the clause of a lot, or no longer does."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.clauses.labels.offers import MARK
from app.clauses.models import ClauseOffer, Lot
from app.clauses.queries import offers as queries
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.offers import ClauseOfferRefusal, link_refusals
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.core.workflow import WorkflowRefusal
from app.offers import queries as offers
from app.offers.models import Offer

_LINKS = {Role.EMPLOYER, Role.FACILITATOR, Role.DEPARTMENT, Role.SYSTEM}


@transaction
def link_offer(offer_id: UUID, holder_id: UUID, *, by: Actor) -> ClauseOffer:
    """From now on only people eligible for the lot's contract at the start are proposed. Raises Refused, NotFound."""
    offer = _offer(offer_id, by)
    holder = next((one for one in queries.holders_to_link(by, offer) if one.id == holder_id), None)
    known = db.session.get(ClauseOffer, offer_id)
    if holder is None:
        raise Refused(ClauseOfferRefusal.NOT_YOUR_LOT, {ClauseOfferRefusal.NOT_YOUR_LOT: "holder"})
    if reasons := link_refusals(kind=offer.kind, offer=offer.state, contract=holder.lot.contract.state, own=True):
        raise Refused(reasons)
    if known is not None and known.holder_id != holder.id:
        _free_to_change(known, offer, by)
    row = known or ClauseOffer(offer_id=offer.id)
    row.lot_id, row.holder_id = holder.lot_id, holder.id
    row.linked_by, row.linked_at = by.user_id, clock.now()
    db.session.add(row)
    _touched(offer, by, "clause.offer.linked", lot=str(holder.lot_id))
    return row


@transaction
def unlink_offer(offer_id: UUID, *, by: Actor) -> None:
    """The offer is an ordinary one again. Raises Refused, NotFound."""
    offer = _offer(offer_id, by)
    row = db.session.get(ClauseOffer, offer_id)
    if row is None:
        return
    _free_to_change(row, offer, by)
    db.session.delete(row)
    _touched(offer, by, "clause.offer.unlinked")


def _free_to_change(known: ClauseOffer, offer: Offer, by: Actor) -> None:
    """Those who steer the contract, or the employer of the offer, as long as nobody was hired by it."""
    own = offer.organisation_id == by.organisation_id
    if not own and db.session.scalar(lots_visible_to(by).where(Lot.id == known.lot_id)) is None:
        raise Refused(ClauseOfferRefusal.ANOTHER_STEERS)
    if queries.has_hire(offer.id):
        raise Refused(ClauseOfferRefusal.HIRED_ALREADY)


def mark(offer_ids: Collection[UUID], found: dict[UUID, str]) -> None:
    """A listener: the tag of an offer in the lists of professionals."""
    found.update(dict.fromkeys(queries.among_claused(offer_ids), MARK))


def _offer(offer_id: UUID, by: Actor) -> Offer:
    if by.role not in _LINKS:
        raise Refused(WorkflowRefusal.NOT_YOUR_ROLE)
    return offers.the_offer(by, offer_id)


def _touched(offer: Offer, by: Actor, action: str, **details: Any) -> None:
    """The matching reads again what changed since it last looked."""
    offer.updated_at = clock.now()
    db.session.flush()
    audit.note(by, action, "offer", offer.id, **details)
