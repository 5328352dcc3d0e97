"""The one place where a change becomes a line of the outbox: whatever flushes a watched row also notes its documents.

Nobody has to think of the index. A statement that changes many rows at once through the session is seen too. What goes
around the session (COPY, Core statements, a bulk insert) calls ``note``, or is followed by a rebuild.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, event, func, insert, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.core import clock
from app.core.db import db
from app.search.models import SearchOutbox
from app.search.service import registry
from search_index.documents import Kind

CHANNEL = "portal_search"
Noted = set[tuple[Kind, UUID]]


def note(kind: Kind, ids: Iterable[UUID]) -> None:
    """These documents may have changed; becomes true with the transaction of the session."""
    _write(db.session(), {(kind, one) for one in ids})


def _documents_of(row: Any) -> Noted:
    found: Noted = set()
    for model in type(row).__mro__:
        for kind, ids_of in registry.watched.get(model, {}).items():
            found.update((kind, one) for one in ids_of(row) if one is not None)
    return found


def _is_watched(model: type) -> bool:
    return any(parent in registry.watched for parent in model.__mro__)


def _write(session: Session, noted: Noted) -> None:
    """One statement: the lines, and a word to whoever drains, heard when the transaction commits."""
    if not noted:
        return
    lines = sorted(noted)
    kinds = bindparam(None, [kind.value for kind, _ in lines], ARRAY(Text))
    ids = bindparam(None, [one for _, one in lines], ARRAY(Uuid))
    each = func.unnest(kinds, ids).table_valued("kind", "object_id").render_derived()
    rows = select(each.c.kind, each.c.object_id, bindparam(None, clock.now()), bindparam(None, 0))
    columns = ["kind", "object_id", "changed_at", "attempts"]
    written = insert(SearchOutbox).from_select(columns, rows, include_defaults=False).returning(SearchOutbox.id)
    session.connection().execute(select(func.pg_notify(CHANNEL, "")).add_cte(written.cte("written")))


@event.listens_for(Session, "after_flush")
def _note_changes(session: Session, context: UOWTransaction) -> None:
    """The state is still that of before the flush, so what was new, changed or deleted is known."""
    noted: Noted = set()
    for row in (*session.new, *session.deleted):
        noted |= _documents_of(row)
    for row in session.dirty:
        if session.is_modified(row):
            noted |= _documents_of(row)
    _write(session, noted)


@event.listens_for(Session, "do_orm_execute")
def _note_many(state: ORMExecuteState) -> None:
    """UPDATE and DELETE of a watched table: what they are about to touch is noted before."""
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    model = state.bind_mapper.class_
    if not _is_watched(model):
        return
    touched = select(model)
    if isinstance(state.parameters, list):  # rows given one by one, with their ids
        touched = touched.where(model.id.in_([row["id"] for row in state.parameters]))
    else:
        condition = getattr(state.statement, "whereclause", None)
        touched = touched if condition is None else touched.where(condition)
    noted: Noted = set()
    for row in state.session.scalars(touched.execution_options(yield_per=500)):
        noted |= _documents_of(row)
    _write(state.session, noted)
