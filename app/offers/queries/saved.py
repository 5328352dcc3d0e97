"""Which searches does somebody keep, and which new offers does each find?"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.accounts.models import User
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.offers.models import SavedSearch
from app.offers.queries.public import Line
from app.offers.queries.search import search
from app.offers.rules.search import Asked

_PAGES = 5


def saved_of(actor: Actor) -> Sequence[SavedSearch]:
    """Those of the person signed in, the newest first."""
    query = select(SavedSearch).where(SavedSearch.user_id == actor.user_id)
    return db.session.scalars(query.order_by(SavedSearch.created_at.desc(), SavedSearch.id)).all()


def the_saved(actor: Actor, saved_id: UUID) -> SavedSearch:
    """One of theirs. Raises NotFound."""
    query = select(SavedSearch).where(SavedSearch.id == saved_id, SavedSearch.user_id == actor.user_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def how_many(user_id: UUID | None) -> int:
    """How many searches somebody keeps."""
    return db.session.scalar(select(func.count()).where(SavedSearch.user_id == user_id)) or 0


def running_searches() -> Sequence[SavedSearch]:
    """Every search that is told, of those who may still sign in."""
    query = select(SavedSearch).join(User, User.id == SavedSearch.user_id)
    query = query.where(SavedSearch.stopped_at.is_(None), User.disabled_at.is_(None))
    return db.session.scalars(query.order_by(SavedSearch.id)).all()


def new_lines(asked: Asked, since: datetime) -> list[Line] | None:
    """The open offers published after an instant that the search finds, the newest first.

    None when the index does not answer: nothing may be said to be told then. A search that finds nothing but near
    words finds nothing new.
    """
    found: list[Line] = []
    for number in range(1, _PAGES + 1):
        page = search(_newest(asked, number))
        if page.degraded:
            return None
        if page.relaxed:
            return []
        fresh = [line for line in page.page if line.published_at > since]
        found += fresh
        if len(fresh) < len(page.page.items) or number >= page.page.pages:
            break
    return found


def _newest(asked: Asked, number: int) -> Asked:
    values = {name: getattr(asked, name) for name in Asked.__dataclass_fields__}
    return Asked(**{**values, "sort": "date", "page": number})
