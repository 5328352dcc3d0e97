"""What follows a meeting: an application, a stage or something to do, made how, by whom, and until when?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.core.working_days import next_working_day
from app.events.rules.kinds import EventKind, Outcome, TaskKind, Who
from app.events.rules.outcomes import agreement
from app.events.rules.states import MeetingState


class Step(StrEnum):
    """What the portal makes of an agreement."""

    APPLICATION = "application"
    PLACEMENT = "placement"
    TASK = "task"


class Way(StrEnum):
    """How a person comes to an offer: by their own word, or proposed by who accompanies them."""

    OWN_WORD = "own_word"
    PROPOSAL = "proposal"


class Rank(StrEnum):
    """How far two sides agree, in the order of the page."""

    AGREED = "agreed"
    ONE_SIDED = "one_sided"
    OTHER = "other"


class AfterRefusal(StrEnum):
    """Why nothing is made of a meeting."""

    NOT_HELD = "event_after_not_held"
    NO_FOLLOW = "event_after_no_follow"
    SET_ASIDE = "event_after_set_aside"
    ALREADY_MADE = "event_after_already_made"
    NOBODY_SPEAKS = "event_after_nobody_speaks"
    NOT_READY = "event_after_not_ready"
    ANSWERED_BEFORE = "event_after_answered_before"
    OFFER_GONE = "event_after_offer_gone"


@dataclass(frozen=True, slots=True)
class Heard:
    """What both sides of a meeting said, and who sat there."""

    kind: EventKind
    state: MeetingState
    seated: Outcome | None
    moving: Outcome | None
    moving_who: Who
    is_set_aside: bool = False

    @property
    def agreed(self) -> Outcome | None:
        """What both want."""
        return agreement(self.seated, self.moving)

    @property
    def one_sided(self) -> bool:
        """One wants something, and the other has not answered."""
        given = {self.seated, self.moving} - {None}
        return None in {self.seated, self.moving} and bool(given) and Outcome.NO not in given


DUE_DAYS: Final[Mapping[TaskKind, int]] = {
    TaskKind.CALL: 7,
    TaskKind.OFFER: 15,
    TaskKind.VISIT: 30,
    TaskKind.PLACEMENT: 30,
    TaskKind.OTHER: 15,
}
"""Days that somebody has for it, from the day it is made (default)."""
TASK_OF: Final[Mapping[Outcome, TaskKind]] = {
    Outcome.FOLLOW_UP: TaskKind.CALL,
    Outcome.OFFER: TaskKind.OFFER,
    Outcome.VISIT: TaskKind.VISIT,
    Outcome.STAGE: TaskKind.PLACEMENT,
}
BY_SEATED: Final = frozenset({TaskKind.OFFER, TaskKind.VISIT, TaskKind.PLACEMENT})
"""Whoever keeps the table does these; the organiser calls."""
HAPPENED: Final = frozenset({MeetingState.PLANNED, MeetingState.HELD})
"""What somebody says of a meeting counts, whether or not anybody ticked that it was held."""


def after_refusals(heard: Heard, *, by_hand: bool = False) -> tuple[AfterRefusal, ...]:
    """Why nothing is made. ``by_hand``: the organiser chose this one; then the word of one side is enough to call."""
    reasons = []
    if heard.state not in HAPPENED:
        reasons.append(AfterRefusal.NOT_HELD)
    if heard.agreed is None and not (by_hand and heard.one_sided):
        reasons.append(AfterRefusal.NO_FOLLOW)
    if heard.is_set_aside:
        reasons.append(AfterRefusal.SET_ASIDE)
    return tuple(reasons)


def step_of(heard: Heard) -> Step:
    """What an agreement becomes: for somebody with a file, a job is an application and a stage is a placement."""
    if heard.kind is EventKind.JOB_DATING and heard.moving_who is Who.PERSON:
        return {Outcome.OFFER: Step.APPLICATION, Outcome.STAGE: Step.PLACEMENT}.get(
            heard.agreed or Outcome.NO, Step.TASK
        )
    return Step.TASK


def task_of(heard: Heard) -> TaskKind:
    """What is to be done. With who has no account, or when one side alone has spoken, somebody calls first."""
    if heard.agreed is None or heard.moving_who is Who.VISITOR:
        return TaskKind.CALL
    return TASK_OF[heard.agreed]


def owner_of(kind: TaskKind, seated_organisation: UUID | None, organiser: UUID) -> UUID:
    """Who does it. An organisation that is not on the portal owns nothing: the organiser does."""
    return seated_organisation if kind in BY_SEATED and seated_organisation is not None else organiser


def due_on(kind: TaskKind, today: date) -> date:
    """Until when: a working day, nobody calls on a Sunday or on the first of January."""
    return next_working_day(today + timedelta(days=DUE_DAYS[kind]))


def way_of(*, said_by_person: bool, accompanied: bool) -> Way | None:
    """Their own word when they gave it themselves; else whoever runs the event proposes, if they accompany them."""
    if said_by_person:
        return Way.OWN_WORD
    return Way.PROPOSAL if accompanied else None


def rank_of(seated: Outcome | None, moving: Outcome | None) -> Rank:
    """Agreements first, then those of whom one wants something, then the others."""
    if agreement(seated, moving) is not None:
        return Rank.AGREED
    wanted = {seated, moving} - {None, Outcome.NO}
    return Rank.ONE_SIDED if wanted else Rank.OTHER
