"""What is noted of an accident or another fact, and may it be noted so? Never a medical detail."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from app.placements.rules.kinds import IncidentKind
from app.placements.rules.states import VALIDATED_ONES, PlacementState

WORDS_MOST: Final = 400
"""Characters: where and how, not a file."""
REPORTABLE: Final = VALIDATED_ONES - {PlacementState.VALIDATED}
"""It has begun; a fact may be noted after the end."""


class IncidentRefusal(StrEnum):
    """Why a fact or its declaration cannot be noted so."""

    OUTSIDE = "placement_incident_outside"
    IN_FUTURE = "placement_incident_in_future"
    NO_WORDS = "placement_incident_no_words"
    DECLARED_WHERE = "placement_incident_declared_where"
    DECLARED_WHEN = "placement_incident_declared_when"
    DECLARED_IN_FUTURE = "placement_incident_declared_in_future"
    DECLARED_BEFORE = "placement_incident_declared_before"


_R = IncidentRefusal
INCIDENT_FIELDS: Final = {
    _R.OUTSIDE: "day",
    _R.IN_FUTURE: "day",
    _R.NO_WORDS: "words",
    _R.DECLARED_WHERE: "declared_to",
    _R.DECLARED_WHEN: "declared_on",
    _R.DECLARED_IN_FUTURE: "declared_on",
    _R.DECLARED_BEFORE: "declared_on",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """To which body, and when; both or neither."""

    to: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, and the declaration when it is made."""

    kind: IncidentKind
    day: date
    hour: time | None
    words: str
    declared: Declared = Declared()


def incident_refusals(incident: Incident, starts_on: date, last_day: date, today: date) -> tuple[IncidentRefusal, ...]:
    """All reasons against it."""
    reasons = []
    if not starts_on <= incident.day <= last_day:
        reasons.append(_R.OUTSIDE)
    if incident.day > today:
        reasons.append(_R.IN_FUTURE)
    if not incident.words.strip():
        reasons.append(_R.NO_WORDS)
    return (*reasons, *declared_refusals(incident.declared, incident.day, today))


def declared_refusals(declared: Declared, day: date, today: date) -> tuple[IncidentRefusal, ...]:
    """All reasons against a declaration; one that is not made yet is none."""
    reasons = []
    if declared.on is not None and not declared.to.strip():
        reasons.append(_R.DECLARED_WHERE)
    if declared.to.strip() and declared.on is None:
        reasons.append(_R.DECLARED_WHEN)
    if declared.on is not None and declared.on > today:
        reasons.append(_R.DECLARED_IN_FUTURE)
    if declared.on is not None and declared.on < day:
        reasons.append(_R.DECLARED_BEFORE)
    return tuple(reasons)
