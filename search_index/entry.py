"""A document as every engine stores it: weighted tokens, values to filter by, and a digest to compare by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import IntEnum
from hashlib import blake2b
from uuid import UUID

from search_index import analysis
from search_index.documents import CandidateDocument, Document, OfferDocument

Value = str | bool | int | Decimal | date | tuple[str, ...] | None


class Weight(IntEnum):
    """Where a word stands: a job's own name says more than its description. The value is the score it is worth."""

    A = 8  # title, names of the trade; a person's names and number
    B = 4  # everyday words, family
    C = 2  # employer, commune, labels
    D = 1  # description


@dataclass(frozen=True, slots=True)
class Entry:
    """`tokens` keeps the best weight of each; `words` are those to correct a misspelling with, as they are written."""

    id: UUID
    version: int
    digest: str
    tokens: Mapping[str, Weight]
    words: Mapping[str, str]  # folded word: as written. Descriptions give none, they hold too many mistakes
    values: Mapping[str, Value]
    lat: float | None
    lon: float | None
    day: date | None  # what « newest first » looks at
    name: str  # what the alphabetical order looks at


def trade_token(slug: str) -> str:
    """No typed word can hold a colon, so these never meet one."""
    return f"trade:{slug}"


def family_token(slug: str) -> str:
    return f"family:{slug}"


def licence_token(code: str) -> str:
    return f"licence:{analysis.fold(code)}"


def name_token(plain: str) -> str:
    return f"name:{plain}"


def digest_of(document: Document) -> str:
    """The same content gives the same digest in every process. Neither the version nor an order has a part in it."""
    parts = [str(analysis.VERSION)]
    for described in fields(document):
        value = getattr(document, described.name)
        if described.name != "version":
            parts.append(repr(sorted(value)) if isinstance(value, frozenset | tuple) else repr(value))
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def entry_of(document: Document) -> Entry:
    """Analyse a document: pure, and the only way into an engine."""
    return _offer(document) if isinstance(document, OfferDocument) else _candidate(document)


class _Tokens:
    """Gathers tokens, keeping the best weight of each."""

    def __init__(self) -> None:
        self.weights: dict[str, Weight] = {}
        self.words: dict[str, str] = {}

    def text(self, weight: Weight, texts: Iterable[str]) -> None:
        for text in texts:
            for word in analysis.said(text):
                self.token(weight, word.stem)
                if weight > Weight.D and word.plain.isalpha():
                    self.words.setdefault(word.plain, word.typed.lower())

    def token(self, weight: Weight, token: str) -> None:
        if weight > self.weights.get(token, 0):
            self.weights[token] = weight

    def name(self, text: str) -> None:
        for plain in analysis.name_tokens(text):
            self.token(Weight.A, name_token(plain))
            self.words.setdefault(plain, plain.capitalize())


def _sorted_name(*parts: str) -> str:
    return " ".join(word.plain for part in parts for word in analysis.words_of(part))


def _offer(offer: OfferDocument) -> Entry:
    tokens = _Tokens()
    tokens.token(Weight.A, trade_token(offer.trade))
    tokens.token(Weight.B, family_token(offer.family))
    for code in offer.licences:
        tokens.token(Weight.B, licence_token(code))
    tokens.text(Weight.A, (offer.title, *offer.trade_names))
    tokens.text(Weight.B, (*offer.trade_words, *offer.family_words))
    tokens.text(Weight.C, (offer.employer, offer.commune_name, *offer.other_words))
    tokens.text(Weight.D, (offer.description,))
    return Entry(
        id=offer.id,
        version=offer.version,
        digest=digest_of(offer),
        tokens=tokens.weights,
        words=tokens.words,
        values={
            "trade": offer.trade,
            "family": offer.family,
            "commune": offer.commune,
            "territory": offer.territory,
            "kind": offer.kind,
            "contract_kind": offer.contract_kind,
            "employer_kind": offer.employer_kind,
            "schedule": tuple(sorted(offer.schedule)),
            "licence": tuple(sorted(offer.licences)),
            "licence_required": offer.licence_required,
            "public": offer.public,
            "hours_week": offer.hours_week,
            "published_on": offer.published_on,
            "expires_on": offer.expires_on,
        },
        lat=offer.lat,
        lon=offer.lon,
        day=offer.published_on,
        name=_sorted_name(offer.title),
    )


def _candidate(person: CandidateDocument) -> Entry:
    tokens = _Tokens()
    for slug in person.trades:
        tokens.token(Weight.A, trade_token(slug))
    for slug in person.families:
        tokens.token(Weight.B, family_token(slug))
    for code in person.licences:
        tokens.token(Weight.B, licence_token(code))
    for name in (person.first_name, person.last_name, *person.other_names):
        tokens.name(name)
    tokens.text(Weight.A, (person.number, *person.trade_names))
    tokens.text(Weight.B, (*person.trade_words, *person.own_words))
    tokens.text(Weight.C, (*person.skills, person.commune_name))
    return Entry(
        id=person.id,
        version=person.version,
        digest=digest_of(person),
        tokens=tokens.weights,
        words=tokens.words,
        values={
            "trade": tuple(sorted(set(person.trades))),
            "family": tuple(sorted(set(person.families))),
            "commune": person.commune,
            "territory": person.territory,
            "referent": str(person.referent or ""),
            "ready": person.ready,
            "consenting": person.consenting,
            "schedule": tuple(sorted(person.schedule)),
            "licence": tuple(sorted(set(person.licences))),
            "french": person.french,
            "available_from": person.available_from,
            "hours_week": person.hours_week,
        },
        lat=person.lat,
        lon=person.lon,
        day=person.registered_on,
        name=_sorted_name(person.last_name, person.first_name),
    )
