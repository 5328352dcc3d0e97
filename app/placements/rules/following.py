"""What follows a stage, and does it hold together?"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.placements.rules.kinds import NextKind

AHEAD: Final = timedelta(days=366)


class NextRefusal(StrEnum):
    """Why what follows does not hold together."""

    BEFORE = "placement_next_before"
    TOO_FAR = "placement_next_too_far"


NEXT_FIELDS: Final = {NextRefusal.BEFORE: "on", NextRefusal.TOO_FAR: "on"}
"""The field of the form beside which each stands."""


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows, since when, in which words (those who accompany read them, nobody else)."""

    kind: NextKind
    on: date
    words: str = ""


def next_refusals(said: Follows, starts_on: date, today: date) -> tuple[NextRefusal, ...]:
    """All reasons: it follows the first day of the stage, and is known for a year ahead at most."""
    reasons = []
    if said.on <= starts_on:
        reasons.append(NextRefusal.BEFORE)
    if said.on > today + AHEAD:
        reasons.append(NextRefusal.TOO_FAR)
    return tuple(reasons)
