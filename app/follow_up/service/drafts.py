"""What was typed when nobody was signed in any more waits here, and is given back on the same page."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select

from app.accounts import service as accounts
from app.accounts.rules.throttles import Limit, Visitor, address_group
from app.core import clock
from app.core.db import db
from app.core.transaction import transaction
from app.follow_up.models import FollowUpDraft

LIFE: Final = timedelta(days=2)
PER_ADDRESS: Final = Limit("follow_up.draft.address", 60, timedelta(hours=1))
FIELDS, CHARACTERS = 60, 30_000


def keep(path: str, answers: Mapping[str, Sequence[str]], visitor: Visitor) -> UUID | None:
    """The id of what is kept; None when nothing was typed, or more than a form takes. Raises Throttled."""
    size = sum(len(text) for texts in answers.values() for text in texts)
    if not size or size > CHARACTERS or len(answers) > FIELDS:
        return None
    accounts.count(PER_ADDRESS, address_group(visitor.address))
    return _keep(path, answers)


@transaction
def _keep(path: str, answers: Mapping[str, Sequence[str]]) -> UUID:
    db.session.execute(delete(FollowUpDraft).where(FollowUpDraft.written_at < clock.now() - LIFE))
    kept = {_kept(name): [_kept(text) for text in texts] for name, texts in answers.items()}
    draft = FollowUpDraft(path=path, answers=kept)
    db.session.add(draft)
    db.session.flush()
    return draft.id


def _kept(text: str) -> str:
    """PostgreSQL keeps every sign but one, which no keyboard types."""
    return text.replace("\0", "")


def answers_of(draft_id: UUID | None, path: str) -> Mapping[str, Sequence[str]] | None:
    """What was typed on that page, to be read only after the page has let the reader in."""
    if draft_id is None:
        return None
    query = select(FollowUpDraft.answers).where(
        FollowUpDraft.id == draft_id,
        FollowUpDraft.path == path,
        FollowUpDraft.written_at >= clock.now() - LIFE,
    )
    return db.session.scalar(query)


@transaction
def drop(draft_id: UUID) -> None:
    """It was sent: nothing of it stays."""
    db.session.execute(delete(FollowUpDraft).where(FollowUpDraft.id == draft_id))
