"""The engine of one département: PostgreSQL, in the portal's own database, in the transaction of the caller.

Needs nothing but the trusted extension pg_trgm. Being in the same database, it is also the simplest thing to run, to
back up and to test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Text, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.functions import FunctionElement

from search_index import analysis, geometry
from search_index.documents import Document, Kind
from search_index.engine import Held, Hits, WordSense, Written
from search_index.engines.postgres_facets import codes_for, counted, meanings_of, packed
from search_index.engines.postgres_indexes import PostgresIndexes, answering
from search_index.engines.postgres_search import HIT, PILE, STAMP, statement_of
from search_index.engines.postgres_tables import documents_table, live_name, words_table
from search_index.engines.postgres_text import vector_of
from search_index.entry import Entry, entry_of
from search_index.fields import facets_of
from search_index.query import Query
from search_index.reading import plain_clauses

_WRITERS = 7_310_206  # advisory
_COUNTED = {"preserve_rowcount": True}  # how many rows an insert took
_MOST_LIKE = 40  # resembling words looked at for each unknown one


class PostgresEngine(PostgresIndexes):
    """Never commits: what it writes becomes true with the transaction of its connection."""

    # Writes

    def write(self, kind: Kind, documents: Sequence[Document], *, index: str | None = None) -> Written:
        newest: dict[UUID, Document] = {}
        for document in documents:
            if document.id not in newest or newest[document.id].version <= document.version:
                newest[document.id] = document
        entries = [entry_of(document) for document in newest.values()]
        if not entries:
            return Written()
        with answering():
            self._alone()
            taken = [self._write_to(kind, name, entries) for name in self._targets(kind, index)]
        return Written(taken[0], len(entries) - taken[0])

    def delete(self, kind: Kind, ids: Sequence[UUID], *, version: int, index: str | None = None) -> int:
        if not ids:
            return 0
        with answering():
            self._alone()
            forgotten = [self._delete_from(kind, name, ids, version) for name in self._targets(kind, index)]
        return forgotten[0]

    def _alone(self) -> None:
        """One writer at a time, until its transaction ends: two would wait for each other's rows in circles."""
        self._connection.execute(select(func.pg_advisory_xact_lock(_WRITERS)))

    def _write_to(self, kind: Kind, name: str, entries: Sequence[Entry]) -> int:
        table = documents_table(kind, name)
        fresh = insert(table)
        updated = {one.name: fresh.excluded[one.name] for one in table.c if one.name != "id"}
        statement = fresh.on_conflict_do_update(
            index_elements=[table.c.id], set_=updated, where=table.c.version <= fresh.excluded.version
        )
        meanings = {entry.id: meanings_of(kind, entry) for entry in entries}
        codes = codes_for(self._connection, name, (one for each in meanings.values() for one in each))
        rows = [_row(entry, packed(codes[one] for one in meanings[entry.id])) for entry in entries]
        taken = self._connection.execute(statement, rows, execution_options=_COUNTED).rowcount
        self._learn(words_table(name), entries)
        return int(taken)

    def _learn(self, table: Table, entries: Sequence[Entry]) -> None:
        words = {plain: shown for entry in entries for plain, shown in entry.words.items()}
        if not words:
            return
        plains = sorted(words)
        given = _side_by_side(plains, [analysis.stem(plain) for plain in plains], [words[plain] for plain in plains])
        rows = select(given.table_valued("plain", "stem", "shown").render_derived())
        self._connection.execute(insert(table).from_select(["plain", "stem", "shown"], rows).on_conflict_do_nothing())

    def _delete_from(self, kind: Kind, name: str, ids: Sequence[UUID], version: int) -> int:
        table = documents_table(kind, name)
        fresh = insert(table)
        blank = {one.name: fresh.excluded[one.name] for one in table.c if one.name not in ("id", "digest")}
        statement = fresh.on_conflict_do_update(
            index_elements=[table.c.id], set_=blank, where=table.c.version <= fresh.excluded.version
        )
        rows = [{"id": one, "version": version, "gone": True} for one in dict.fromkeys(ids)]
        return int(self._connection.execute(statement, rows, execution_options=_COUNTED).rowcount)

    # Reads

    def search(self, kind: Kind, query: Query) -> Hits:
        clauses = plain_clauses(query.words) if query.clauses is None else query.clauses
        facets = facets_of(kind, query)
        ids: list[tuple[int, UUID]] = []
        sizes: dict[int, int] = {}
        piles: dict[int, bytes] = {}
        stamp = ""
        with answering():
            for part, value, number, codes in self._connection.execute(statement_of(kind, query, clauses)):
                if part == HIT:
                    ids.append((number, UUID(value)))
                elif part == PILE:
                    sizes[int(value)] = number
                    piles[int(value)] = codes or b""
                elif part == STAMP:
                    stamp = value
            counts = counted(self._connection, kind, stamp, facets, piles) if facets else {}
        return Hits(tuple(found for _, found in sorted(ids)), sizes.get(0, 0), counts)

    def senses(self, kind: Kind, words: Sequence[str]) -> Mapping[str, WordSense]:
        plains = list(dict.fromkeys(words))
        known = words_table(live_name(kind))
        given = _side_by_side(plains, [analysis.stem(plain) for plain in plains])
        typed = given.table_valued(column("plain", Text), column("stem", Text), name="typed").render_derived()
        is_known = select(known.c.plain).where(known.c.stem == typed.c.stem)
        next_word = typed.c.plain + func.chr(0x10FFFF)
        begins = select(known.c.plain).where(known.c.plain.between(typed.c.plain, next_word))
        like = (
            select(known.c.shown)
            .where(known.c.plain.op("%")(typed.c.plain))
            .order_by(func.similarity(known.c.plain, typed.c.plain).desc(), known.c.plain)
            .limit(_MOST_LIKE)
        )
        query = select(typed.c.plain, begins.exists(), func.array(like.scalar_subquery())).where(~is_known.exists())
        with answering():
            rows = self._connection.execute(query).all()
        return {plain: WordSense(begins, tuple(like)) for plain, begins, like in rows}

    def count(self, kind: Kind, *, index: str | None = None) -> int:
        table = documents_table(kind, index or live_name(kind))
        with answering():
            return self._connection.execute(select(func.count()).select_from(table).where(~table.c.gone)).scalar_one()

    def versions(
        self, kind: Kind, *, after: UUID | None = None, limit: int = 1000, index: str | None = None
    ) -> Sequence[Held]:
        table = documents_table(kind, index or live_name(kind))
        query = select(table.c.id, table.c.version, table.c.digest).where(~table.c.gone)
        if after is not None:
            query = query.where(table.c.id > after)
        with answering():
            rows = self._connection.execute(query.order_by(table.c.id).limit(limit)).all()
        return [Held(row.id, row.version, row.digest) for row in rows]

    def held(self, kind: Kind, ids: Sequence[UUID]) -> Sequence[Held]:
        table = documents_table(kind, live_name(kind))
        query = select(table.c.id, table.c.version, table.c.digest).where(table.c.id == func.any(list(ids)))
        with answering():
            rows = self._connection.execute(query.order_by(table.c.id)).all()
        return [Held(row.id, row.version, row.digest) for row in rows]


def _side_by_side(*columns: list[str]) -> FunctionElement[Any]:
    return func.unnest(*(bindparam(None, values, ARRAY(Text)) for values in columns))


def _row(entry: Entry, codes: bytes) -> dict[str, Any]:
    placed = entry.lat is not None and entry.lon is not None
    x, y, z = geometry.vector(entry.lat, entry.lon) if placed else (None, None, None)  # type: ignore[arg-type]
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in entry.values.items()}
    return {
        "id": entry.id,
        "version": entry.version,
        "digest": entry.digest,
        "gone": False,
        "words": vector_of(entry.tokens),
        "codes": codes,
        "name": entry.name,
        "day": entry.day,
        "lat": entry.lat if placed else None,
        "lon": entry.lon if placed else None,
        "x": x,
        "y": y,
        "z": z,
        **values,
    }
