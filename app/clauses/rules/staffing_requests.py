"""When is a lot's need for people asked, kept up to date, covered or over, how urgent is it, and who answers it?"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.clauses.rules.staffing import Need
from app.clauses.rules.states import StaffingAction
from app.organisations.rules import PROVIDER_KINDS

HORIZON_WEEKS: Final = 12
"""A need is asked when the last start is at most that far: the alert comes 8 weeks before, a recruitment takes four."""
SOON: Final = timedelta(weeks=2)
RESTS: Final = {StaffingAction.COVER.value: timedelta(weeks=4), StaffingAction.END.value: timedelta(weeks=12)}
"""How long nothing is asked again once a person said « C’est pourvu » (time to sign and start) or withdrew the need."""
MOST_POSTS: Final = 200
WORDS_MOST: Final = 500


class StaffingStep(StrEnum):
    """What the working out does with a lot."""

    NOTHING = "nothing"
    OPEN = "open"
    UPDATE = "update"
    COVER = "cover"
    END = "end"


class Urgency(StrEnum):
    """How far is the last day on which people may start?"""

    LATE = "late"
    SOON = "soon"
    LATER = "later"


class StaffingRefusal(StrEnum):
    """Why an answer is not taken."""

    NO_POST = "no_post"
    TOO_MANY_POSTS = "too_many_posts"
    STARTS_AFTER_WORKS = "starts_after_works"
    STARTS_BEFORE_TODAY = "starts_before_today"
    NOT_A_PROVIDER = "not_a_provider"
    OWN_LOT = "own_lot"


def step_of(need: Need | None, *, is_open: bool, today: date, rests_until: date | None = None) -> StaffingStep:
    """``need`` is None when the lot is over, or has no known end. A need that is asked stays asked until it is met,
    even when an avenant takes its last start further than the horizon."""
    if need is None:
        return StaffingStep.END if is_open else StaffingStep.NOTHING
    if need.covered:
        return StaffingStep.COVER if is_open else StaffingStep.NOTHING
    if need.too_late or need.start_before is None:
        return StaffingStep.NOTHING
    if is_open:
        return StaffingStep.UPDATE
    if rests_until is not None and today < rests_until:
        return StaffingStep.NOTHING
    near = need.start_before <= today + timedelta(weeks=HORIZON_WEEKS)
    return StaffingStep.OPEN if near else StaffingStep.NOTHING


def urgency(start_before: date | None, today: date) -> Urgency:
    """Late from the day after the last start; soon when it is at most two weeks away."""
    if start_before is None or start_before < today:
        return Urgency.LATE
    return Urgency.SOON if start_before <= today + SOON else Urgency.LATER


def answer_refusals(
    posts: int,
    available_from: date,
    *,
    today: date,
    ends_on: date | None,
    kind: str,
    holds_the_lot: bool,
    said_before: Collection[date] = (),
) -> list[StaffingRefusal]:
    """All reasons at once. ``said_before``: a day already given may stay, though it has passed since."""
    reasons = []
    if kind not in PROVIDER_KINDS:
        reasons.append(StaffingRefusal.NOT_A_PROVIDER)
    if holds_the_lot:
        reasons.append(StaffingRefusal.OWN_LOT)
    if posts < 1:
        reasons.append(StaffingRefusal.NO_POST)
    if posts > MOST_POSTS:
        reasons.append(StaffingRefusal.TOO_MANY_POSTS)
    if ends_on is not None and available_from > ends_on:
        reasons.append(StaffingRefusal.STARTS_AFTER_WORKS)
    if available_from < today and available_from not in said_before:
        reasons.append(StaffingRefusal.STARTS_BEFORE_TODAY)
    return reasons
