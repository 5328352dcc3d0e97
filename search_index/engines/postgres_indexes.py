"""The life of an index in PostgreSQL: made, filled beside the live one, published in one step, dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.schema import CreateTable, DropTable

from search_index.documents import Kind
from search_index.engine import EngineFailure
from search_index.engines.postgres_facets import codes_table, make_codes
from search_index.engines.postgres_tables import alias, documents_table, indexes_of, live_name, shape_of, words_table

_LOCK = 7_310_204  # advisory, for two processes that would prepare at once


@contextmanager
def answering() -> Iterator[None]:
    """A failure of the database is a failure of the engine: pages then do without it.

    Only the kind of failure is said: the message would repeat what was searched, or the names of people.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        raise EngineFailure(type(getattr(error, "orig", None) or error).__name__) from error


class PostgresIndexes:
    """The part of the engine that makes and names indexes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        with answering():
            self._connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            self._connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            self._connection.execute(CreateTable(alias, if_not_exists=True))
            for kind in Kind:
                row = insert(alias).values(kind=kind.value).on_conflict_do_nothing()
                self._connection.execute(row)
                if self._names(kind).live is None:
                    self.publish(kind, self.create(kind))

    def outdated(self) -> Sequence[Kind]:
        with answering():
            shapes = {row.kind: row.shape for row in self._connection.execute(select(alias))}
        return [kind for kind in Kind if shapes.get(kind.value) != shape_of(kind)]

    def create(self, kind: Kind) -> str:
        with answering():
            names = self._names(kind, lock=True)
            if names.building:
                self._remove(kind, names.building)
            name = f"{live_name(kind)}_v{names.last_number + 1}"
            documents_table(kind, name).create(self._connection)
            words_table(name).create(self._connection)
            make_codes(self._connection, name)
            self._rename(kind, building=name, last_number=names.last_number + 1)
        return name

    def publish(self, kind: Kind, index: str) -> str | None:
        with answering():
            names = self._names(kind, lock=True)
            if index != names.building:
                raise EngineFailure(f"{index} is not being built")
            for made in indexes_of(kind, index):
                made.create(self._connection)
            self._connection.execute(text(f'ANALYZE "{index}", "{index}_words"'))
            self._show(f"{live_name(kind)}_words", select(words_table(index)))
            self._show(f"{live_name(kind)}_codes", select(codes_table(index)))
            documents = documents_table(kind, index)
            self._show(live_name(kind), select(documents).where(~documents.c.gone))
            self._rename(kind, live=index, building=None, shape=shape_of(kind))
        return str(names.live) if names.live else None

    def drop(self, kind: Kind, index: str) -> None:
        with answering():
            names = self._names(kind, lock=True)
            if index == names.live:
                raise EngineFailure(f"{index} is live")
            self._remove(kind, index)
            if index == names.building:
                self._rename(kind, building=None)

    def _names(self, kind: Kind, *, lock: bool = False) -> Any:
        query = select(alias).where(alias.c.kind == kind.value)
        row = self._connection.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None:
            raise EngineFailure(f"nothing was prepared for {kind}")
        return row

    def _rename(self, kind: Kind, **names: Any) -> None:
        self._connection.execute(update(alias).where(alias.c.kind == kind.value).values(**names))

    def _remove(self, kind: Kind, index: str) -> None:
        for table in (documents_table(kind, index), words_table(index), codes_table(index)):
            self._connection.execute(DropTable(table, if_exists=True))

    def _show(self, view: str, content: Any) -> None:
        quoted = self._connection.dialect.identifier_preparer.quote(view)
        body = content.compile(self._connection, compile_kwargs={"literal_binds": True})
        self._connection.exec_driver_sql(f"DROP VIEW IF EXISTS {quoted}")
        self._connection.exec_driver_sql(f"CREATE VIEW {quoted} AS {body}")

    def _targets(self, kind: Kind, index: str | None) -> list[str]:
        """Where a write goes: the live index first, since its figures are the ones reported."""
        if index is not None:
            return [index]
        names = self._names(kind)
        return [name for name in (names.live, names.building) if name]
