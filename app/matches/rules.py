"""Which people does a facilitator ask to see for an offer, may they be proposed, and which weights may be chosen?"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.offers.rules import OfferState


class TradeFilter(StrEnum):
    """How near the wanted job must be to the one offered, as the address says it."""

    NEAR = "proche"
    SAME = "meme"
    ANY = "tous"


class MatchOrder(StrEnum):
    """In which order people are listed, as the address says it: by what the column shows, « - » first for downwards."""

    SCORE = "score"
    TRAVEL = "trajet"
    WAITING = "attente"


class Standing(StrEnum):
    """May people be proposed for an offer today?"""

    OPEN = "open"
    PAUSED = "paused"
    FILLED = "filled"
    EXPIRED = "expired"
    CLOSED = "closed"

    @property
    def ranks(self) -> bool:
        """Is there a reason to compare people with the offer? One in pause may go on; the others are over."""
        return self in {Standing.OPEN, Standing.PAUSED}


def standing(state: OfferState, *, expires_on: date | None, posts_left: int, today: date) -> Standing:
    """Past its last day an offer is over, even if the morning's job has not run; so is one without a post left."""
    match state:
        case OfferState.CLOSED:
            return Standing.CLOSED
        case OfferState.EXPIRED:
            return Standing.EXPIRED
        case OfferState.FILLED:
            return Standing.FILLED
    if expires_on is not None and expires_on < today:
        return Standing.EXPIRED
    if posts_left < 1:
        return Standing.FILLED
    return Standing.OPEN if state is OfferState.PUBLISHED else Standing.PAUSED


class WeightsRefusal(StrEnum):
    """Why a set of weights is refused."""

    NOT_A_HUNDRED = "not_a_hundred"
    RELATED_ABOVE_SAME = "related_above_same"
    FAMILY_ABOVE_ROME = "family_above_rome"
    ALREADY_DATED = "already_dated"
    PAST = "past"


WAITING_CHOICES = (7, 15, 30, 60)
PARTS = ("trade", "travel", "grid", "skills", "french")


def weights_refusals(points: Mapping[str, int], *, in_the_past: bool, taken: bool) -> tuple[WeightsRefusal, ...]:
    """All reasons: the five parts add up to 100, a related trade never brings more than the trade itself."""
    reasons = []
    if sum(points[part] for part in PARTS) != 100:
        reasons.append(WeightsRefusal.NOT_A_HUNDRED)
    if points["same_rome"] > points["trade"]:
        reasons.append(WeightsRefusal.RELATED_ABOVE_SAME)
    if points["family"] > points["same_rome"]:
        reasons.append(WeightsRefusal.FAMILY_ABOVE_ROME)
    if in_the_past:
        reasons.append(WeightsRefusal.PAST)
    if taken:
        reasons.append(WeightsRefusal.ALREADY_DATED)
    return tuple(reasons)
