"""Whoever must look at an alert is told that there is one, once, and where to read it; never what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.db import db
from app.follow_up.models import FollowUp
from app.follow_up.queries.alert_readers import Readers, readers_of
from app.messages import service as messages
from app.messages.queries.wishes import know_readers
from app.messages.rules import Recipient

OPENED, ESCALATED = "alert_opened", "alert_escalated"


@dataclass(frozen=True, slots=True)
class News:
    """An alert of which somebody is to be told: opened, escalated, or both at once."""

    alert_id: UUID
    follow_up: FollowUp
    opened: bool
    escalated: bool


def tell(news: Sequence[News], today: date) -> None:
    """Write the messages of a whole batch."""
    if not news:
        return
    readers = readers_of([one.follow_up for one in news], today)
    with db.session.no_autoflush:
        letters = [(kind, to, one) for one in news for kind, to in _letters(one, readers)]
        know_readers(to.user_id for _, to, _ in letters if to.user_id is not None)
        for kind, to, one in letters:
            _write(kind, to, one)


def _letters(one: News, readers: Readers) -> Iterable[tuple[str, Recipient]]:
    held = (one.follow_up.referent_id, one.follow_up.referent_organisation_id)
    told = readers.to_open(*held) if one.opened else []
    yield from ((OPENED, to) for to in told)
    if one.escalated:
        known = {to.user_id for to in told}
        yield from ((ESCALATED, to) for to in readers.to_escalate(*held) if to.user_id not in known)


def _write(kind: str, to: Recipient, one: News) -> None:
    """Only the run that opened or escalated the alert comes here: nobody else can hold the key, so that it need not be
    tried at once and a whole batch is written in one statement."""
    message = messages.queue(
        kind,
        to,
        about=("alert", one.alert_id),
        person=one.follow_up.candidate.short_name,
        url=messages.link_to("follow_up.alert", alert_id=one.alert_id),
    )
    if message is not None:
        message.key = f"{kind}:{one.alert_id}:{to.user_id}"
