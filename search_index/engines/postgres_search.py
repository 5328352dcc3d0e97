"""The one statement of a search: matches, page, total and what the facets are counted from, over the live view."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Double,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql.expression import CTE, FromClause
from sqlalchemy.types import TypeEngine

from search_index import geometry
from search_index.documents import Kind
from search_index.engines.postgres_facets import stamp_part
from search_index.engines.postgres_tables import documents_table, live_name
from search_index.engines.postgres_text import LEVELS, query_of, query_of_group
from search_index.fields import Among, Between, Field, Filter, Is, OneOf, Shape, Within, facets_of, field_of, filters_of
from search_index.query import Clause, Group, Place, Query, Sort

HIT, PILE, STAMP = 0, 1, 2
Condition = ColumnElement[bool]


@lru_cache(maxsize=128)
def statement_of(kind: Kind, query: Query, clauses: tuple[Clause, ...]) -> CompoundSelect[Any]:
    """Rows (part, value, number, codes).

    HIT: an id and its rank. PILE: its number and how many documents, with their codes when facets are asked; pile 0
    holds the results. STAMP: which index this is.
    """
    facets = facets_of(kind, query)
    found, loose = _found(kind, query, clauses, facets)
    pile = found.c.pile if loose else literal_column("0", Integer)
    rows = select(found.c.id).order_by(*_order(query, found))
    rows = rows.limit(_written(query.size, Integer())).offset(_written(query.offset, Integer()))
    page = (rows.where(found.c.pile == 0) if loose else rows).subquery("page")
    codes = func.string_agg(found.c.codes, literal_column("''::bytea")) if facets else null()
    piles = select(literal_column(str(PILE)), cast(pile, Text), func.count(), codes).select_from(found)
    parts: list[Any] = [
        select(literal_column(str(HIT)).label("part"), cast(page.c.id, Text), func.row_number().over(), null()),
        piles.group_by(found.c.pile) if loose else piles,
    ]
    if facets:
        parts.append(select(literal_column(str(STAMP)), stamp_part(kind), null(), null()))
    return union_all(*parts)


def _written(value: Any, kind: TypeEngine[Any]) -> BindParameter[Any]:
    """A value of our own making, written into the statement: PostgreSQL prepares what it sees often, and a plan made
    without knowing the value reads the whole table. What a person chose stays a parameter."""
    return bindparam(None, value, kind, literal_execute=True)


# What is found


def _found(kind: Kind, query: Query, clauses: tuple[Clause, ...], facets: Sequence[Field]) -> tuple[CTE, bool]:
    """The matches; and, in the pile of its facet, what only the filter on that facet keeps away."""
    table = documents_table(kind, live_name(kind))
    counted = {field.name for field in facets}
    strict: list[Condition] = [_words(table, clauses)] if clauses else []
    own: dict[str, list[Condition]] = {}
    for one in filters_of(kind, query):
        if isinstance(one, OneOf | Is | Between) and one.own_facet and one.field in counted:
            own.setdefault(one.field, []).append(_condition(kind, table, one))
        else:
            strict.append(_condition(kind, table, one))
    numbers = {field.name: number for number, field in enumerate(facets, 1)}
    misses = [(not_(func.coalesce(and_(*own[name]), false())), numbers[name]) for name in own]
    columns: list[ColumnElement[Any]] = [table.c.id, table.c.day, table.c.name]
    if facets:
        columns.append(table.c.codes)
    columns.append(_score(table, clauses).label("score"))
    columns.append(_metres(table, query.place).label("metres"))
    if misses:
        columns.append(case(*misses, else_=0).label("pile"))
    if len(misses) > 1:
        strict.append(reduce(add, (cast(miss, Integer) for miss, _ in misses)) <= 1)
    # Without words nothing costly is computed, and reading the table twice is quicker than copying what it holds.
    cheap = not clauses and query.place is None and not misses
    copy = "NOT MATERIALIZED" if cheap else "MATERIALIZED"
    return select(*columns).where(*strict).cte("found").prefix_with(copy), bool(misses)


def _words(table: FromClause, clauses: tuple[Clause, ...]) -> Condition:
    return _match(table, query_of(clauses))


def _match(table: FromClause, text: str) -> Condition:
    return table.c.words.op("@@", is_comparison=True)(cast(_written(text, Text()), TSQUERY))


def _score(table: FromClause, clauses: tuple[Clause, ...]) -> ColumnElement[int]:
    """For each group the weight of the best place where it is said; the last level goes without saying if alone."""
    levels = [_level(table, group, sure=len(clause) == 1) for clause in clauses for group in clause]
    if not levels:
        return literal_column("0", Integer)
    return reduce(add, levels)


def _level(table: FromClause, group: Group, *, sure: bool) -> ColumnElement[int]:
    levels = LEVELS[:-1] if sure else LEVELS
    rest = int(LEVELS[-1][0]) if sure else 0
    return case(*((_match(table, query_of_group(group, weights)), int(score)) for score, weights in levels), else_=rest)


def _chord2(table: FromClause, place: Place) -> ColumnElement[float]:
    x, y, z = (_written(value, Double()) for value in geometry.vector(place.lat, place.lon))
    return (table.c.x - x) * (table.c.x - x) + (table.c.y - y) * (table.c.y - y) + (table.c.z - z) * (table.c.z - z)


def _metres(table: FromClause, place: Place | None) -> ColumnElement[Any]:
    if place is None:
        return literal_column("0", Integer)
    half = func.sqrt(_chord2(table, place)) / 2
    return func.round(_written(2 * geometry.EARTH_M, Double()) * func.asin(func.least(_written(1.0, Double()), half)))


def _condition(kind: Kind, table: FromClause, one: Filter) -> Condition:
    match one:
        case OneOf(name, values):
            wanted = bindparam(None, sorted(values), ARRAY(Text))
            if field_of(kind, name).shape is Shape.TEXTS:
                return table.c[name].op("&&", is_comparison=True)(wanted)
            return table.c[name] == func.any(wanted)
        case Is(name, value):
            return table.c[name] if value else not_(table.c[name])
        case Between(name, low, high, missing):
            column = table.c[name]
            bounds = [column >= _written(low, column.type)] if low is not None else []
            bounds += [column <= _written(high, column.type)] if high is not None else []
            return or_(column.is_(None), and_(*bounds)) if missing else and_(*bounds)
        case Within(place):
            south, north, west, east = (
                _written(edge, Double()) for edge in geometry.box(place.lat, place.lon, place.radius_km)
            )
            return and_(
                table.c.lat.between(south, north),
                table.c.lon.between(west, east),
                _chord2(table, place) <= _written(geometry.chord2_of(place.radius_km), Double()),
            )
        case Among(ids):
            return table.c.id == func.any(bindparam(None, sorted(ids), ARRAY(Uuid)))


# Order


def _order(query: Query, found: FromClause) -> list[ColumnElement[Any]]:
    score, day = found.c.score.desc(), found.c.day.desc().nulls_last()
    metres = [found.c.metres.asc().nulls_last()] if query.place else []
    match query.sort:
        case Sort.DISTANCE:
            keys = [*metres, score, day] if metres else [score, day]
        case Sort.DATE:
            keys = [day, score, *metres]
        case Sort.NAME:
            keys = [found.c.name.asc(), day]
        case _:
            keys = [score, *metres, day]
    return [*keys, found.c.id.asc()]
