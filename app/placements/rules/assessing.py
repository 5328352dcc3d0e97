"""What do host and person say at the end, and does it hold together?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from app.core.roles import ACCOMPANIMENT, Role
from app.placements.rules.kinds import Answer, AssessmentSide, Completion
from app.placements.rules.states import ASSESSABLE, PlacementState

WORDS_MOST: Final = 2000
"""Characters of what a side says in its own words."""


class Question(StrEnum):
    """The plain questions; each is the column of its answer."""

    TASKS_DONE = "tasks_done"
    PUNCTUAL = "punctual"
    TEAM = "team"
    LEARNS = "learns"
    TAKE_AGAIN = "take_again"
    LIKED = "liked"
    LEARNED = "learned"
    WELCOMED = "welcomed"
    WANTS_JOB = "wants_job"


QUESTIONS: Final = {
    AssessmentSide.HOST: (
        Question.TASKS_DONE,
        Question.PUNCTUAL,
        Question.TEAM,
        Question.LEARNS,
        Question.TAKE_AGAIN,
    ),
    AssessmentSide.PERSON: (Question.LIKED, Question.LEARNED, Question.WELCOMED, Question.WANTS_JOB),
}


class AssessmentRefusal(StrEnum):
    """Why an assessment does not hold together."""

    NO_COMPLETION = "placement_no_completion"
    NO_LAST_DAY = "placement_no_last_day"
    LAST_DAY_OUTSIDE = "placement_last_day_outside"
    MISSED_HOURS = "placement_missed_hours"
    HIRED_WITHOUT_DAY = "placement_hired_without_day"
    HIRED_TOO_EARLY = "placement_hired_too_early"


ASSESSMENT_FIELDS: Final = {
    AssessmentRefusal.NO_COMPLETION: "completion",
    AssessmentRefusal.NO_LAST_DAY: "last_day",
    AssessmentRefusal.LAST_DAY_OUTSIDE: "last_day",
    AssessmentRefusal.MISSED_HOURS: "missed_hours",
    AssessmentRefusal.HIRED_WITHOUT_DAY: "hired_on",
    AssessmentRefusal.HIRED_TOO_EARLY: "hired_on",
}
"""The field of the form beside which each stands."""


def sides_read_by(role: Role) -> frozenset[AssessmentSide]:
    """Who accompanies reads both; the person reads the host's too; the host reads its own alone; nobody else any."""
    if role in ACCOMPANIMENT | {Role.CANDIDATE}:
        return frozenset(AssessmentSide)
    return frozenset({AssessmentSide.HOST}) if role is Role.EMPLOYER else frozenset()


def may_say(state: PlacementState, *, said: bool) -> bool:
    """Once it is over, and corrected until it is closed; a side that said nothing before may still say it."""
    return state in ASSESSABLE and not (said and state is PlacementState.CLOSED)


@dataclass(frozen=True, slots=True)
class HostSays:
    """What the host says. ``last_day`` and ``missed_hours`` only when it was partly done."""

    completion: Completion | None
    last_day: date | None = None
    missed_hours: Decimal | None = None
    hired: bool | None = None
    hired_on: date | None = None


def assessment_refusals(
    said: HostSays, starts_on: date, ends_on: date, expected_hours: Decimal
) -> tuple[AssessmentRefusal, ...]:
    """All reasons. Partly: a last day before the end, or hours missed, at least one of them."""
    reasons = []
    if said.completion is None:
        reasons.append(AssessmentRefusal.NO_COMPLETION)
    if said.completion is Completion.PARTLY:
        reasons += _partly_refusals(said, starts_on, ends_on, expected_hours)
    if said.hired and said.hired_on is None:
        reasons.append(AssessmentRefusal.HIRED_WITHOUT_DAY)
    if said.hired and said.hired_on is not None and said.hired_on <= starts_on:
        reasons.append(AssessmentRefusal.HIRED_TOO_EARLY)
    return tuple(reasons)


def _partly_refusals(
    said: HostSays, starts_on: date, ends_on: date, expected_hours: Decimal
) -> list[AssessmentRefusal]:
    if said.last_day is None and not said.missed_hours:
        return [AssessmentRefusal.NO_LAST_DAY]
    reasons = []
    if said.last_day is not None and not starts_on <= said.last_day <= ends_on:
        reasons.append(AssessmentRefusal.LAST_DAY_OUTSIDE)
    if said.missed_hours is not None and not 0 <= said.missed_hours <= expected_hours:
        reasons.append(AssessmentRefusal.MISSED_HOURS)
    return reasons


def kept(said: HostSays) -> HostSays:
    """Without what its answers leave no room for: a last day of what was done whole, a day of no hire."""
    partly = said.completion is Completion.PARTLY
    return HostSays(
        completion=said.completion,
        last_day=said.last_day if partly else None,
        missed_hours=said.missed_hours if partly else None,
        hired=said.hired,
        hired_on=said.hired_on if said.hired else None,
    )


def answers_kept(side: AssessmentSide, answers: Mapping[Question, Answer]) -> dict[Question, Answer]:
    """The answers to the questions of that side, in their order."""
    return {question: answers[question] for question in QUESTIONS[side] if question in answers}
