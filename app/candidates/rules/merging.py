"""Two files of one person become one: which answers may be chosen, and how are the lines put together?"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.candidates.rules.sections import (
    MOST_SKILLS,
    MOST_TRADES,
    HeldTitle,
    ProgrammeStay,
    TravelLimit,
    programme_refusals,
)


class Side(StrEnum):
    """Which of the two files an answer is taken from."""

    KEPT = "kept"
    MERGED = "merged"


class MergedField(StrEnum):
    """An answer that is chosen in one file or the other, with all its columns."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    HOME = "home"
    REFERENT = "referent"
    FACILITATOR = "facilitator"
    FRENCH = "french"
    OWN_WORDS = "own_words"
    START = "start"
    WEEK = "week"
    HOURS = "hours"
    CONSENT = "consent"
    READY = "ready"


COLUMNS: Final[Mapping[MergedField, tuple[str, ...]]] = {
    MergedField.NAME: ("first_name", "last_name"),
    MergedField.BIRTH_DATE: ("birth_date",),
    MergedField.PHONE: ("phone",),
    MergedField.EMAIL: ("email",),
    MergedField.HOME: ("address", "commune_insee"),
    MergedField.REFERENT: ("referent_id", "referent_organisation_id"),
    MergedField.FACILITATOR: ("facilitator_organisation_id",),
    MergedField.FRENCH: ("french",),
    MergedField.OWN_WORDS: ("own_words",),
    MergedField.START: ("available_from",),
    MergedField.WEEK: ("grid",),
    MergedField.HOURS: ("hours_min", "hours_max"),
    MergedField.CONSENT: ("consent_at", "consent_by"),
    MergedField.READY: ("ready_on", "ready_by"),
}


def proposed(is_empty: Callable[[MergedField, Side], bool]) -> dict[MergedField, Side]:
    """The choice that the preview shows first: the kept file, unless it says nothing where the other speaks.

    Consent and readiness are never brought in unasked: they are what the kept file says until somebody chooses.
    """
    signed = {MergedField.CONSENT, MergedField.READY}
    return {
        field: Side.MERGED
        if field not in signed and is_empty(field, Side.KEPT) and not is_empty(field, Side.MERGED)
        else Side.KEPT
        for field in MergedField
    }


def joined(kept: Sequence[str], merged: Sequence[str], most: int | None = None) -> list[str]:
    """What one says, then what the other adds."""
    return list(dict.fromkeys([*kept, *merged]))[:most]


def joined_trades(kept: Sequence[str], merged: Sequence[str]) -> list[str]:
    """The kept file's wishes come first."""
    return joined(kept, merged, MOST_TRADES)


def joined_skills(kept: Sequence[str], merged: Sequence[str]) -> list[str]:
    """As many as a file may hold."""
    return joined(kept, merged, MOST_SKILLS)


def joined_travels(kept: Sequence[TravelLimit], merged: Sequence[TravelLimit]) -> list[TravelLimit]:
    """Each means once, the kept file's limit first."""
    return list({travel.means: travel for travel in (*merged, *kept)}.values())


def joined_titles(kept: Sequence[HeldTitle], merged: Sequence[HeldTitle]) -> list[HeldTitle]:
    """Each title once, with the dates that are known: the later last day, else the kept file's."""
    others = {title.slug: title for title in merged}
    found = dict(others)
    for title in kept:
        other = others.get(title.slug)
        found[title.slug] = other if other is not None and _lasts_longer(other, title) else title
    return list(found.values())


def _lasts_longer(title: HeldTitle, than: HeldTitle) -> bool:
    """Has it dates where the other has none, or a later last day?"""
    if than.valid_until is None:
        return than.obtained_on is None and title.obtained_on is not None
    return title.valid_until is not None and title.valid_until > than.valid_until


def joined_programmes(kept: Sequence[ProgrammeStay], merged: Sequence[ProgrammeStay]) -> list[ProgrammeStay]:
    """The other file's stays are added when they overlap none of the same programme."""
    found = list(kept)
    for stay in merged:
        if not programme_refusals([*(one for one in found if one.programme is stay.programme), stay]):
            found.append(stay)
    return found
