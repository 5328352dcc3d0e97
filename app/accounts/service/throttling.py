"""Count tries in PostgreSQL, before the act and apart from it: an act that is undone was tried all the same."""

from datetime import datetime

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.models import Throttle
from app.accounts.rules.throttles import (
    SHORT_CODE_PER_ADDRESS,
    UNREADABLE_PAUSE,
    Limit,
    address_group,
    seconds_left,
)
from app.accounts.service.hashing import keyed_hash
from app.core import clock
from app.core.db import db
from app.core.errors import Throttled
from app.core.logs import log
from app.core.transaction import transaction


def count(limit: Limit, of: str) -> None:
    """One more try of ``of`` (an address, an account). Raises Throttled beyond the limit, and when in doubt."""
    try:
        tries, ends_at = _count(limit, _key(limit, of))
    except SQLAlchemyError as error:
        log().error("throttle unreadable", limit=limit.name, error=type(error).__name__)
        raise Throttled(UNREADABLE_PAUSE) from error
    if tries > limit.tries:
        raise Throttled(seconds_left(ends_at, clock.now()))


def refuse_spent(limit: Limit, of: str) -> None:
    """Where wrong answers alone count: once there were too many of them, the right one is not looked at either.

    Else whoever guesses goes on, and knows a right answer by its not being refused. Raises Throttled.
    """
    query = select(Throttle.count, Throttle.window_ends_at).where(Throttle.key == _key(limit, of))
    row = db.session.execute(query).one_or_none()
    tries, ends_at = row if row is not None else (0, clock.now())
    if tries >= limit.tries and ends_at > clock.now():
        raise Throttled(seconds_left(ends_at, clock.now()))


def short_code_tried(address: str | None) -> None:
    """A visitor types, or guesses, the code of a letter: right codes count too. Raises Throttled."""
    count(SHORT_CODE_PER_ADDRESS, address_group(address))


@transaction
def clear(limit: Limit, of: str) -> None:
    """The right answer came: earlier wrong ones are forgiven."""
    db.session.execute(delete(Throttle).where(Throttle.key == _key(limit, of)))


def _key(limit: Limit, of: str) -> str:
    return keyed_hash("throttle", limit.name, of).hex()


@transaction
def _count(limit: Limit, key: str) -> tuple[int, datetime]:
    now = clock.now()
    over = Throttle.window_ends_at <= now
    tries, ends_at = db.session.execute(
        insert(Throttle)
        .values(key=key, count=1, window_ends_at=now + limit.window)
        .on_conflict_do_update(
            index_elements=[Throttle.key],
            set_={
                "count": case((over, 1), else_=Throttle.count + 1),
                "window_ends_at": case((over, now + limit.window), else_=Throttle.window_ends_at),
            },
        )
        .returning(Throttle.count, Throttle.window_ends_at)
    ).one()
    return tries, ends_at
