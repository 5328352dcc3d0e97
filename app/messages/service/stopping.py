"""« Ne plus recevoir ces messages »: what somebody wants to receive, and the link that says no in one click."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, and_, func, or_, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor
from app.core.transaction import transaction
from app.messages.models import Message, MessageWish
from app.messages.queries.wishes import Owner, forget_reader, wishes_of
from app.messages.rules import Category, Channel, MessageState, Wish
from app.messages.rules.kinds import categories_for, choices_for, kind_of, kinds_that_may_be_refused, usual_wish
from app.messages.service.outbox import link_to

_SALT: Final = "messages.stop"
_NOT_YET_SENT: Final = (MessageState.QUEUED, MessageState.WAITING)


@dataclass(frozen=True, slots=True)
class Stop:
    """Who says no to what; ``has_account`` when they may change their mind on a page."""

    owner: Owner
    category: Category
    has_account: bool


def stop_link(message: Message) -> str:
    """The address at which the reader of a message refuses its category. It never expires."""
    token = _signer().dumps([message.id.hex, kind_of(message.kind).category.value])
    return link_to("messages.stop", token=token)


def read_stop(token: str) -> Stop:
    """What a link means. Raises NotFound for one that this portal did not write."""
    try:
        message_id, category = _signer().loads(token)
        message = db.session.get(Message, UUID(message_id))
        asked = Category(category)
    except (BadSignature, ValueError, TypeError, AttributeError):
        raise NotFound from None
    if message is None:
        raise NotFound
    return Stop(message.to_user_id or message.to_address.lower(), asked, message.to_user_id is not None)


@transaction
def stop(token: str) -> Stop:
    """No more of this category to this reader; nothing else changes. Twice is as once."""
    asked = read_stop(token)
    _keep(asked.owner, asked.category, Wish.NEVER)
    return asked


@transaction
def set_wishes(wishes: Mapping[Category, Wish], *, by: Actor) -> None:
    """What somebody asks for on their page: the changes alone, and only what their role may ask for."""
    if by.user_id is None:
        raise NotFound
    said = wishes_of(by.user_id)
    for category in categories_for(by.role):
        wish = wishes.get(category)
        if wish in choices_for(category, by.role) and wish is not said.get(category, usual_wish(category, by.role)):
            _keep(by.user_id, category, wish)


def _keep(owner: Owner, category: Category, wish: Wish) -> None:
    """One row an owner and category. A « never » also holds back what has not left yet."""
    mine, values = _owned(owner), {"category": category, "wish": wish, "updated_at": clock.now()}
    column = MessageWish.user_id if isinstance(owner, UUID) else MessageWish.address
    row = insert(MessageWish).values({column.key: owner, **values})
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=[column, MessageWish.category],
            index_where=column.is_not(None),
            set_={"wish": wish, "updated_at": clock.now()},
        )
    )
    forget_reader(owner)
    if wish is Wish.NEVER:
        unsent = update(Message).where(mine, Message.state.in_(_NOT_YET_SENT), Message.channel != Channel.LETTER)
        db.session.execute(unsent.where(_refused(category)).values(state=MessageState.UNWANTED, not_before=None))


def _owned(owner: Owner) -> ColumnElement[bool]:
    if isinstance(owner, UUID):
        return Message.to_user_id == owner
    return and_(Message.to_user_id.is_(None), func.lower(Message.to_address) == owner)


def _refused(category: Category) -> ColumnElement[bool]:
    """Without a digest, nothing that waits for it leaves."""
    named = Message.kind.in_(kinds_that_may_be_refused(category))
    return or_(named, Message.state == MessageState.WAITING) if category is Category.DIGEST else named


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)
