"""Messages leave: each is claimed before it is handed over, so that nothing is ever sent twice by a retry.

A claim is committed, then the message goes, then what became of it is committed. A sender that dies in between leaves
a message in ``sending``: whether it left, nobody knows, and only a human sends it again.
"""

import re
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask import current_app

from app.core import clock
from app.core.db import db
from app.core.logs import log
from app.core.transaction import transaction
from app.messages.models import Message
from app.messages.queries import sending as queries
from app.messages.rules import Channel, MessageState
from app.messages.rules.kinds import kind_of
from app.messages.rules.retrying import is_too_late, next_try
from app.messages.service.stopping import stop_link
from app.messages.service.transport import (
    Down,
    Envelope,
    Line,
    NotDelivered,
    Permanent,
    Temporary,
    Transport,
    Uncertain,
    transports,
)

BATCH: Final = 1000
"""Messages of one call and channel."""
LASTS: Final = timedelta(minutes=4)
"""After that no message is claimed in this call: a job that is stopped by its limit would leave one in doubt."""
SENT, RETRIED, FAILED, UNCERTAIN, DOWN = "sent", "retried", "failed", "uncertain", "down"
_LONGEST: Final = 300


def deliver(limit: int = BATCH) -> Counter[str]:
    """Send what is due, by every channel; how many were sent, retried, failed, uncertain, and ways that are down.

    Not an act: it commits after each step. Raises RuntimeError inside of one.
    """
    counts: Counter[str] = Counter()
    ends = time.monotonic() + LASTS.total_seconds()
    for channel, way in transports(current_app.extensions["settings"]).items():
        counts += _give_up_abandoned(channel, remembers=way.remembers)
        if _is_any_due(channel):
            counts += _deliver_by(channel, way, limit, ends)
    return counts


def _deliver_by(channel: Channel, way: Transport, limit: int, ends: float) -> Counter[str]:
    """One line for the batch. A way that is down touches no message, and the batch ends at once."""
    counts: Counter[str] = Counter()
    try:
        with way.open() as line:
            for _ in range(limit):
                if time.monotonic() > ends:
                    break
                outcome, goes_on = _send_next(channel, line)
                if outcome:
                    counts[outcome] += 1
                if not goes_on:
                    break
    except Down as down:
        counts[DOWN] += 1
        log().warning("messages do not leave", channel=channel.value, why=_masked(str(down)))
    return counts


def _send_next(channel: Channel, line: Line) -> tuple[str, bool]:
    """Claim, hand over, settle: what became of it, and may the next one go by this line?"""
    message = claim(channel)
    if message is None:
        return "", False
    claimed_at = message.claimed_at
    if db.session().in_transaction() or claimed_at is None:
        raise RuntimeError("a claim must be committed before anything leaves: deliver is not part of an act")
    if is_too_late(kind_of(message.kind), message.created_at, clock.now()):
        return settle(message.id, claimed_at, Permanent("trop tard pour servir")), True
    try:
        line.send(_envelope(message))
    except Down:
        give_back(message.id, claimed_at)
        raise
    except NotDelivered as trouble:
        breaks = isinstance(trouble, Uncertain) or (isinstance(trouble, Temporary) and trouble.breaks)
        return settle(message.id, claimed_at, trouble), not breaks
    return settle(message.id, claimed_at, None), True


@transaction
def claim(channel: Channel) -> Message | None:
    """Take the next one: from now on no other sender does. None when nothing is due."""
    message = queries.next_due(channel, clock.now())
    if message is not None:
        message.state, message.claimed_at = MessageState.SENDING, clock.now()
        message.attempts += 1
    return message


@transaction
def settle(message_id: UUID, claimed_at: datetime, trouble: NotDelivered | None) -> str:
    """Write what became of it, unless a human has decided meanwhile."""
    message = queries.claimed(message_id, claimed_at)
    if message is None:
        log().warning("a message was decided upon while it left", message=str(message_id))
        return ""
    message.last_error = _masked(str(trouble)) if trouble else ""
    if trouble is None:
        message.state, message.sent_at = MessageState.SENT, clock.now()
        return SENT
    if isinstance(trouble, Uncertain):
        message.state = MessageState.UNCERTAIN
        return UNCERTAIN
    again = None
    if isinstance(trouble, Temporary):
        again = next_try(message.attempts, clock.now(), message.channel, kind_of(message.kind))
    message.state, message.not_before = (MessageState.QUEUED, again) if again else (MessageState.FAILED, None)
    return RETRIED if again else FAILED


@transaction
def give_back(message_id: UUID, claimed_at: datetime) -> None:
    """The way was down: the message is not to blame, and the attempt does not count."""
    message = queries.claimed(message_id, claimed_at)
    if message is not None:
        message.state, message.claimed_at = MessageState.QUEUED, None
        message.attempts -= 1


@transaction
def _give_up_abandoned(channel: Channel, *, remembers: bool) -> Counter[str]:
    """What a dead sender left: uncertain, or sent again by a way that never writes one twice."""
    counts: Counter[str] = Counter()
    for message in queries.abandoned(channel, clock.now()):
        if remembers:
            message.state = MessageState.QUEUED
            continue
        message.state, message.last_error = MessageState.UNCERTAIN, "l’envoi s’est interrompu"
        counts[UNCERTAIN] += 1
    return counts


@transaction
def _is_any_due(channel: Channel) -> bool:
    return queries.any_due(channel, clock.now())


def _envelope(message: Message) -> Envelope:
    return Envelope(
        id=message.id,
        to_name=message.to_name,
        to_address=message.to_address,
        subject=message.subject,
        body=message.body,
        stop_link=None if kind_of(message.kind).required else stop_link(message),
    )


def _masked(words: str) -> str:
    """What a server said, without the addresses that it repeats."""
    return re.sub(r"\S+@\S+|\+?\d{9,}", "…", " ".join(words.split()))[:_LONGEST]
