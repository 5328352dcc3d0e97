"""What speaks for a match, what speaks against it, and what is to be checked? Facts, without words.

The order of the members is the order in which sentences are shown, the best first; a member's value is its bit in the
compact code that the batch keeps for each pair.
"""

from enum import IntEnum, StrEnum

from matching.comparison import Comparison, TradeLink
from matching.criteria import Means
from matching.slots import earliest_start

SHORT_SHARE = 0.5
LONG_SHARE = 0.9
"""Shares of the person's own limit: up to half the way is short, from nine tenths on it is long."""


class Side(StrEnum):
    FOR = "for"
    AGAINST = "against"
    CHECK = "check"


class Reason(IntEnum):
    SAME_TRADE = 0
    SAME_ROME = 1
    SAME_COMMUNE = 2
    ALL_SLOTS = 3
    ALL_REQUIRED_SKILLS = 4
    TITLE_HELD = 5
    SHORT_TRIP = 6
    NEAR_MOVE = 7
    HOURS_FIT = 8
    LICENCE_HELD = 9
    MOST_SLOTS = 10
    WISHED_HELD = 11
    FRENCH_ABOVE = 12
    FRENCH_JUST = 13
    FAIR_TRIP = 14
    SOME_REQUIRED_SKILLS = 15
    AVAILABLE = 16
    ELIGIBLE = 17
    SAME_FAMILY = 18
    FREE_HOURS = 19
    NO_SKILL_ASKED = 20

    OTHER_TRADE = 21
    LONG_TRIP = 22
    FEW_SLOTS = 23
    FEWER_HOURS = 24
    MORE_HOURS = 25
    REQUIRED_SKILLS_MISSING = 26
    FRENCH_UNDER = 27
    FRENCH_FAR = 28

    EARLY_START = 29
    AVAILABILITY_UNKNOWN = 30
    GRID_UNKNOWN = 31
    TRAVEL_UNKNOWN = 32
    DISTANCE_UNKNOWN = 33

    @property
    def bit(self) -> int:
        return 1 << self.value

    @property
    def side(self) -> Side:
        if self < Reason.OTHER_TRADE:
            return Side.FOR
        return Side.AGAINST if self < Reason.EARLY_START else Side.CHECK


LINK_REASONS = {
    TradeLink.SAME_TRADE: Reason.SAME_TRADE,
    TradeLink.SAME_ROME: Reason.SAME_ROME,
    TradeLink.NEAR_MOVE: Reason.NEAR_MOVE,
    TradeLink.FAMILY: Reason.SAME_FAMILY,
    TradeLink.NONE: Reason.OTHER_TRADE,
}


def reasons(pair: Comparison) -> tuple[Reason, ...]:
    """The best first, then what speaks against, then what is to be checked."""
    holds = {
        LINK_REASONS[pair.trade.link]: True,
        **_of_the_way(pair),
        **_of_the_week(pair),
        **_of_what_is_held(pair),
        **_of_dates(pair),
    }
    return tuple(reason for reason in Reason if holds.get(reason, False))


def code(found: tuple[Reason, ...]) -> int:
    return sum(reason.bit for reason in found)


def from_code(bits: int) -> tuple[Reason, ...]:
    return tuple(reason for reason in Reason if bits & reason.bit)


def _of_the_way(pair: Comparison) -> dict[Reason, bool]:
    route, share = pair.route, pair.route.best.share
    walks = route.on_foot <= pair.weights.walk_minutes or route.share_by(Means.FOOT) <= 1
    drives = route.share_by(Means.CAR) <= 1
    early = earliest_start(pair.offer.grid) is not None
    return {
        Reason.SAME_COMMUNE: route.km == 0,
        Reason.SHORT_TRIP: route.km > 0 and share <= SHORT_SHARE,
        Reason.FAIR_TRIP: route.km > 0 and SHORT_SHARE < share < LONG_SHARE,
        Reason.LONG_TRIP: route.km > 0 and LONG_SHARE <= share <= 1,
        Reason.EARLY_START: early and not drives and not walks,
        Reason.TRAVEL_UNKNOWN: not route.said,
        Reason.DISTANCE_UNKNOWN: not route.known,
    }


def _of_the_week(pair: Comparison) -> dict[Reason, bool]:
    asks, said, hours = pair.asked > 0, pair.candidate.grid != 0, pair.hours
    whole, most = pair.covered == pair.asked, 2 * pair.covered >= pair.asked
    return {
        Reason.ALL_SLOTS: asks and said and whole,
        Reason.MOST_SLOTS: asks and said and most and not whole,
        Reason.FEW_SLOTS: asks and said and not most,
        Reason.GRID_UNKNOWN: asks and not said,
        Reason.FREE_HOURS: not asks,
        Reason.HOURS_FIT: hours.said and not hours.below and not hours.above,
        Reason.FEWER_HOURS: hours.below,
        Reason.MORE_HOURS: hours.above,
    }


def _of_what_is_held(pair: Comparison) -> dict[Reason, bool]:
    candidate, offer = pair.candidate, pair.offer
    required, held = len(offer.required_skills), len(pair.required_held)
    above = candidate.french - offer.french
    return {
        Reason.ALL_REQUIRED_SKILLS: 0 < required == held,
        Reason.SOME_REQUIRED_SKILLS: 0 < held < required,
        Reason.REQUIRED_SKILLS_MISSING: held < required,
        Reason.WISHED_HELD: any(pair.wished_held),
        Reason.NO_SKILL_ASKED: not (required or offer.wished_skills or offer.wished_titles or offer.required_titles),
        Reason.TITLE_HELD: bool(offer.required_titles) and offer.required_titles <= candidate.titles,
        Reason.LICENCE_HELD: bool(offer.required_licences) and offer.required_licences <= candidate.licences,
        Reason.FRENCH_ABOVE: offer.french > 0 and above > 0,
        Reason.FRENCH_JUST: offer.french > 0 and above == 0,
        Reason.FRENCH_UNDER: above == -1,
        Reason.FRENCH_FAR: above < -1,
    }


def _of_dates(pair: Comparison) -> dict[Reason, bool]:
    candidate, start = pair.candidate, pair.offer.start_on
    return {
        Reason.AVAILABLE: candidate.available_from is not None and candidate.available_from <= start,
        Reason.AVAILABILITY_UNKNOWN: candidate.available_from is None,
        Reason.ELIGIBLE: pair.offer.claused
        and candidate.eligible_until is not None
        and candidate.eligible_until >= start,
    }
