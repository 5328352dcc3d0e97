"""Which message leaves next, and which ones wait for a human?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from app.core.db import db
from app.messages.models import Message
from app.messages.rules import Channel, MessageState
from app.messages.rules.kinds import URGENT
from app.messages.rules.quiet import not_before
from app.messages.rules.retrying import ABANDONED_AFTER

FOR_A_HUMAN = (MessageState.UNCERTAIN, MessageState.FAILED)


def due(channel: Channel, now: datetime) -> Select[Message]:
    """Those that may leave by a channel now, codes first, then the oldest; in quiet hours the urgent ones alone."""
    query = select(Message).where(
        Message.state == MessageState.QUEUED,
        Message.channel == channel,
        or_(Message.not_before.is_(None), Message.not_before <= now),
    )
    if not_before(channel, now) is not None:
        query = query.where(Message.kind.in_(URGENT))
    return query.order_by(Message.kind.in_(URGENT).desc(), Message.created_at, Message.id)


def next_due(channel: Channel, now: datetime) -> Message | None:
    """The next one, locked; what another sender holds is passed over."""
    return db.session.scalar(due(channel, now).limit(1).with_for_update(skip_locked=True))


def any_due(channel: Channel, now: datetime) -> bool:
    """Is there something to open a line for?"""
    return db.session.scalar(due(channel, now).with_only_columns(Message.id).limit(1)) is not None


def abandoned(channel: Channel, now: datetime) -> Sequence[Message]:
    """Those whose sender died, locked."""
    claimed_long_ago = Message.claimed_at < now - ABANDONED_AFTER
    query = select(Message).where(Message.state == MessageState.SENDING, Message.channel == channel, claimed_long_ago)
    return db.session.scalars(query.order_by(Message.id).with_for_update(skip_locked=True)).all()


def claimed(message_id: UUID, claimed_at: datetime) -> Message | None:
    """A message while it is still the business of the sender who claimed it at that instant, locked."""
    ours = Message.state.in_((MessageState.SENDING, MessageState.UNCERTAIN))
    query = select(Message).where(Message.id == message_id, Message.claimed_at == claimed_at, ours)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


@dataclass(frozen=True, slots=True)
class TroubleFilters:
    """What is asked of the administrators' list; nothing asked: all that waits for a human."""

    state: MessageState | None = None
    channel: Channel | None = None
    kind: str = ""


SORTS = {"date": Message.created_at, "essais": Message.attempts, "texte": Message.kind}


def troubles(filters: TroubleFilters, sort: str = "-date") -> Select[Message]:
    """The messages that failed or are uncertain: never their words."""
    states = FOR_A_HUMAN if filters.state is None else (filters.state,)
    query = select(Message).where(Message.state.in_(states))
    if filters.channel is not None:
        query = query.where(Message.channel == filters.channel)
    if filters.kind:
        query = query.where(Message.kind == filters.kind)
    key = SORTS.get(sort.removeprefix("-"), Message.created_at)
    return query.order_by(key.desc() if sort.startswith("-") else key, Message.id)


def to_decide(message_ids: Collection[UUID]) -> Sequence[Message]:
    """Those of a selection that still wait for a human, locked."""
    query = select(Message).where(Message.id.in_(message_ids), Message.state.in_(FOR_A_HUMAN))
    return db.session.scalars(query.order_by(Message.id).with_for_update()).all()


def counts() -> dict[MessageState, int]:
    """How many messages are in each state; letters are printed by people and do not count here."""
    query = select(Message.state, func.count()).where(Message.channel != Channel.LETTER).group_by(Message.state)
    found: dict[MessageState, int] = dict(db.session.execute(query).all())
    return {state: found.get(state, 0) for state in MessageState}


def kinds_in_trouble() -> Sequence[str]:
    """The kinds that the list may be cut down to."""
    query = select(Message.kind).where(Message.state.in_(FOR_A_HUMAN)).distinct().order_by(Message.kind)
    return db.session.scalars(query).all()
