"""After three months nobody needs the words of a message any more: they are emptied, the fact that it left stays."""

from datetime import date, datetime, time, timedelta
from typing import Final

from flask import current_app
from sqlalchemy import CursorResult, case, or_, select, update

from app.core.clock import PARIS
from app.core.db import db
from app.core.transaction import transaction
from app.messages.models import Message
from app.messages.queries.sending import FOR_A_HUMAN
from app.messages.rules import Channel, MessageState

KEPT: Final = timedelta(days=90)
_CHUNK: Final = 1000
_ENDED: Final = (
    MessageState.SENT,
    MessageState.GATHERED,
    MessageState.UNWANTED,
    *FOR_A_HUMAN,
)


def forget(today: date) -> int:
    """Empty subject and body of messages ended and older than KEPT; how many. Letters are kept as they were printed.

    Name, address, kind and dates stay: they answer « was this person told? ». What still waited for a human is left
    for good. The files of the demonstration go too.
    """
    before = datetime.combine(today - KEPT, time(), PARIS)
    _drop_files(before)
    forgotten = 0
    while emptied := _empty_some(before):
        forgotten += emptied
    return forgotten


@transaction
def _empty_some(before: datetime) -> int:
    old = (
        select(Message.id)
        .where(Message.channel != Channel.LETTER, Message.state.in_(_ENDED), Message.created_at < before)
        .where(or_(Message.body != "", Message.subject != ""))
        .limit(_CHUNK)
        .with_for_update(skip_locked=True)
    )
    without_words = Message.state.in_(FOR_A_HUMAN)
    state = case((without_words, MessageState.UNWANTED), else_=Message.state)
    done = db.session.execute(update(Message).where(Message.id.in_(old)).values(subject="", body="", state=state))
    return done.rowcount if isinstance(done, CursorResult) else 0


def _drop_files(before: datetime) -> None:
    folder = current_app.extensions["settings"].var / "outbox"
    for path in folder.glob("*.eml"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
