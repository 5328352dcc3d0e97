"""Which kinds of events, sides, participants, wishes and outcomes are there? The lists that every part shares."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.roles import Role
from app.organisations.rules import EMPLOYER_KINDS, SIAE_KINDS, OrganisationKind


class EventKind(StrEnum):
    """What people come for. The first two are made of short meetings, with a plan of rounds and tables."""

    SPEED_DATING = "speed_dating"
    JOB_DATING = "job_dating"
    FORUM = "forum"
    INFORMATION_SESSION = "information_session"
    OPEN_DAY = "open_day"
    STRUCTURE_VISIT = "structure_visit"
    WORKSHOP = "workshop"
    PROFESSIONAL_VISIT = "professional_visit"
    """Professionals discover the IAE: they visit a structure."""
    PROFESSIONAL_IMMERSION = "professional_immersion"
    """Professionals discover the IAE: they spend a day or more in a structure."""


class Audience(StrEnum):
    """Who may register."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    PROFESSIONALS = "professionals"
    EVERYBODY = "everybody"


class Side(StrEnum):
    """On which side of the tables; all who come to anything else than a dating are its public."""

    SEATED = "seated"
    """They keep their table: the SIAE of a speed-dating, the recruiters of a job dating."""
    MOVING = "moving"
    """They go from table to table: firms, or candidates."""
    PUBLIC = "public"


class Who(StrEnum):
    """Who takes the seat."""

    PERSON = "person"
    """Somebody with a file here."""
    ORGANISATION = "organisation"
    """An organisation of the portal, or one that only gave its name."""
    PROFESSIONAL = "professional"
    """Somebody with an account, for themselves."""
    VISITOR = "visitor"
    """Somebody without a file or an account."""


class Wish(StrEnum):
    """What a participant says of another before the plan is made."""

    MEET = "meet"
    AVOID = "avoid"


class Outcome(StrEnum):
    """What one side says of a meeting, in one tap."""

    FOLLOW_UP = "follow_up"
    OFFER = "offer"
    VISIT = "visit"
    STAGE = "stage"
    NO = "no"


class ClockPhase(StrEnum):
    """What the big screen shows."""

    WAITING = "waiting"
    TALKING = "talking"
    CHANGING = "changing"
    BREAK = "break"
    OVER = "over"


class TaskKind(StrEnum):
    """What is to be done after a meeting."""

    CALL = "call"
    OFFER = "offer"
    VISIT = "visit"
    PLACEMENT = "placement"
    OTHER = "other"


class TaskResult(StrEnum):
    """What came of a task."""

    HIRE = "hire"
    PLACEMENT = "placement"
    VISIT = "visit"
    OFFER = "offer"
    PARTNERSHIP = "partnership"
    """The two work together from now on."""
    NOTHING = "nothing"


class ReviewMonth(StrEnum):
    """When the results of an event are counted."""

    MONTH_3 = "month_3"
    MONTH_6 = "month_6"


class SignatureMeans(StrEnum):
    """How somebody signed the attendance sheet."""

    PAPER = "paper"
    SCREEN = "screen"


DATINGS: Final = frozenset({EventKind.SPEED_DATING, EventKind.JOB_DATING})
DISCOVERIES: Final = frozenset({EventKind.PROFESSIONAL_VISIT, EventKind.PROFESSIONAL_IMMERSION})
"""Professionals discover the IAE (fiche 3-14): counted apart."""
BY_EMPLOYERS: Final = frozenset({EventKind.OPEN_DAY, EventKind.STRUCTURE_VISIT, EventKind.WORKSHOP} | DISCOVERIES)
"""What a SIAE, a SAP body or a firm may organise at its own place; the rest is for those who accompany people."""

AUDIENCES: Final[Mapping[EventKind, tuple[Audience, ...]]] = {
    EventKind.SPEED_DATING: (Audience.ORGANISATIONS,),
    EventKind.JOB_DATING: (Audience.EVERYBODY,),
    EventKind.FORUM: (Audience.EVERYBODY, Audience.PEOPLE, Audience.ORGANISATIONS, Audience.PROFESSIONALS),
    EventKind.INFORMATION_SESSION: (
        Audience.PEOPLE,
        Audience.PROFESSIONALS,
        Audience.ORGANISATIONS,
        Audience.EVERYBODY,
    ),
    EventKind.OPEN_DAY: (Audience.EVERYBODY, Audience.PEOPLE, Audience.PROFESSIONALS, Audience.ORGANISATIONS),
    EventKind.STRUCTURE_VISIT: (Audience.PEOPLE, Audience.EVERYBODY, Audience.ORGANISATIONS),
    EventKind.WORKSHOP: (Audience.PEOPLE, Audience.PROFESSIONALS, Audience.ORGANISATIONS),
    EventKind.PROFESSIONAL_VISIT: (Audience.PROFESSIONALS,),
    EventKind.PROFESSIONAL_IMMERSION: (Audience.PROFESSIONALS,),
}
"""Who may be invited to what; the first is proposed."""


def sides_of(kind: EventKind) -> tuple[Side, ...]:
    """Two sides for a dating, one public for anything else."""
    return (Side.SEATED, Side.MOVING) if kind in DATINGS else (Side.PUBLIC,)


def who_sits(kind: EventKind, side: Side) -> frozenset[OrganisationKind]:
    """The kinds of organisations that may take this side; empty: a side of persons, or anybody."""
    if kind is EventKind.SPEED_DATING:
        return SIAE_KINDS if side is Side.SEATED else EMPLOYER_KINDS - SIAE_KINDS
    if kind is EventKind.JOB_DATING and side is Side.SEATED:
        return EMPLOYER_KINDS
    return frozenset()


def people_on(kind: EventKind, audience: Audience, side: Side) -> frozenset[Who]:
    """Who may take a seat on this side."""
    if kind in DATINGS:
        if side is Side.MOVING and kind is EventKind.JOB_DATING:
            return frozenset({Who.PERSON, Who.VISITOR})
        return frozenset({Who.ORGANISATION})
    return {
        Audience.PEOPLE: frozenset({Who.PERSON, Who.VISITOR}),
        Audience.ORGANISATIONS: frozenset({Who.ORGANISATION}),
        Audience.PROFESSIONALS: frozenset({Who.PROFESSIONAL}),
        Audience.EVERYBODY: frozenset(Who),
    }[audience]


def takes(kind: EventKind, audience: Audience, who: Who) -> bool:
    """Is there a side for somebody like this?"""
    return any(who in people_on(kind, audience, side) for side in sides_of(kind))


def kinds_for(role: Role) -> tuple[EventKind, ...]:
    """What somebody of this role may organise."""
    if role in {Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT}:
        return tuple(EventKind)
    if role is Role.EMPLOYER:
        return tuple(kind for kind in EventKind if kind in BY_EMPLOYERS)
    return ()
