"""What anybody reads without an account: the list with its search, one offer, and the page of one that is gone."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound
from app.core.policy import current_actor, public
from app.core.roles import Role
from app.offers import queries
from app.offers.forms import SearchForm, asked
from app.offers.labels import EMPLOYMENTS, HOURS, KINDS, MOMENTS, SORT_WORDS, at, employment_words, of, pay_words
from app.offers.queries import Line
from app.offers.queries.search import Found, search
from app.offers.rules import EmploymentKind, OfferKind
from app.offers.rules.saved import kept_query
from app.offers.rules.search import HOUR_BANDS, SEARCH_SORTS, Asked
from app.offers.views.blueprint import blueprint
from app.offers.views.job_posting import job_posting
from app.offers.views.shown import offer_facts
from app.reference.rules import distance_km

SHOWN: Final = 10
FacetItem = tuple[str, int | None, str, bool]


@blueprint.get("/offres")
@public
def public_list() -> ResponseReturnValue:
    """Open offers: the newest, or what a search finds."""
    wanted = asked(request.args)
    found = search(wanted)
    return render_template(
        "offers/public_list.html",
        asked=wanted,
        found=found,
        bar=SearchForm(request.args),
        lines=[_shown(line, found) for line in found.page],
        facets=_facets(wanted, found),
        sorts=_sorts(wanted, found),
        around=of(found.place.name) if found.place else "",
        sought=kept_query(request.query_string.decode(errors="replace")),
    )


@blueprint.get("/offres/<uuid:offer_id>")
@public
def public_offer(offer_id: UUID) -> ResponseReturnValue:
    """An open offer; 410 with near openings once it is not open any more, 404 for what never was."""
    try:
        offer = queries.the_public_offer(offer_id)
    except NotFound:
        gone = queries.once_public(offer_id)
        if gone is None:
            raise
        near = [_shown(line, None) for line in queries.near_openings(gone)]
        return render_template("offers/gone.html", offer=gone, where=at(gone.commune.name), lines=near), 410
    actor, facts = current_actor(), offer_facts(offer, clock.today())
    base: str = current_app.extensions["settings"].base_url
    address = f"{base}{request.path}"
    return render_template(
        "offers/public_offer.html",
        offer=offer,
        address=address,
        posting=None if offer.is_placement else job_posting(offer, facts["asks"], address),
        may_apply=actor is None or actor.role is Role.CANDIDATE,
        **facts,
    )


def _shown(line: Line, found: Found | None) -> dict[str, Any]:
    """A line with its words, and its distance when a place was asked."""
    away = None
    if found is not None and found.place is not None:
        away = round(distance_km(found.place.lat, found.place.lon, line.lat, line.lon))
    return {
        "line": line,
        "employment": employment_words(line),
        "placement": line.kind is OfferKind.PLACEMENT,
        "pay": pay_words(line.pay_min, line.pay_max, line.pay_period),
        "at": at(line.commune),
        "km": away,
    }


def _sorts(wanted: Asked, found: Found) -> list[tuple[str, str, bool]]:
    """(label, address, current); by distance only when there is a place to be far from."""
    usable = [sort for sort in SEARCH_SORTS if sort != "distance" or found.place is not None]
    return [(SORT_WORDS[sort], _address(tri=sort), sort == wanted.sort) for sort in usable]


def _facets(wanted: Asked, found: Found) -> list[tuple[str, list[FacetItem]]]:
    """(title, [(label, count, address, chosen)]) of every filter that has something to offer."""
    if found.degraded:
        return []
    families, trades = (found.facets.get(name, ()) for name in ("family", "trade"))
    names = queries.family_names()
    jobs = queries.trade_names([slug for slug, _ in trades]) if trades else {}
    without = next((count for value, count in found.facets.get("licence_required", ()) if value == "false"), 0)
    groups = [
        ("Famille de métiers", _items("famille", wanted.families, _first(families, wanted.families), names)),
        ("Métier", _items("metier", wanted.trades, _first(trades, wanted.trades), jobs)),
        ("Contrat", _items("contrat", wanted.employments, found.facets.get("contract_kind", ()), _EMPLOYMENTS)),
        ("Durée", [_one("heures", band, HOURS[band], None, wanted.hours == band) for band in HOUR_BANDS]),
        ("Horaires", _items("horaires", wanted.moments, found.facets.get("schedule", ()), _MOMENTS)),
        ("Permis", [_one("permis", "sans", "Sans permis", without, wanted.without_licence)]),
        ("Type", _items("type", wanted.kinds, found.facets.get("kind", ()), _KINDS)),
    ]
    return [(title, items) for title, items in groups if items]


def _first(counts: Sequence[tuple[str, int]], chosen: Sequence[str]) -> Sequence[tuple[str, int]]:
    """The most frequent values, and those already chosen."""
    return [*counts[:SHOWN], *(one for one in counts[SHOWN:] if one[0] in chosen)]


_EMPLOYMENTS: Final = {kind.value: EMPLOYMENTS[kind] for kind in EmploymentKind}
_KINDS: Final = {kind.value: KINDS[kind] for kind in OfferKind}
_MOMENTS: Final = {moment.value: words for moment, words in MOMENTS.items()}


def _items(name: str, chosen: Sequence[str], counts: Sequence[tuple[str, int]], words: Any) -> list[FacetItem]:
    """A filter of several values: each address adds the value, or takes it away."""
    items: list[FacetItem] = []
    for value, count in counts:
        if not value:
            continue  # a stage has no employment
        left = [one for one in chosen if one != value]
        address = _address(**{name: left if value in chosen else [*chosen, value]})
        items.append((words.get(value, value), count, address, value in chosen))
    return items


def _one(name: str, value: str, words: str, count: int | None, chosen: bool) -> FacetItem:
    """A filter of one value."""
    return words, count, _address(**{name: None if chosen else value}), chosen


def _address(**changes: Any) -> str:
    """This page's address with some parameters changed, back on its first page."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in changes and key != "page"]
    for key, value in changes.items():
        values = value if isinstance(value, list) else [] if value is None else [value]
        kept += [(key, one) for one in values]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
