"""A professional makes a private calendar address, replaces it, revokes it; a calendar program reads it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import func, select, update

from app.accounts import service as accounts
from app.accounts.rules.throttles import LINK_PER_ADDRESS, Visitor, address_group
from app.accounts.service.hashing import new_token, token_hash
from app.audit import service as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.transaction import transaction
from app.follow_up.models import CalendarFeed, Visit
from app.follow_up.queries.agenda import feed_of, visits_in_feed

_READ_NOTED_EVERY: Final = timedelta(hours=1)


@transaction
def make_feed(*, by: Actor) -> str:
    """A new address, of which only the hash is kept; the one before serves no more. Answers its secret part."""
    lock = select(func.pg_advisory_xact_lock(func.hashtextextended(f"feed:{by.user_id}", 0)))
    db.session.execute(lock)
    _revoke(by)
    token = new_token()
    feed = CalendarFeed(id=uuid4(), user_id=by.user_id, token_hash=token_hash(token))
    db.session.add(feed)
    audit.note(by, "follow_up.feed.make", "feed", feed.id)
    return token


@transaction
def revoke_feed(*, by: Actor) -> None:
    """The address answers nothing from now on."""
    if _revoke(by):
        audit.note(by, "follow_up.feed.revoke", "user", by.user_id)


def _revoke(by: Actor) -> bool:
    done = db.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.user_id == by.user_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=clock.now())
        .returning(CalendarFeed.id)
    )
    return done.first() is not None


def read_feed(token: str, visitor: Visitor, today: date) -> Sequence[Visit]:
    """The visits of an address. Raises NotFound (unknown, revoked, its owner has left), Throttled."""
    feed = feed_of(token_hash(token))
    if feed is None:
        accounts.count(LINK_PER_ADDRESS, address_group(visitor.address))
        raise NotFound
    visits = visits_in_feed(feed.user_id, today)
    if feed.last_read_at is None or clock.now() - feed.last_read_at >= _READ_NOTED_EVERY:
        _note_reading(feed)
    return visits


@transaction
def _note_reading(feed: CalendarFeed) -> None:
    feed.last_read_at = clock.now()
