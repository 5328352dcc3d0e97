"""A search is kept, stopped, taken up again or forgotten; its new offers are told once a day."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Channel, Recipient
from app.offers.models import SavedSearch
from app.offers.queries import saved as kept
from app.offers.queries.public import Line
from app.offers.rules.saved import SAVED_MOST, SavedSearchRefusal, kept_query, to_tell


@transaction
def save_search(query: str, name: str, *, by: Actor) -> SavedSearch:
    """Keep a search; the same one kept twice is one, and is told again. Raises Refused."""
    sought = kept_query(query)
    if not sought:
        raise Refused(SavedSearchRefusal.EMPTY)
    db.session.execute(select(User.id).where(User.id == by.user_id).with_for_update())  # two clicks wait here
    mine = select(SavedSearch).where(SavedSearch.user_id == by.user_id, SavedSearch.query == sought)
    known = db.session.scalar(mine)
    if known is not None:
        if known.stopped_at is not None:
            known.stopped_at, known.told_until = None, clock.now()
        return known
    if kept.how_many(by.user_id) >= SAVED_MOST:
        raise Refused(SavedSearchRefusal.TOO_MANY)
    saved = SavedSearch(user_id=by.user_id, name=name, query=sought)
    db.session.add(saved)
    return saved


@transaction
def stop_search(saved_id: UUID, *, by: Actor) -> SavedSearch:
    """No more messages; the search stays in the list. Raises NotFound."""
    saved = kept.the_saved(by, saved_id)
    saved.stopped_at = saved.stopped_at or clock.now()
    return saved


@transaction
def resume_search(saved_id: UUID, *, by: Actor) -> SavedSearch:
    """Messages again, about offers that open from now on. Raises NotFound."""
    saved = kept.the_saved(by, saved_id)
    if saved.stopped_at is not None:
        saved.stopped_at, saved.told_until = None, clock.now()
    return saved


@transaction
def forget_search(saved_id: UUID, *, by: Actor) -> None:
    """Gone for good. Raises NotFound."""
    db.session.delete(kept.the_saved(by, saved_id))


@transaction
def tell_saved(saved_id: UUID, lines: Sequence[Line]) -> bool:
    """One message about the new offers of a search; False when there is none, or it was told or forgotten meanwhile."""
    saved = db.session.get(SavedSearch, saved_id, with_for_update=True, populate_existing=True)
    if saved is None:
        return False
    fresh = [line for line in lines if line.published_at > saved.told_until]
    if not fresh or saved.stopped_at is not None:
        return False
    saved.told_until = max(line.published_at for line in fresh)
    user = db.session.get_one(User, saved.user_id)
    prefers = Channel.SMS if user.candidate_id else Channel.EMAIL
    told = to_tell([f"{line.title}, {line.commune}" for line in fresh])
    message = messages.queue(
        "saved_search",
        Recipient(user.first_name if user.candidate_id else user.full_name, user.id, user.email, user.phone, prefers),
        about=("saved_search", saved.id),
        name=saved.name,
        told=told,
        count=len(fresh),
        url=f"{messages.link_to('offers.public_list')}?{saved.query}&tri=date",
    )
    return message is not None
