"""How does a buyer read the progress of its contracts without an account? By a secret link, made, shown once, ended."""

from datetime import date
from uuid import UUID

from app.accounts import service as accounts
from app.accounts.rules.throttles import LINK_PER_ADDRESS, Visitor, address_group
from app.accounts.service.hashing import new_token, token_hash
from app.audit import service as audit
from app.clauses.models import BuyerLink
from app.clauses.queries.links import buyer_to_link, open_link, the_link
from app.clauses.rules.sharing import link_refusals
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction


@transaction
def make_link(buyer_id: UUID, last_day: date, *, by: Actor, row_id: UUID, today: date) -> str | None:
    """The secret of a new link, which only its holder keeps; None when this form was sent before. Raises Refused."""
    buyer = buyer_to_link(by, buyer_id)
    if db.session.get(BuyerLink, row_id) is not None:
        return None
    if reasons := link_refusals(last_day, today):
        raise Refused(reasons, dict.fromkeys(reasons, "last_day"))
    token = new_token()
    hashed = token_hash(token).hex()
    db.session.add(BuyerLink(id=row_id, buyer_id=buyer.id, token_hash=hashed, made_by=by.user_id, last_day=last_day))
    audit.note(by, "clause.link.made", "clause_buyer", buyer.id, link=str(row_id), last_day=last_day.isoformat())
    return token


@transaction
def end_link(link_id: UUID, *, by: Actor) -> UUID:
    """Nobody reads by it any more; a link that is ended stays so. Answers its buyer."""
    link = the_link(by, link_id)
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        audit.note(by, "clause.link.ended", "clause_buyer", link.buyer_id, link=str(link.id))
    return link.buyer_id


def read_link(token: str, visitor: Visitor, today: date) -> BuyerLink:
    """The link of a secret. Raises NotFound for a wrong one, and Throttled for too many wrong ones."""
    link = open_link(token_hash(token).hex(), today)
    if link is None:
        accounts.count(LINK_PER_ADDRESS, address_group(visitor.address))
        raise NotFound
    return link
