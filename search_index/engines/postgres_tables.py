"""The tables of the PostgreSQL engine. Every name begins with `search_index_`: migrations must leave them alone.

For a kind: `search_index_offers_v3` (documents), `…_v3_words` (known words) and `…_v3_codes` (values that facets
count) hold one version of the index; the views `search_index_offers`, `…_words` and `…_codes` show the live one.
Publishing replaces the views in one transaction: a reader needs no look-up and never sees half an index.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Index,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from search_index import analysis
from search_index.documents import Kind
from search_index.fields import FIELDS, Field, Shape

PREFIX = "search_index_"
_EMPTY = text("''")

alias = Table(
    f"{PREFIX}alias",
    MetaData(),
    Column("kind", Text, primary_key=True),
    Column("live", Text),
    Column("building", Text),
    Column("last_number", BigInteger, nullable=False, server_default=text("0")),
    Column("shape", Text),  # of the live index: what `shape_of` said when it was made
)


def live_name(kind: Kind) -> str:
    return f"{PREFIX}{kind.value}"


def _column(field: Field) -> Column[object]:
    match field.shape:
        case Shape.TEXT:
            return Column(field.name, Text, nullable=False, server_default=_EMPTY)
        case Shape.TEXTS:
            return Column(field.name, ARRAY(Text), nullable=False, server_default=text("'{}'"))
        case Shape.FLAG:
            return Column(field.name, Boolean, nullable=False, server_default=text("false"))
        case Shape.NUMBER:
            return Column(field.name, Numeric)
        case Shape.DAY:
            return Column(field.name, Date)


def _columns(kind: Kind) -> list[Column[object]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("digest", Text, nullable=False, server_default=_EMPTY),
        Column("gone", Boolean, nullable=False, server_default=text("false")),  # a deletion, remembered
        Column("words", TSVECTOR, nullable=False, server_default=_EMPTY),
        Column("codes", LargeBinary, nullable=False, server_default=_EMPTY),  # what facets count
        Column("name", Text(collation="C"), nullable=False, server_default=_EMPTY),
        Column("day", Date),
        Column("lat", Double),
        Column("lon", Double),
        Column("x", Double),  # the same point as a unit vector
        Column("y", Double),
        Column("z", Double),
        *(_column(field) for field in FIELDS[kind]),
    ]


@lru_cache(maxsize=32)
def documents_table(kind: Kind, name: str) -> Table:
    """One version of an index; or, under the live name, the view on it."""
    return Table(name, MetaData(), *_columns(kind))


def indexes_of(kind: Kind, name: str) -> list[Index]:
    """Made once the table is full: five times quicker than row by row."""
    table = Table(name, MetaData(), *_columns(kind))
    # No list of pending entries: reads would walk through it, and writes are the drain's, where nobody waits.
    steady = {"fastupdate": "off"}
    indexes = [
        Index(f"{name}_by_words", table.c.words, postgresql_using="gin", postgresql_with=steady),
        Index(f"{name}_by_point", table.c.lat, table.c.lon),
    ]
    for field in FIELDS[kind]:
        if field.indexed:
            using = "gin" if field.shape is Shape.TEXTS else "btree"
            indexes.append(Index(f"{name}_by_{field.name}", table.c[field.name], postgresql_using=using))
    return indexes


@lru_cache(maxsize=32)
def words_table(name: str) -> Table:
    """The words that names and labels of one version hold, to recognise a misspelt one."""
    table = Table(
        f"{name}_words",
        MetaData(),
        Column("plain", Text(collation="C"), primary_key=True),
        Column("stem", Text, nullable=False, index=True),
        Column("shown", Text, nullable=False),
    )
    Index(
        f"{name}_words_like",
        table.c.plain,
        postgresql_using="gin",
        postgresql_ops={"plain": "gin_trgm_ops"},
        _table=table,
    )
    return table


def shape_of(kind: Kind) -> str:
    """Changes whenever a live index made before must be rebuilt."""
    said = repr((analysis.VERSION, [(field.name, field.shape.name) for field in FIELDS[kind]]))
    return blake2b(said.encode(), digest_size=8).hexdigest()
