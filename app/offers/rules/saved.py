"""Which part of a search's address is kept, what is it called, and which new offers are told?"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode

SAVED_MOST: Final = 20
"""Searches a person may keep: beyond that nobody reads the messages."""
TOLD_MOST: Final = 3
"""Offers named in one message; the others are a number and a link."""
_KEPT: Final = (
    "mots",
    "lieu",
    "distance",
    "partout",
    "contrat",
    "heures",
    "horaires",
    "famille",
    "metier",
    "permis",
    "type",
)
_LONGEST: Final = 600


class SavedSearchRefusal(StrEnum):
    """Why a search is not kept."""

    TOO_MANY = "saved_search_too_many"
    EMPTY = "saved_search_empty"


class Told(NamedTuple):
    """The offers that a message names, and how many more there are."""

    named: Sequence[str]
    more: int


def kept_query(query: str) -> str:
    """The part of an address that says what is sought, always in the same order: no page, no sort.

    Two addresses that seek the same are the same text. Values without a word are left out.
    """
    said = [
        (name, value.strip()) for name, value in parse_qsl(query[: 4 * _LONGEST]) if name in _KEPT and value.strip()
    ]
    if not any(name in {"lieu"} for name, _ in said):
        said = [one for one in said if one[0] != "distance"]
    said.sort(key=lambda one: (_KEPT.index(one[0]), one[1]))
    return urlencode(list(dict.fromkeys(said)))[:_LONGEST]


def search_name(words: str, place: str, radius: int, more: Iterable[str]) -> str:
    """« ménage, Massy à 15 km, CDI »: how a person recognises their search."""
    parts = [words, f"{place} à {radius}\u00a0km" if place else "", *more]
    return ", ".join(part for part in parts if part)[:120] or "Toutes les offres"


def to_tell(titles: Sequence[str]) -> Told:
    """The first ones by name, the rest as a number."""
    return Told(titles[:TOLD_MOST], max(0, len(titles) - TOLD_MOST))
