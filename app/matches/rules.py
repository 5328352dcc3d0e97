"""Which people does a facilitator ask to see for an offer, and which weights may the département choose?"""

from collections.abc import Mapping
from enum import StrEnum


class TradeFilter(StrEnum):
    """How near the wanted job must be to the one offered."""

    SAME = "same"
    NEAR = "near"
    ANY = "any"


class MatchOrder(StrEnum):
    """In which order people are listed."""

    SCORE = "score"
    TRAVEL = "travel"
    WAITING = "waiting"


class WeightsRefusal(StrEnum):
    """Why a set of weights is refused."""

    NOT_A_HUNDRED = "not_a_hundred"
    RELATED_ABOVE_SAME = "related_above_same"
    ALREADY_DATED = "already_dated"
    PAST = "past"


WAITING_CHOICES = (30, 60, 90)
PARTS = ("trade", "travel", "grid", "skills", "french")


def weights_refusals(points: Mapping[str, int], *, in_the_past: bool, taken: bool) -> tuple[WeightsRefusal, ...]:
    """All reasons: the five parts add up to 100, a related trade never brings more than the trade itself."""
    reasons = []
    if sum(points[part] for part in PARTS) != 100:
        reasons.append(WeightsRefusal.NOT_A_HUNDRED)
    if not points["family"] <= points["same_rome"] <= points["trade"]:
        reasons.append(WeightsRefusal.RELATED_ABOVE_SAME)
    if in_the_past:
        reasons.append(WeightsRefusal.PAST)
    if taken:
        reasons.append(WeightsRefusal.ALREADY_DATED)
    return tuple(reasons)
