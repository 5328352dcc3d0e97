"""The public search: what was asked becomes a query of the index, its ids become lines read again from the tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core import clock
from app.core.paging import PAGE_SIZE, Page
from app.offers.queries.public import Line, lines_by_id, newest
from app.offers.rules.search import HOUR_BANDS, Asked
from app.reference.queries import find_commune, suggest_communes
from app.search import service as index
from search_index.documents import Kind, Schedule
from search_index.engine import EngineFailure, Results
from search_index.query import Correction, Place, Query, Sort

NEAR_PLACES = 3
# Jobs are offered once a family is chosen: there are too many before.
FACETS = ("contract_kind", "schedule", "family", "kind", "licence_required")
_SORTS = {"pertinence": Sort.RELEVANCE, "distance": Sort.DISTANCE, "date": Sort.DATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of open offers, and how the search was understood."""

    page: Page[Line]
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    place: Place | None = None
    place_in_words: bool = False
    words_without_place: str = ""
    unknown_place: bool = False
    near_places: Sequence[str] = ()
    """Communes that the unknown place may be."""
    corrections: Sequence[Correction] = ()
    relaxed: bool = False
    degraded: bool = False
    """The index does not answer: a plain list, the newest first."""


def search(asked: Asked) -> Found:
    """Never raises: without an index, a plain list and the page says so."""
    place = _place(asked)
    query = _query(asked, place)
    try:
        results = index.find(Kind.OFFERS, query)
        last = max(1, -(-results.total // PAGE_SIZE))
        if query.page > last:
            results = index.find(Kind.OFFERS, replace(query, page=last))
    except EngineFailure:
        found = _without_index(asked, place)
    else:
        found = _found(results, asked)
    if asked.place and place is None:
        near = [commune.name for commune in suggest_communes(asked.place, NEAR_PLACES)]
        return replace(found, unknown_place=True, near_places=near)
    return found


def _place(asked: Asked) -> Place | None:
    """The commune typed in the field of places: known by heart, else looked up as in the forms."""
    if not asked.place:
        return None
    _, gazetteer = index.vocabulary()
    town = gazetteer.named(asked.place) or find_commune(asked.place)
    if town is None:
        return None
    return Place(lat=town.lat, lon=town.lon, radius_km=float(asked.radius), insee=town.insee, name=town.name)


def _query(asked: Asked, place: Place | None) -> Query:
    low, high = HOUR_BANDS.get(asked.hours, (None, None))
    return Query(
        words=asked.words,
        place=place,
        place_from_words=not asked.everywhere,
        hours_min=low,
        hours_max=high,
        schedule=frozenset(Schedule(moment) for moment in asked.moments),
        families=frozenset(asked.families),
        trades=frozenset(asked.trades),
        kinds=frozenset(asked.kinds),
        contract_kinds=frozenset(asked.employments),
        without_licence=asked.without_licence,
        public=True,
        open_on=clock.today(),
        sort=_SORTS[asked.sort],
        page=asked.page,
        size=PAGE_SIZE,
        facets=(*FACETS, "trade") if asked.families or asked.trades else FACETS,
    )


def _found(results: Results, asked: Asked) -> Found:
    number = min(asked.page, max(1, -(-results.total // PAGE_SIZE)))
    return Found(
        page=Page(lines_by_id(results.ids), number, PAGE_SIZE, results.total),
        facets={name: [(one.value, one.count) for one in counts] for name, counts in results.facets.items()},
        place=results.query.place,
        place_in_words=results.place is not None,
        words_without_place=results.words_without_place,
        corrections=results.corrections,
        relaxed=results.relaxed,
    )


def _without_index(asked: Asked, place: Place | None) -> Found:
    commune = place.insee if place else ""
    page = newest(words=asked.words, commune=commune, employments=asked.employments, kinds=asked.kinds, page=asked.page)
    return Found(page=page, place=place, degraded=True)
