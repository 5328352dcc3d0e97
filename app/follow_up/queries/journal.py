"""What happened in a follow-up, as its reader may know it?"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, or_, select

from app.core.db import db
from app.core.roles import ACCOMPANIMENT, Actor
from app.follow_up.models import Alert, FollowUp, FollowUpTransition
from app.follow_up.queries.visible import alerts_visible_to

SHOWN = 4
_WORDS = ("voice", "exchange", "absence", "link")


def reads_words(actor: Actor) -> bool:
    """Those who accompany read what was noted; the département reads that something happened, and when."""
    return actor.role in ACCOMPANIMENT


def journal_of(actor: Actor, follow_up: FollowUp, limit: int | None = None) -> tuple[list[FollowUpTransition], int]:
    """The newest lines that the actor may read, and how many there are in all; one statement.

    A line about an alert is for those who see that alert, one about words for those who may read words.
    """
    line = FollowUpTransition
    query = select(line, func.count().over()).where(line.follow_up_id == follow_up.id, *_readable(actor))
    query = query.order_by(line.at.desc(), line.id.desc())
    rows = db.session.execute(query if limit is None else query.limit(limit)).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _readable(actor: Actor) -> Iterator[ColumnElement[bool]]:
    line = FollowUpTransition
    seen = alerts_visible_to(actor).order_by(None).with_only_columns(Alert.id)
    yield or_(line.subject != "alert", line.subject_id.in_(seen))
    if not reads_words(actor):
        yield line.subject.not_in(_WORDS)
