"""What is asked of an index: the words, the filters, the order, the page and the facets wanted.

`words` is what the person typed. `search_index.reading.understand` turns it into `clauses` (and into a place, when a
commune is named in it) with the lexicon and the gazetteer; engines look at the clauses alone, so that every engine
answers alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from search_index.documents import Schedule

DEFAULT_RADIUS_KM = 15.0
LARGEST_PAGE = 200


class Sort(StrEnum):
    """Every order ends by the id, so that two pages never share a row."""

    RELEVANCE = "relevance"  # best words, then nearest, then newest
    DISTANCE = "distance"  # needs a place; without one, as relevance
    DATE = "date"  # newest first
    NAME = "name"  # alphabetical: title of an offer, last name of a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A circle on the map. A radius of zero means the commune itself, by its INSEE code."""

    lat: float
    lon: float
    radius_km: float = DEFAULT_RADIUS_KM
    insee: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One token to be present; as a prefix, any token that begins so."""

    token: str
    prefix: bool = False


Alternative = tuple[Term, ...]  # every term must be present


@dataclass(frozen=True, slots=True)
class Group:
    """One thing the person means, said in several ways: it is present when any alternative is."""

    alternatives: tuple[Alternative, ...]


Clause = tuple[Group, ...]  # at least one group must be present; each present group adds to the score


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word that nobody knows, and the one it was read as."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An empty set or None filters nothing. Within a filter any value will do; between filters all must hold.

    `ids` is the exception: an empty set allows nothing. Offers ignore what only people have (`ready`, `referents`…),
    and people ignore what only offers have, so one form can be written for each kind without care for the other.
    """

    words: str = ""
    clauses: tuple[Clause, ...] | None = None  # None: not yet understood; engines then take the words one by one
    place_from_words: bool = True  # False once the person has removed the place read in their words
    place: Place | None = None
    # Both kinds
    trades: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    schedule: frozenset[Schedule] = frozenset()
    licences: frozenset[str] = frozenset()
    ids: frozenset[UUID] | None = None
    # Offers
    kinds: frozenset[str] = frozenset()
    contract_kinds: frozenset[str] = frozenset()
    employer_kinds: frozenset[str] = frozenset()
    without_licence: bool = False
    public: bool | None = None
    open_on: date | None = None  # drop what has expired before this day
    published_since: date | None = None
    # Candidates
    referents: frozenset[UUID] = frozenset()
    ready: bool | None = None
    consenting: bool | None = None
    available_by: date | None = None
    french_min: int | None = None
    # Order, page, facets
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = field(default=())  # names of fields: see `search_index.fields`

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError("pages are numbered from 1")
        if not 0 <= self.size <= LARGEST_PAGE:
            raise ValueError(f"a page holds 0 to {LARGEST_PAGE} results")
        if self.place is not None and self.place.radius_km < 0:
            raise ValueError("a radius cannot be negative")

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size
