"""A human decides what becomes of a message that failed, or that may have left."""

from collections.abc import Collection
from uuid import UUID

from app.audit import service as audit
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.messages.models import Message
from app.messages.queries import sending as queries
from app.messages.rules import MessageState


@transaction
def send_again(message_ids: Collection[UUID], *, by: Actor) -> int:
    """Back in the queue as if new, whatever may have arrived; how many still waited for a decision."""
    chosen = _chosen(message_ids, by)
    for message in chosen:
        message.state, message.attempts = MessageState.QUEUED, 0
        message.claimed_at = message.not_before = None
        audit.note(by, "message.sent_again", "message", message.id, kind=message.kind)
    return len(chosen)


@transaction
def leave(message_ids: Collection[UUID], *, by: Actor) -> int:
    """Never sent again; how many still waited for a decision."""
    chosen = _chosen(message_ids, by)
    for message in chosen:
        message.state = MessageState.UNWANTED
        audit.note(by, "message.left", "message", message.id, kind=message.kind)
    return len(chosen)


def _chosen(message_ids: Collection[UUID], by: Actor) -> list[Message]:
    if by.role is not Role.ADMINISTRATOR:
        raise NotFound
    return list(queries.to_decide(message_ids))
