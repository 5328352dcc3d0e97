"""Write many rows of a reference table at once, touching only those that differ and that nobody has edited."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from sqlalchemy import Table, and_, literal_column, or_
from sqlalchemy.dialects.postgresql import insert

from app.core.db import Base, db

Row = Mapping[str, Any]
BATCH = 1000


def upsert(model: type[Base], rows: Iterable[Row], *, keep_edited: bool = False) -> tuple[int, int]:
    """(how many added, how many changed). A row found as it should be is not written.

    ``keep_edited`` leaves alone the rows whose ``edited_at`` is set: the département's word is the last.
    """
    added = changed = 0
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        new, other = _write(model, batch, keep_edited)
        added, changed = added + new, changed + other
    return added, changed


def _write(model: type[Base], batch: Sequence[Row], keep_edited: bool) -> tuple[int, int]:
    table = cast(Table, model.__table__)
    statement = insert(table).values(list(batch))
    keys = {column.name for column in table.primary_key}
    values: dict[str, Any] = {name: statement.excluded[name] for name in batch[0] if name not in keys}
    if not values:
        statement = statement.on_conflict_do_nothing()
        return len(db.session.scalars(statement.returning(*table.primary_key)).all()), 0
    differs = or_(*(table.c[name].is_distinct_from(value) for name, value in values.items()))
    if keep_edited:
        differs = and_(table.c.edited_at.is_(None), differs)
    if "version" in table.c:
        values["version"] = table.c.version + 1
    statement = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values, where=differs)
    inserted: Sequence[bool] = db.session.scalars(statement.returning(literal_column("(xmax = 0)"))).all()
    return sum(map(bool, inserted)), sum(not one for one in inserted)
