"""One letter a day to each professional for whom something waits, and nothing to the others."""

from datetime import date
from typing import Final
from uuid import UUID

from app.core.transaction import transaction
from app.core.working_days import is_working_day
from app.messages.labels import CATEGORY_WORDS
from app.messages.models import Message
from app.messages.queries import digest as queries
from app.messages.rules import Channel, MessageState, Recipient
from app.messages.rules.digest import Waited, sections
from app.messages.rules.kinds import kind_of
from app.messages.service.outbox import link_to, queue

KIND: Final = "daily_digest"


def gather(today: date) -> dict[str, int]:
    """The digests of a working day; how many were written, and how many messages they gather.

    Each is a transaction: a process killed in the middle loses none, and the key keeps the next run from a second one.
    """
    if not is_working_day(today):
        return {"digests": 0, "gathered": 0}
    _leave_for_nobody()
    gathered = [_gather_for(user_id, today) for user_id in _readers()]
    return {"digests": sum(number > 0 for number in gathered), "gathered": sum(gathered)}


@transaction
def _readers() -> list[UUID]:
    return list(queries.readers_who_wait())


@transaction
def _gather_for(user_id: UUID, today: date) -> int:
    """How many messages the digest of one person holds; 0 when they already had one today."""
    waiting = queries.waiting_for(user_id)
    if not waiting:
        return 0
    newest = waiting[-1]
    written = queue(
        KIND,
        Recipient(newest.to_name, user_id, newest.to_address),
        channel=Channel.EMAIL,
        key=f"{KIND}:{user_id}:{today}",
        sections=sections(_waited(message) for message in waiting),
        count=len(waiting),
        words=CATEGORY_WORDS,
        url=link_to("messages.wishes"),
    )
    if written is None:
        return 0
    for message in waiting:
        message.state, message.digest_id = MessageState.GATHERED, written.id
    return len(waiting)


def _waited(message: Message) -> Waited:
    return Waited(kind_of(message.kind).category, message.to_name, message.subject, message.body)


@transaction
def _leave_for_nobody() -> None:
    for message in queries.for_nobody():
        message.state = MessageState.UNWANTED
