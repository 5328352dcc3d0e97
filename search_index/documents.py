"""What is indexed: one flat, immutable document for an offer, one for a candidate.

A domain builds them in its `documents.py`; nothing here knows where they come from. Text is given as people wrote
it: analysis is the index's business. `version` is set by the drain just before the write, never by a domain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """One index for each kind of document."""

    OFFERS = "offers"
    CANDIDATES = "candidates"


class Schedule(StrEnum):
    """When one works, coarsely enough to be ticked: the fine grid belongs to matching."""

    DAY = "day"
    EARLY = "early"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDocument:
    """An offer as it is searched, by anyone: it must hold nothing that its public page does not show."""

    id: UUID
    title: str
    trade: str  # slug of the trade
    trade_names: tuple[str, ...] = ()  # « Cuisinier », « Cuisinière »
    trade_words: tuple[str, ...] = ()  # everyday words: « cuistot », « chef de partie »
    family: str = ""  # slug of the family of trades
    family_words: tuple[str, ...] = ()  # its name and everyday words: « Bâtiment », « BTP »
    description: str = ""
    other_words: tuple[str, ...] = ()  # labels worth finding: « CDI », « temps partiel », « permis B »
    employer: str = ""
    employer_kind: str = ""
    commune: str = ""  # INSEE code
    commune_name: str = ""
    lat: float | None = None
    lon: float | None = None
    territory: str = ""
    kind: str = ""  # ordinary job, post in a SIAE…
    contract_kind: str = ""
    hours_week: Decimal | None = None
    schedule: frozenset[Schedule] = frozenset()
    licence_required: bool = False
    licences: tuple[str, ...] = ()  # codes of the licences asked: « b », « c », « caces-1 »
    start_on: date | None = None
    published_on: date | None = None
    expires_on: date | None = None  # the last day on which it can be applied to
    pay: Decimal | None = None  # euros an hour, gross, when the offer says it
    public: bool = True  # published and open: anyone may find it
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDocument:
    """A person as facilitators and referents look for them. No page of an employer may ever query this index."""

    id: UUID
    first_name: str = ""
    last_name: str = ""
    other_names: tuple[str, ...] = ()  # birth name, usual name
    number: str = ""  # number of the file
    trades: tuple[str, ...] = ()  # slugs of the trades wanted
    trade_names: tuple[str, ...] = ()
    trade_words: tuple[str, ...] = ()
    families: tuple[str, ...] = ()  # slugs
    own_words: tuple[str, ...] = ()  # what the person said they want
    skills: tuple[str, ...] = ()  # skills and titles, in words
    commune: str = ""  # INSEE code
    commune_name: str = ""
    lat: float | None = None
    lon: float | None = None
    territory: str = ""
    referent: UUID | None = None
    ready: bool = False
    consenting: bool = False
    licences: tuple[str, ...] = ()
    available_from: date | None = None  # None: the person has not said
    hours_week: Decimal | None = None  # hours wanted
    schedule: frozenset[Schedule] = frozenset()
    french: int | None = None  # CECRL: 0 none, 1 A1 … 6 C2
    registered_on: date | None = None
    version: int = 0


Document = OfferDocument | CandidateDocument


def kind_of(document: Document) -> Kind:
    return Kind.OFFERS if isinstance(document, OfferDocument) else Kind.CANDIDATES
