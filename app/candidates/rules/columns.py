"""Which columns of an imported sheet does the portal read, under which titles, and what may be wrong in a cell?"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.reference.rules import normalise


class Column(StrEnum):
    """The columns that the portal reads."""

    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    COMMUNE = "commune"
    TRADES = "trades"
    OWN_WORDS = "own_words"
    FRENCH = "french"
    LICENCES = "licences"
    FOOT = "foot"
    BIKE = "bike"
    BUS = "bus"
    CAR = "car"
    AVAILABLE_FROM = "available_from"
    MOMENTS = "moments"
    HOURS_MIN = "hours_min"
    HOURS_MAX = "hours_max"
    PROGRAMMES = "programmes"
    PROGRAMMES_SINCE = "programmes_since"
    REFERENT = "referent"


class FaultKind(StrEnum):
    """What is wrong in a cell."""

    NAME_MISSING = "name_missing"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    BORN_LATER = "born_later"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    NOT_A_PHONE = "not_a_phone"
    PHONE_OF_ANOTHER = "phone_of_another"
    NOT_AN_EMAIL = "not_an_email"
    UNKNOWN_COMMUNE = "unknown_commune"
    UNKNOWN_TRADE = "unknown_trade"
    TOO_MANY_TRADES = "too_many_trades"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_LICENCE = "unknown_licence"
    NOT_MINUTES = "not_minutes"
    UNKNOWN_MOMENT = "unknown_moment"
    NOT_HOURS = "not_hours"
    HOURS_ORDER = "hours_order"
    UNKNOWN_PROGRAMME = "unknown_programme"
    UNKNOWN_REFERENT = "unknown_referent"


HEADERS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.LAST_NAME: ("nom", "nom de famille", "nom d usage", "nom usuel", "last name"),
    Column.FIRST_NAME: ("prenom", "prenoms", "first name"),
    Column.BIRTH_DATE: ("date de naissance", "naissance", "ne le", "ne e le", "nee le", "ddn", "date naissance"),
    Column.PHONE: (
        "telephone",
        "tel",
        "portable",
        "mobile",
        "telephone portable",
        "numero de telephone",
        "tel portable",
    ),
    Column.EMAIL: ("e mail", "email", "mail", "courriel", "adresse e mail", "adresse mail", "adresse email"),
    Column.ADDRESS: ("adresse", "adresse postale", "rue"),
    Column.COMMUNE: ("commune", "ville", "commune de residence", "lieu de residence", "code insee"),
    Column.TRADES: ("metiers voulus", "metier voulu", "metiers", "metier", "projet professionnel", "metier recherche"),
    Column.OWN_WORDS: ("avec ses mots", "souhaits", "commentaire metier"),
    Column.FRENCH: ("niveau de francais", "francais", "cecrl", "niveau cecrl", "niveau de langue"),
    Column.LICENCES: ("permis", "permis de conduire"),
    Column.FOOT: ("a pied minutes", "a pied", "marche"),
    Column.BIKE: ("velo minutes", "velo", "a velo", "a velo minutes"),
    Column.BUS: ("bus ou train minutes", "bus", "transports en commun", "bus ou train", "en bus ou en train minutes"),
    Column.CAR: ("voiture minutes", "voiture", "en voiture", "en voiture minutes"),
    Column.AVAILABLE_FROM: ("disponible a partir du", "disponibilite", "disponible le", "date de disponibilite"),
    Column.MOMENTS: ("moments", "horaires", "moments possibles"),
    Column.HOURS_MIN: ("heures par semaine au moins", "heures min", "heures minimum"),
    Column.HOURS_MAX: ("heures par semaine au plus", "heures max", "heures maximum", "heures par semaine"),
    Column.PROGRAMMES: ("dispositifs", "dispositif", "programme", "programmes"),
    Column.PROGRAMMES_SINCE: ("depuis le", "dispositif depuis le", "dispositifs depuis le"),
    Column.REFERENT: ("e mail du referent", "referent", "mail du referent", "email du referent"),
}
"""Titles of columns as ``normalise`` leaves them; the first is the model's."""

_BY_HEADER: Final = {text: column for column, texts in HEADERS.items() for text in texts}
_FORBIDDEN: Final = re.compile(
    r"\b(nir|securite sociale|numero secu|n secu|caf|allocataire|france travail|pole emploi)\b"
)


def columns_of(cells: Sequence[str]) -> dict[Column, int]:
    """Which column stands where; the first wins when a title comes twice."""
    found: dict[Column, int] = {}
    for index, text in enumerate(cells):
        column = _BY_HEADER.get(normalise(re.sub(r"[*:]", " ", text)))
        if column is not None:
            found.setdefault(column, index)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Are these the titles of the columns? Both names are there."""
    return {Column.FIRST_NAME, Column.LAST_NAME} <= set(columns_of(cells))


def is_forbidden(title: str) -> bool:
    """A number of the Sécurité sociale, the CAF or France Travail: the portal never keeps it."""
    return bool(_FORBIDDEN.search(normalise(title)))
