"""May somebody be away on these days and be covered by that colleague?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

LONGEST: Final = timedelta(days=366)


class CoverRefusal(StrEnum):
    """Why an absence is not recorded."""

    END_BEFORE_START = "follow_up_cover_end_before_start"
    OVER = "follow_up_cover_over"
    TOO_LONG = "follow_up_cover_too_long"
    ONESELF = "follow_up_cover_oneself"
    NOT_A_COLLEAGUE = "follow_up_cover_not_a_colleague"
    OVERLAP = "follow_up_cover_overlap"
    COVER_AWAY = "follow_up_cover_away"
    COVERS_SOMEBODY = "follow_up_cover_covers_somebody"
    NOT_YOURS = "follow_up_cover_not_yours"


class CoverStanding(StrEnum):
    """Where a cover is today."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    ENDED_EARLY = "ended_early"


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody away from a day to another, both included, and who acts for them."""

    absent_id: UUID
    cover_id: UUID
    first_day: date
    last_day: date

    def meets(self, other: "Away") -> bool:
        """Have the two a day in common?"""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def cover_refusals(
    wanted: Away, known: Collection[Away], colleagues: Collection[UUID], today: date
) -> tuple[CoverRefusal, ...]:
    """Every reason against; empty: it may be. ``known`` are the covers not ended, ``colleagues`` who may cover."""
    reasons = []
    if wanted.last_day < wanted.first_day:
        reasons.append(CoverRefusal.END_BEFORE_START)
    elif wanted.last_day < today:
        reasons.append(CoverRefusal.OVER)
    elif wanted.last_day - wanted.first_day > LONGEST:
        reasons.append(CoverRefusal.TOO_LONG)
    if wanted.absent_id == wanted.cover_id:
        reasons.append(CoverRefusal.ONESELF)
    elif wanted.cover_id not in colleagues:
        reasons.append(CoverRefusal.NOT_A_COLLEAGUE)
    return (*reasons, *_meeting(wanted, known))


def _meeting(wanted: Away, known: Collection[Away]) -> list[CoverRefusal]:
    same_days = [one for one in known if one.meets(wanted)]
    reasons = []
    if any(one.absent_id == wanted.absent_id for one in same_days):
        reasons.append(CoverRefusal.OVERLAP)
    if any(one.absent_id == wanted.cover_id for one in same_days):
        reasons.append(CoverRefusal.COVER_AWAY)
    if any(one.cover_id == wanted.absent_id for one in same_days):
        reasons.append(CoverRefusal.COVERS_SOMEBODY)
    return reasons


def cover_standing(first_day: date, last_day: date, ended_early: bool, today: date) -> CoverStanding:
    """A cover ends by itself on its last day."""
    if ended_early:
        return CoverStanding.ENDED_EARLY
    if first_day > today:
        return CoverStanding.COMING
    return CoverStanding.RUNNING if last_day >= today else CoverStanding.OVER
