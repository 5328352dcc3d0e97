"""Why may this person not be matched with this offer at all? Every reason at once, none turned into a low score."""

from enum import IntEnum

from matching.comparison import Comparison, compare
from matching.criteria import Candidate, Offer, Tables, Weights


class Exclusion(IntEnum):
    """The value is the bit of the exclusion in a mask."""

    NO_PLACE_LEFT = 0
    NOT_ELIGIBLE = 1
    NOT_AVAILABLE = 2
    LICENCE_MISSING = 3
    TITLE_MISSING = 4
    TOO_FAR = 5
    CONDITION_REFUSED = 6
    OFFER_REFUSED = 7

    @property
    def bit(self) -> int:
        return 1 << self.value


def exclusions(pair: Comparison) -> tuple[Exclusion, ...]:
    candidate, offer = pair.candidate, pair.offer
    eligible = candidate.eligible_until is not None and candidate.eligible_until >= offer.start_on
    late = candidate.available_from is not None and candidate.available_from > offer.latest_start
    holds = {
        Exclusion.NO_PLACE_LEFT: offer.places_left <= 0,
        Exclusion.NOT_ELIGIBLE: offer.claused and not eligible,
        Exclusion.NOT_AVAILABLE: late,
        Exclusion.LICENCE_MISSING: not offer.required_licences <= candidate.licences,
        Exclusion.TITLE_MISSING: not offer.required_titles <= candidate.titles,
        Exclusion.TOO_FAR: pair.route.best.share > 1,
        Exclusion.CONDITION_REFUSED: not offer.conditions.isdisjoint(candidate.refusals),
        Exclusion.OFFER_REFUSED: offer.id in candidate.refused_offers,
    }
    return tuple(exclusion for exclusion in Exclusion if holds[exclusion])


def exclusions_of(candidate: Candidate, offer: Offer, tables: Tables, weights: Weights) -> tuple[Exclusion, ...]:
    return exclusions(compare(candidate, offer, tables, weights))


def mask(found: tuple[Exclusion, ...]) -> int:
    return sum(exclusion.bit for exclusion in found)


def from_mask(bits: int) -> tuple[Exclusion, ...]:
    return tuple(exclusion for exclusion in Exclusion if bits & exclusion.bit)
