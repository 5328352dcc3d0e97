"""What somebody asks of the public search: the address as it is typed, read without ever complaining."""

from typing import Final

from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.core.fields import SelectField, TextField, clean_text
from app.core.grid import Preset
from app.core.paging import page_number
from app.offers.rules import EmploymentKind, OfferKind
from app.offers.rules.search import DEFAULT_RADIUS, HOUR_BANDS, RADII, SEARCH_SORTS, Asked

WORDS_MOST: Final = 150


class SearchForm(Form):
    """The bar above the list: words, place, distance."""

    mots = TextField("Métier ou mot", render_kw={"type": "search", "maxlength": WORDS_MOST, "autocomplete": "off"})
    lieu = TextField("Commune ou code postal", render_kw={"maxlength": 80, "autocomplete": "off"})
    distance = SelectField(
        "Distance", choices=[(str(km), f"{km}\u00a0km") for km in RADII], default=str(DEFAULT_RADIUS)
    )


def asked(args: MultiDict[str, str]) -> Asked:
    """Read the address; values that the portal does not know are dropped."""
    distance = args.get("distance", "")
    hours, sort = args.get("heures", ""), args.get("tri", "")
    return Asked(
        words=clean_text(args.get("mots", "")[:WORDS_MOST]),
        place=clean_text(args.get("lieu", "")[:80]),
        radius=int(distance) if distance in {str(km) for km in RADII} else DEFAULT_RADIUS,
        employments=_known(args, "contrat", set(EmploymentKind)),
        hours=hours if hours in HOUR_BANDS else "",
        moments=_known(args, "horaires", set(Preset)),
        families=_slugs(args, "famille"),
        trades=_slugs(args, "metier"),
        kinds=_known(args, "type", set(OfferKind)),
        without_licence=args.get("permis") == "sans",
        everywhere=args.get("partout") == "1",
        sort=sort if sort in SEARCH_SORTS else "pertinence",
        page=page_number(args.get("page")),
    )


def _known(args: MultiDict[str, str], name: str, known: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in args.getlist(name) if value in known))


def _slugs(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug[:80] for slug in args.getlist(name)[:20] if slug))
