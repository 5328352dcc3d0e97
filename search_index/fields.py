"""Which fields an index has, and which filters a query sets on them: the one place where a query meets a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from uuid import UUID

from search_index.documents import Kind
from search_index.query import Place, Query


class Shape(Enum):
    """How a field is stored and compared."""

    TEXT = auto()
    TEXTS = auto()  # several values at once
    NUMBER = auto()
    FLAG = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a document. A facet is counted by value; an indexed field is worth an index of its own."""

    name: str
    shape: Shape
    facet: bool = False
    indexed: bool = False


def _facet(name: str, shape: Shape = Shape.TEXT, *, indexed: bool = False) -> Field:
    return Field(name, shape, facet=True, indexed=indexed)


FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.OFFERS: (
        _facet("trade", indexed=True),
        _facet("family"),
        _facet("commune", indexed=True),
        _facet("territory"),
        _facet("kind"),
        _facet("contract_kind"),
        _facet("employer_kind"),
        _facet("schedule", Shape.TEXTS),
        _facet("licence", Shape.TEXTS),
        _facet("licence_required", Shape.FLAG),
        Field("public", Shape.FLAG),
        Field("hours_week", Shape.NUMBER),
        Field("published_on", Shape.DAY, indexed=True),
        Field("expires_on", Shape.DAY),
    ),
    Kind.CANDIDATES: (
        _facet("trade", Shape.TEXTS, indexed=True),
        _facet("family", Shape.TEXTS),
        _facet("commune", indexed=True),
        _facet("territory"),
        _facet("referent", indexed=True),
        _facet("ready", Shape.FLAG),
        _facet("consenting", Shape.FLAG),
        _facet("schedule", Shape.TEXTS),
        _facet("licence", Shape.TEXTS),
        _facet("french", Shape.NUMBER),
        Field("available_from", Shape.DAY),
        Field("hours_week", Shape.NUMBER),
    ),
}


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field, or one of its values, is among these."""

    field: str
    values: frozenset[str]
    own_facet: bool = True  # the facet of this field is counted as if the filter were not set


@dataclass(frozen=True, slots=True)
class Is:
    """The flag has this value."""

    field: str
    value: bool
    own_facet: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    """Both ends included; `missing` says whether a document without the value passes."""

    field: str
    low: int | Decimal | date | None
    high: int | Decimal | date | None
    missing: bool = False
    own_facet: bool = True


@dataclass(frozen=True, slots=True)
class Within:
    """Inside the circle; a document without a point is outside."""

    place: Place


@dataclass(frozen=True, slots=True)
class Among:
    """Only these ids."""

    ids: frozenset[UUID]


Filter = OneOf | Is | Between | Within | Among


def field_of(kind: Kind, name: str) -> Field:
    return next(field for field in FIELDS[kind] if field.name == name)


def facets_of(kind: Kind, query: Query) -> tuple[Field, ...]:
    """The facets asked, in order; an unknown one is a defect of the caller."""
    known = {field.name: field for field in FIELDS[kind] if field.facet}
    missing = [name for name in query.facets if name not in known]
    if missing:
        raise ValueError(f"{kind} has no facet {', '.join(missing)}")
    return tuple(known[name] for name in dict.fromkeys(query.facets))


def filters_of(kind: Kind, query: Query) -> tuple[Filter, ...]:
    """Every filter that the query sets on this kind."""
    own = _offer_filters(query) if kind is Kind.OFFERS else _candidate_filters(query)
    return (*_common_filters(query), *own)


def _among(field: str, values: Iterable[object]) -> list[Filter]:
    """A value with a NUL byte is no value of ours; PostgreSQL would not even hear it."""
    found = frozenset(str(value) for value in values)
    return [OneOf(field, frozenset(value for value in found if "\0" not in value))] if found else []


def _flag(field: str, value: bool | None) -> list[Filter]:
    return [] if value is None else [Is(field, value)]


def _common_filters(query: Query) -> list[Filter]:
    filters = [
        *_among("trade", query.trades),
        *_among("family", query.families),
        *_among("commune", query.communes),
        *_among("territory", query.territories),
        *_among("schedule", query.schedule),
        *_among("licence", query.licences),
    ]
    if query.hours_min is not None or query.hours_max is not None:
        filters.append(Between("hours_week", query.hours_min, query.hours_max))
    if query.place is not None:
        if query.place.radius_km > 0:
            filters.append(Within(query.place))
        else:
            filters.append(OneOf("commune", frozenset((query.place.insee,)), own_facet=False))
    if query.ids is not None:
        filters.append(Among(query.ids))
    return filters


def _offer_filters(query: Query) -> list[Filter]:
    filters = [
        *_among("kind", query.kinds),
        *_among("contract_kind", query.contract_kinds),
        *_among("employer_kind", query.employer_kinds),
        *_flag("licence_required", False if query.without_licence else None),
        *_flag("public", query.public),
    ]
    if query.open_on is not None:
        filters.append(Between("expires_on", query.open_on, None, missing=True))
    if query.published_since is not None:
        filters.append(Between("published_on", query.published_since, None))
    return filters


def _candidate_filters(query: Query) -> list[Filter]:
    filters = [
        *_among("referent", query.referents),
        *_flag("ready", query.ready),
        *_flag("consenting", query.consenting),
    ]
    if query.available_by is not None:
        filters.append(Between("available_from", None, query.available_by, missing=True))
    if query.french_min is not None:
        filters.append(Between("french", query.french_min, None))
    return filters
