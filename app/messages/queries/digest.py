"""For whom does something wait until the letter of the day?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from app.core.db import db
from app.messages.models import Message
from app.messages.queries.wishes import USERS
from app.messages.rules import MessageState


def readers_who_wait() -> Sequence[UUID]:
    """The accounts, each once."""
    query = select(Message.to_user_id).where(Message.state == MessageState.WAITING, Message.to_user_id.is_not(None))
    return [user_id for user_id in db.session.scalars(query.distinct().order_by(Message.to_user_id)) if user_id]


def waiting_for(user_id: UUID) -> Sequence[Message]:
    """What waits for one of them, the oldest first, locked."""
    query = select(Message).where(Message.state == MessageState.WAITING, Message.to_user_id == user_id)
    return db.session.scalars(query.order_by(Message.created_at, Message.id).with_for_update()).all()


def for_nobody() -> Sequence[Message]:
    """What waits for an account that was closed since, locked."""
    closed = select(USERS.c.id).where(USERS.c.disabled_at.is_not(None))
    gone = or_(Message.to_user_id.is_(None), Message.to_user_id.in_(closed))
    query = select(Message).where(Message.state == MessageState.WAITING, gone)
    return db.session.scalars(query.order_by(Message.id).with_for_update()).all()
