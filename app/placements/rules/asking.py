"""What is said when a stage is asked, answered or taken back, and why may that be refused whatever its dates?"""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from app.core.grid import Grid
from app.core.roles import ACCOMPANIMENT, Role
from app.placements.rules.kinds import CancelReason, PlacementOrigin, PlacementPurpose
from app.placements.rules.limits import PlacementRefusal
from app.placements.rules.states import PlacementState

WORDS_MOST: Final = 1000
"""Characters of what is said to the host, of a reason, of the tasks."""
FROM_EVENT_IN: Final = timedelta(days=14)
FROM_EVENT_DAYS: Final = timedelta(days=11)
"""A stage agreed at a meeting begins on a Monday, two weeks on at least, and lasts two working weeks: until somebody
says better."""


class AskRefusal(StrEnum):
    """Why a stage is not asked, answered or taken back."""

    NO_HOST = "placement_no_host"
    HOST_ON_PORTAL = "placement_host_on_portal"
    HOST_GONE = "placement_host_gone"
    ALREADY_ASKED = "placement_already_asked"
    NOT_FREE = "placement_not_free"
    """What a host reads of another stage of the person, elsewhere, or of their age: no more."""
    NOT_AGREED = "placement_not_agreed"
    HOST_ANSWERS = "placement_host_answers"
    NO_WORDS = "placement_no_words"
    NOT_THEIR_REASON = "placement_not_their_reason"


ASK_FIELDS: Final = {
    AskRefusal.NO_HOST: "host_name",
    AskRefusal.HOST_GONE: "host_name",
    AskRefusal.HOST_ON_PORTAL: "host_siret",
    AskRefusal.ALREADY_ASKED: "starts_on",
    AskRefusal.NOT_FREE: "starts_on",
    AskRefusal.NOT_AGREED: "agreed",
    AskRefusal.NO_WORDS: "words",
    AskRefusal.NOT_THEIR_REASON: "reason",
}
"""The field of the form beside which each stands."""
TAKE_FIELDS: Final = {
    AskRefusal.NOT_FREE: "start_on",
    PlacementRefusal.BACKDATED: "start_on",
    PlacementRefusal.END_BEFORE_START: "end_on",
    PlacementRefusal.ABOVE_A_MONTH: "end_on",
    PlacementRefusal.TOO_MANY_DAYS: "end_on",
    PlacementRefusal.HOURS: "hours_week",
}
"""The same reasons on the page of the host who takes somebody on an offer of stage."""


@dataclass(frozen=True, slots=True)
class DeclaredHost:
    """A host that has no account: its name at least."""

    host_name: str = ""
    host_siret: str | None = None
    host_contact_name: str = ""
    host_contact_phone: str | None = None
    host_contact_email: str | None = None
    host_address: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked: when, how many hours, to do what. The names are those of the columns; None says nothing of one."""

    starts_on: date
    ends_on: date
    hours_week: Decimal | None = None
    purpose: PlacementPurpose | None = None
    title: str = ""
    trade_slug: str | None = None
    commune_insee: str | None = None
    asked_words: str = ""
    tasks: str | None = None

    def said(self) -> dict[str, Any]:
        """By column, what is said."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class More:
    """What somebody who changes a stage may say besides; empty when the form does not ask it."""

    grid: Grid = Grid()  # noqa: RUF009 - frozen
    tutor_name: str = ""
    tutor_job: str = ""
    tutor_phone: str | None = None
    tutor_email: str | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a host says with its yes, as far as it knows."""

    contact_name: str = ""
    tutor_name: str = ""
    tutor_phone: str | None = None
    tasks: str = ""


def as_read_by(role: Role, reason: PlacementRefusal) -> PlacementRefusal | AskRefusal:
    """A host learns nothing of another one, nor of the person's age."""
    hidden = role is Role.EMPLOYER and reason in {PlacementRefusal.OVERLAP, PlacementRefusal.TOO_YOUNG}
    return AskRefusal.NOT_FREE if hidden else reason


def origin_of(role: Role, *, on_portal: bool) -> PlacementOrigin:
    """Who asked, and whom."""
    if role in ACCOMPANIMENT:
        return PlacementOrigin.PROPOSAL
    return PlacementOrigin.DIRECT if on_portal else PlacementOrigin.OWN_HOST


def first_dates(today: date) -> tuple[date, date]:
    """Proposed for a stage agreed at a meeting: a Monday two weeks on, and the Friday of the week after."""
    day = today + FROM_EVENT_IN
    monday = day + timedelta(days=-day.weekday() % 7)
    return monday, monday + FROM_EVENT_DAYS


def answer_refusals(role: Role, *, on_portal: bool) -> tuple[AskRefusal, ...]:
    """A host of the portal answers itself; who accompanies records the answer of one that is not there."""
    return (AskRefusal.HOST_ANSWERS,) if role in ACCOMPANIMENT and on_portal else ()


def reasons_for(role: Role) -> tuple[CancelReason, ...]:
    """The reasons that somebody may give when a stage does not take place."""
    if role is Role.CANDIDATE:
        return (CancelReason.PERSON,)
    if role is Role.EMPLOYER:
        return (CancelReason.HOST,)
    return tuple(reason for reason in CancelReason if reason is not CancelReason.REMOVED)


def cancel_refusals(role: Role, reason: CancelReason, words: str) -> tuple[AskRefusal, ...]:
    """One gives one's own reason; a person need not say more, the others do."""
    found = []
    if role is not Role.SYSTEM and reason not in reasons_for(role):
        found.append(AskRefusal.NOT_THEIR_REASON)
    if role is Role.EMPLOYER and not words.strip():
        found.append(AskRefusal.NO_WORDS)
    return tuple(found)


def may_edit(role: Role, state: PlacementState) -> bool:
    """Who accompanies and the host, until the convention is prepared; the person, until the host has answered."""
    if role is Role.CANDIDATE:
        return state is PlacementState.WISHED
    return role in ACCOMPANIMENT | {Role.EMPLOYER} and state in {PlacementState.WISHED, PlacementState.ACCEPTED}
