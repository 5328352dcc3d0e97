"""What is known of one follow-up, as far as the weak signals need it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from app.follow_up.rules.kinds import VisitKind, VoiceSide
from app.follow_up.rules.states import VisitState

ANSWERED: Final[Mapping[VisitState, bool]] = {
    VisitState.HELD: True,
    VisitState.REFUSED: True,
    VisitState.ABSENT: False,
    VisitState.NO_ANSWER: False,
}
"""Was anybody reached at a visit so reported? A refusal is an answer; nobody at the meeting is none."""


@dataclass(frozen=True, slots=True)
class AbsentDay:
    """A day not worked, as the tutor or the person declared it; announced days count as well."""

    on: date
    side: VoiceSide


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit of the calendar; ``ref`` names it for ever, ``met_on`` is the day reported."""

    ref: str
    kind: VisitKind
    state: VisitState
    planned_on: date
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An exchange outside the visits, tried or made, with either side."""

    on: date
    answered: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the follow-up. ``end_on`` is foreseen (None: open-ended), ``ended_on`` is the last day when it ended."""

    ref: str
    start_on: date
    hours_week: Decimal
    end_on: date | None = None
    trial_ends_on: date | None = None
    ended_on: date | None = None
    planned: bool = False
    """It was decided what follows."""

    @property
    def last_day(self) -> date | None:
        """The last day as far as is known, None while nothing says that it ends."""
        return self.ended_on if self.ended_on is not None else self.end_on


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one follow-up that goes on. ``hours``: by first day of the month, none where no report came."""

    absences: Sequence[AbsentDay] = ()
    visits: Sequence[VisitRow] = ()
    contacts: Sequence[Contact] = ()
    jobs: Sequence[Job] = ()
    hours: Mapping[date, Decimal] = field(default_factory=dict)
