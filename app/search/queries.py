"""Which changes wait, and which rows does an index come from?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from app.core import clock
from app.core.db import db
from app.search.models import SearchOutbox
from search_index.documents import Document, Kind
from search_index.sync import Change, Loader

MOST_ATTEMPTS = 5


class Outbox:
    """The outbox for a drain, in the session's transaction. What another drain treats is skipped, not waited for."""

    def take(self, limit: int) -> Sequence[Change]:
        query = (
            select(SearchOutbox.id, SearchOutbox.kind, SearchOutbox.object_id)
            .where(SearchOutbox.attempts < MOST_ATTEMPTS)
            .order_by(SearchOutbox.attempts, SearchOutbox.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [Change(number, kind, object_id) for number, kind, object_id in db.session.execute(query)]

    def next_version(self) -> int:
        return next_version()

    def done(self, changes: Sequence[Change]) -> None:
        ids = [change.number for change in changes]
        db.session.execute(delete(SearchOutbox).where(SearchOutbox.id == func.any(ids)))

    def postpone(self, changes: Sequence[Change]) -> None:
        """Count a failure, which sends them to the end of the queue."""
        ids = [change.number for change in changes]
        counted = update(SearchOutbox).where(SearchOutbox.id == func.any(ids))
        db.session.execute(counted.values(attempts=SearchOutbox.attempts + 1))


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of each kind, as the domains registered them."""

    roots: dict[Kind, Any]  # the model whose ids are the documents' ids
    loaders: dict[Kind, Loader]

    def ids(self, kind: Kind, after: UUID | None, limit: int) -> Sequence[UUID]:
        column = self.roots[kind].id
        query = select(column).order_by(column).limit(limit)
        return db.session.scalars(query if after is None else query.where(column > after)).all()

    def load(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Document]:
        return self.loaders[kind](ids)

    def waiting(self, kind: Kind) -> frozenset[UUID]:
        return frozenset(db.session.scalars(select(SearchOutbox.object_id).where(SearchOutbox.kind == kind)))

    def next_version(self) -> int:
        return next_version()


def next_version() -> int:
    """Higher than every number taken before, whatever becomes of our transaction."""
    sequence = func.pg_get_serial_sequence(SearchOutbox.__tablename__, "id")
    return int(db.session.execute(select(func.nextval(sequence))).scalar_one())


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the index is behind: lines that wait, those given up, and the age of the oldest in seconds."""

    waiting: int
    given_up: int
    oldest_seconds: float


def lag() -> Lag:
    """One statement; for /sante and the administrator's page."""
    given_up = func.count().filter(SearchOutbox.attempts >= MOST_ATTEMPTS)
    row = db.session.execute(select(func.count(), given_up, func.min(SearchOutbox.changed_at))).one()
    oldest: datetime | None = row[2]
    return Lag(row[0], row[1], max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0)
