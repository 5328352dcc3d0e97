"""What may each part of a file say? The answers as values, and the reasons why they are refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final
from uuid import UUID

from app.candidates.rules.vocabulary import Barrier, CandidateRefusal, Means, Programme
from app.core.grid import Grid
from app.core.quantities import add_months

YOUNGEST, OLDEST = 16, 100
MOST_TRADES, MOST_SKILLS = 5, 20
MOST_HOURS: Final = Decimal(48)
"""The longest working week (Code du travail, art. L3121-20)."""
MOST_MINUTES, MOST_KM = 180, Decimal(150)

_R = CandidateRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the person is and how to reach them; ``phone`` is E.164."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None
    address: str = ""
    commune_insee: str | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompaniment:
    """Who accompanies the person: a referent in their organisation, and a facilitator's organisation."""

    referent_id: UUID | None = None
    referent_organisation_id: UUID | None = None
    facilitator_organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeStay:
    """A programme from a day to another, both included."""

    programme: Programme
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title held; ``valid_until`` is its last day."""

    slug: str
    obtained_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class TravelLimit:
    """How far by one means: minutes, kilometres or both."""

    means: Means
    max_minutes: int | None = None
    max_km: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """From when, at which moments, and for how many hours a week."""

    available_from: date | None = None
    grid: Grid = field(default_factory=Grid)
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotedBarrier:
    """One barrier and what the referent writes of it."""

    barrier: Barrier
    note: str = ""


FIELDS: Final[Mapping[CandidateRefusal, str]] = {
    _R.NAME_MISSING: "last_name",
    _R.BORN_LATER: "birth_date",
    _R.TOO_YOUNG: "birth_date",
    _R.TOO_OLD: "birth_date",
    _R.CONTACT_NEEDED: "phone",
    _R.HOURS_ORDER: "hours_max",
    _R.HOURS_TOO_MANY: "hours_max",
    _R.HOURS_NONE: "hours_min",
    _R.TOO_MANY_TRADES: "trades",
    _R.TOO_MANY_SKILLS: "skills",
    _R.REFERENT_ELSEWHERE: "referent",
    _R.NOT_A_FACILITATOR: "facilitator",
    _R.CHECKS_MISSING: "checks",
    _R.MANDATE_ORDER: "last_day",
    _R.MANDATE_TOO_LONG: "last_day",
    _R.MANDATE_PAST: "starts_on",
    _R.MANDATE_NO_REASON: "reason",
}
"""The form field beside which the message of a refusal belongs."""


def birth_refusals(birth_date: date | None, today: date) -> tuple[CandidateRefusal, ...]:
    """A person is born, is 16 or more, and is not of another century. No date is no refusal."""
    if birth_date is None:
        return ()
    if birth_date > today:
        return (_R.BORN_LATER,)
    if add_months(birth_date, YOUNGEST * 12) > today:
        return (_R.TOO_YOUNG,)
    return (_R.TOO_OLD,) if add_months(birth_date, OLDEST * 12) < today else ()


def identity_refusals(identity: Identity, today: date) -> tuple[CandidateRefusal, ...]:
    """A name in one word is a name; none is not."""
    nameless = not (identity.first_name.strip() or identity.last_name.strip())
    return ((_R.NAME_MISSING,) if nameless else ()) + birth_refusals(identity.birth_date, today)


def hours_refusals(hours_min: Decimal | None, hours_max: Decimal | None) -> tuple[CandidateRefusal, ...]:
    """Hours a week lie above 0 and up to 48, the least first."""
    given = [hours for hours in (hours_min, hours_max) if hours is not None]
    reasons = []
    if any(hours <= 0 for hours in given):
        reasons.append(_R.HOURS_NONE)
    if any(hours > MOST_HOURS for hours in given):
        reasons.append(_R.HOURS_TOO_MANY)
    if hours_min is not None and hours_max is not None and hours_min > hours_max:
        reasons.append(_R.HOURS_ORDER)
    return tuple(reasons)


def programme_refusals(stays: Sequence[ProgrammeStay]) -> tuple[CandidateRefusal, ...]:
    """Each ends after its start, and one programme is never held twice at once."""
    reasons = []
    if any(stay.until and stay.until < stay.since for stay in stays):
        reasons.append(_R.PROGRAMME_ORDER)
    ordered = sorted(stays, key=lambda stay: (stay.programme.value, stay.since))
    following = [(one, other) for one, other in pairwise(ordered) if one.programme is other.programme]
    if any(one.until is None or other.since <= one.until for one, other in following):
        reasons.append(_R.PROGRAMME_OVERLAP)
    return tuple(reasons)


def title_refusals(titles: Sequence[HeldTitle], today: date) -> tuple[CandidateRefusal, ...]:
    """Held once, obtained already, and worth something until a day after it was obtained."""
    reasons = []
    if len({title.slug for title in titles}) < len(titles):
        reasons.append(_R.TITLE_TWICE)
    if any(title.obtained_on and title.obtained_on > today for title in titles):
        reasons.append(_R.TITLE_LATER)
    if any(t.obtained_on and t.valid_until and t.valid_until < t.obtained_on for t in titles):
        reasons.append(_R.TITLE_ORDER)
    return tuple(reasons)


def last_valid_day(obtained_on: date | None, validity_months: int | None) -> date | None:
    """Obtained on 15/03/2024 and worth 24 months: until 14/03/2026. None when it is for life or not known."""
    if obtained_on is None or validity_months is None:
        return None
    return add_months(obtained_on, validity_months) - timedelta(days=1)


def travel_refusals(travels: Sequence[TravelLimit]) -> tuple[CandidateRefusal, ...]:
    """Each means once, with a limit that somebody may really travel every day."""
    reasons = []
    if len({travel.means for travel in travels}) < len(travels):
        reasons.append(_R.TRAVEL_TWICE)
    if any(not travel.max_minutes and not travel.max_km for travel in travels):
        reasons.append(_R.TRAVEL_NO_LIMIT)
    if any((t.max_minutes or 0) > MOST_MINUTES or (t.max_km or 0) > MOST_KM for t in travels):
        reasons.append(_R.TRAVEL_TOO_FAR)
    return tuple(reasons)


def choice_refusals(chosen: Collection[str], offered: Collection[str], most: int | None = None) -> bool:
    """Is there a choice that the list does not offer, or are there too many?"""
    return not set(chosen) <= set(offered) or (most is not None and len(chosen) > most)
