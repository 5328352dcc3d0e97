"""May this convention be asked, and how much is left for a person and a host? (Code du travail, D5135-1 and following)

A convention lasts one month at most, date to date. It may be renewed once, for the same purpose. For one person and
one host, in 12 months: two conventions at most, for different purposes, and 60 days in all, renewals included.

The 12 months are those that end on the last day of the convention asked; those that end on the last day of a later
one already agreed are looked at too. Days are civil days, both ends included, and only those inside the 12 months
count; a convention counts as soon as one of its days lies there, and with its renewal it is one.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.grid import Grid
from app.core.months import last_day_of_a_month
from app.core.quantities import add_months
from app.placements.rules.kinds import PlacementPurpose

MOST_DAYS: Final = 60
MOST_CONVENTIONS: Final = 2
MONTHS: Final = 12
LEGAL_WEEK: Final = Decimal(48)
"""Hours of the longest working week (Code du travail, art. L3121-20)."""
YOUNGEST: Final = 16
_DAY: Final = timedelta(days=1)


class PlacementRefusal(StrEnum):
    """Why a placement cannot be asked, agreed or changed so."""

    BACKDATED = "placement_backdated"
    END_BEFORE_START = "placement_end_before_start"
    ABOVE_A_MONTH = "placement_above_a_month"
    HOURS = "placement_hours"
    TOO_YOUNG = "placement_too_young"
    OWN_EMPLOYER = "placement_own_employer"
    OVERLAP = "placement_overlap"
    TOO_MANY_CONVENTIONS = "placement_too_many_conventions"
    SAME_PURPOSE = "placement_same_purpose"
    TOO_MANY_DAYS = "placement_too_many_days"
    RENEWAL_UNKNOWN = "placement_renewal_unknown"
    RENEWAL_TWICE = "placement_renewal_twice"
    RENEWAL_TOO_EARLY = "placement_renewal_too_early"
    RENEWAL_OTHER_PURPOSE = "placement_renewal_other_purpose"


_R = PlacementRefusal
FIELDS: Final[Mapping[PlacementRefusal, str]] = {
    _R.BACKDATED: "starts_on",
    _R.OVERLAP: "starts_on",
    _R.RENEWAL_TOO_EARLY: "starts_on",
    _R.END_BEFORE_START: "ends_on",
    _R.ABOVE_A_MONTH: "ends_on",
    _R.TOO_MANY_DAYS: "ends_on",
    _R.HOURS: "hours_week",
    _R.SAME_PURPOSE: "purpose",
    _R.RENEWAL_OTHER_PURPOSE: "purpose",
}
"""The column, and so the field of the form, that a reason is about; the others are about the whole."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention as the limits see it. ``ends_on`` is its last day, the day of the stop when it was stopped.

    ``host`` is what ``host_key`` made; ``renewal_of`` the ``ref`` of the one that it renews.
    """

    host: str
    starts_on: date
    ends_on: date
    purpose: PlacementPurpose | None = None
    ref: UUID | None = None
    renewal_of: UUID | None = None

    @property
    def days(self) -> int:
        """Civil days, both ends included."""
        return (self.ends_on - self.starts_on).days + 1

    def overlaps(self, other: "Convention") -> bool:
        """Have they a day in common?"""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what is known of the person. An unknown birth date is asked before the convention is
    prepared (rules.preparing), not here."""

    convention: Convention
    hours_week: Decimal | None = None
    grid: Grid = Grid()  # noqa: RUF009 - frozen
    birth_date: date | None = None
    at_own_employer: bool = False
    """The host employs the person on the first day."""


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months, both ends included."""

    first: date
    last: date

    def days_of(self, convention: Convention) -> int:
        """How many days of the convention lie in the twelve months."""
        first, last = max(self.first, convention.starts_on), min(self.last, convention.ends_on)
        return max((last - first).days + 1, 0)


def window_ending(last: date) -> Window:
    """The twelve months that end on this day: 1 April 2026 gives 2 April 2025 to 1 April 2026."""
    return Window(add_months(last, -MONTHS) + _DAY, last)


def host_key(siret: str | None, name: str) -> str:
    """Who the host is for the limits: its SIRET, or its name without case, accents and signs when it has none."""
    digits = re.sub(r"\D", "", siret or "")
    if digits:
        return digits
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def refusals_for(asked: Asked, others: Collection[Convention], today: date) -> tuple[PlacementRefusal, ...]:
    """All reasons against it; empty: it may be asked. ``others``: what the person has agreed, with every host
    (states.COUNTED), the one that is being changed left out."""
    new = asked.convention
    reasons = []
    if new.starts_on < today:
        reasons.append(_R.BACKDATED)
    if too_many_hours(asked.hours_week, asked.grid):
        reasons.append(_R.HOURS)
    if too_young(asked.birth_date, new.starts_on):
        reasons.append(_R.TOO_YOUNG)
    if asked.at_own_employer:
        reasons.append(_R.OWN_EMPLOYER)
    reasons += limit_refusals(new, others)
    return tuple(reason for reason in _R if reason in reasons)


def too_many_hours(hours_week: Decimal | None, grid: Grid) -> bool:
    """Is the week not one of more than 0 to 48 hours, as said or as drawn? Nothing said is nothing wrong."""
    said = hours_week is not None and not 0 < hours_week <= LEGAL_WEEK
    return said or Decimal(str(grid.hours)) > LEGAL_WEEK


def too_young(birth_date: date | None, on: date) -> bool:
    """Under 16 on that day. Born on 29 February: 16 on the 29th of a leap year."""
    return birth_date is not None and add_months(birth_date, 12 * YOUNGEST) > on


def limit_refusals(new: Convention, others: Collection[Convention]) -> list[PlacementRefusal]:
    """What the dates, the purpose and the other conventions have against it."""
    if new.ends_on < new.starts_on:
        return [_R.END_BEFORE_START]
    here = [other for other in others if other.host == new.host]
    reasons = _renewal_refusals(new, here) if new.renewal_of is not None else []
    if new.ends_on > last_day_of_a_month(new.starts_on):
        reasons.append(_R.ABOVE_A_MONTH)
    if any(new.overlaps(other) for other in others):
        reasons.append(_R.OVERLAP)
    for window in _windows(new, here):
        reasons += _window_refusals(new, here, window)
    return reasons


def _renewal_refusals(new: Convention, here: Collection[Convention]) -> list[PlacementRefusal]:
    renewed = next((other for other in here if other.ref == new.renewal_of), None)
    if renewed is None:
        return [_R.RENEWAL_UNKNOWN]
    reasons = []
    if renewed.renewal_of is not None or any(other.renewal_of == new.renewal_of for other in here):
        reasons.append(_R.RENEWAL_TWICE)
    if new.starts_on <= renewed.ends_on:
        reasons.append(_R.RENEWAL_TOO_EARLY)
    if new.purpose is not None and new.purpose is not renewed.purpose:
        reasons.append(_R.RENEWAL_OTHER_PURPOSE)
    return reasons


def _windows(new: Convention, here: Collection[Convention]) -> Iterator[Window]:
    """The twelve months that end with the new one, and with each later one, as far as the new one lies in them."""
    for last in {new.ends_on, *(other.ends_on for other in here if other.ends_on > new.ends_on)}:
        window = window_ending(last)
        if window.days_of(new):
            yield window


def _window_refusals(new: Convention, here: Collection[Convention], window: Window) -> Iterator[PlacementRefusal]:
    inside = [other for other in here if window.days_of(other)]
    if window.days_of(new) + sum(window.days_of(other) for other in inside) > MOST_DAYS:
        yield _R.TOO_MANY_DAYS
    families = _families([new, *inside])
    if len(families) > MOST_CONVENTIONS:
        yield _R.TOO_MANY_CONVENTIONS
    own = _family_of(new)
    if any(family != own and new.purpose in purposes for family, purposes in families.items()):
        yield _R.SAME_PURPOSE


def _family_of(convention: Convention) -> object:
    """A convention and its renewal are one."""
    return convention.renewal_of or convention.ref or convention


def _families(conventions: Collection[Convention]) -> dict[object, set[PlacementPurpose]]:
    found: dict[object, set[PlacementPurpose]] = {}
    for one in conventions:
        found.setdefault(_family_of(one), set()).update({one.purpose} if one.purpose else set())
    return found


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """What is left for a person and a host to a convention that would begin on ``on``."""

    on: date
    days_used: int
    conventions_used: int
    purposes_used: frozenset[PlacementPurpose]
    last_end: date | None
    """The latest last day of a new convention; None: none may begin that day."""
    renewable: UUID | None
    """The convention that may be renewed from that day."""
    renewal_last_end: date | None

    @property
    def days_left(self) -> int:
        """Of the 60, never below 0."""
        return max(MOST_DAYS - self.days_used, 0)

    @property
    def conventions_left(self) -> int:
        """Of the two, never below 0."""
        return max(MOST_CONVENTIONS - self.conventions_used, 0)

    @property
    def purposes_left(self) -> tuple[PlacementPurpose, ...]:
        """Those that a new convention may have."""
        return tuple(purpose for purpose in PlacementPurpose if purpose not in self.purposes_used)


def days_left(others: Collection[Convention], host: str, on: date) -> DaysLeft:
    """Shown before asking: the fullest of the twelve months in which ``on`` lies says what is used."""
    here = [other for other in others if other.host == host]
    first_day = Convention(host, on, on)
    windows = list(_windows(first_day, here))
    insides = [[other for other in here if window.days_of(other)] for window in windows]
    renewed = _renewable(here, on)
    return DaysLeft(
        on=on,
        days_used=max(sum(map(window.days_of, here)) for window in windows),
        conventions_used=max(len(_families(inside)) for inside in insides),
        purposes_used=frozenset(other.purpose for inside in insides for other in inside if other.purpose),
        last_end=last_end_possible(first_day, others),
        renewable=renewed.ref if renewed else None,
        renewal_last_end=last_end_possible(replace(first_day, renewal_of=renewed.ref), others) if renewed else None,
    )


def _renewable(here: Collection[Convention], on: date) -> Convention | None:
    """The latest convention that is over by that day and was not renewed."""
    done = {other.renewal_of for other in here}
    able = [one for one in here if one.renewal_of is None and one.ref not in done and one.ends_on < on]
    return max(able, key=lambda one: one.ends_on, default=None)


def last_end_possible(new: Convention, others: Collection[Convention]) -> date | None:
    """The latest last day with which a convention that begins on ``new.starts_on`` meets no limit, or None."""
    end = last_day_of_a_month(new.starts_on)
    while end >= new.starts_on:
        if not limit_refusals(replace(new, ends_on=end), others):
            return end
        end -= _DAY
    return None
