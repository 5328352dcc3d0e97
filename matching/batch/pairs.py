"""Parts, exclusions and reasons of many pairs, row by row: one person × all offers, or the pairs kept by a run."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.batch import arithmetic
from matching.batch.codes import LINK_BITS, NO_LINK, Codes
from matching.batch.people import NO_MOST_HOURS, CandidateColumns
from matching.batch.posts import OfferColumns
from matching.comparison import TradeLink
from matching.criteria import Means
from matching.filters import Exclusion
from matching.reasons import LINK_REASONS, LONG_SHARE, SHORT_SHARE, Reason
from matching.scoring import POINT

Rows = npt.NDArray[np.intp]
Bool = npt.NDArray[np.bool_]
Int32 = npt.NDArray[np.int32]
PART = 1 << 15
"""Pairs handled at a time, so that the columns between stay small."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    parts: Int32
    """Trade, travel, grid, skills, French, in millionths of a point."""
    totals: npt.NDArray[np.uint8]
    exclusions: npt.NDArray[np.uint8]
    """Without the offers refused or applied to."""
    reasons: npt.NDArray[np.uint64]


def judge(people: CandidateColumns, offers: OfferColumns, codes: Codes) -> Pairs:
    """Row i of the people beside row i of the offers."""
    judged = _Judged(people, offers, codes)
    trade, travel = judged.trade(), judged.travel()
    parts = np.stack([trade, travel, judged.week(), judged.skills(), judged.french()])
    judged.dates()
    return Pairs(parts, arithmetic.rounded(parts.sum(axis=0, dtype=np.int32)), judged.exclusions, judged.reasons)


def reason_codes(
    people: CandidateColumns, person_rows: Rows, offers: OfferColumns, offer_rows: Rows, codes: Codes
) -> npt.NDArray[np.uint64]:
    """The reasons of the pairs (person_rows[i], offer_rows[i])."""
    found = np.empty(len(person_rows), dtype=np.uint64)
    for first in range(0, len(found), PART):
        part = slice(first, first + PART)
        found[part] = judge(people.take(person_rows[part]), offers.take(offer_rows[part]), codes).reasons
    return found


class _Judged:
    """Gathers the bits of reasons and exclusions while the parts are computed."""

    def __init__(self, people: CandidateColumns, offers: OfferColumns, codes: Codes) -> None:
        self._people, self._offers, self._codes = people, offers, codes
        self.reasons = np.zeros(len(people), dtype=np.uint64)
        self.exclusions = np.zeros(len(people), dtype=np.uint8)

    def trade(self) -> Int32:
        keys = np.zeros(len(self._people), dtype=np.int32)
        for offered in np.unique(self._offers.trade).tolist():
            here = np.flatnonzero(self._offers.trade == offered)
            keys[here] = self._codes.links_to(offered)[self._people.wanted[:, here]].max(axis=0)
        link = NO_LINK - (keys & NO_LINK)
        for one in TradeLink:
            self._note(LINK_REASONS[one], link == one)
        return (keys >> LINK_BITS) * POINT

    def travel(self) -> Int32:
        people, offers, weights = self._people, self._offers, self._codes.weights
        km = self._codes.tables.distances.matrix[people.place, offers.place]
        shares = arithmetic.shares_of_limits(km, people.limit_minutes, people.limit_km, weights)
        share, moves = shares.min(axis=0), km > 0
        on_foot = arithmetic.minutes_for(Means.FOOT, km, weights)
        walks = (on_foot <= weights.walk_minutes) | (shares[arithmetic.FOOT] <= 1)
        self._note(Reason.SAME_COMMUNE, km == 0)
        self._note(Reason.SHORT_TRIP, moves & (share <= SHORT_SHARE))
        self._note(Reason.FAIR_TRIP, moves & (share > SHORT_SHARE) & (share < LONG_SHARE))
        self._note(Reason.LONG_TRIP, moves & (share >= LONG_SHARE) & (share <= 1))
        self._note(Reason.EARLY_START, offers.early & ~walks & ~(shares[arithmetic.CAR] <= 1))
        self._note(Reason.TRAVEL_UNKNOWN, ~people.travel_said)
        self._note(Reason.DISTANCE_UNKNOWN, np.isnan(km))
        self._exclude(Exclusion.TOO_FAR, share > 1)
        return arithmetic.travel_points(share, weights)

    def week(self) -> Int32:
        people, offers = self._people, self._offers
        covered = arithmetic.covered(people.grid, offers.grid).astype(np.int32)
        asked = offers.asked.astype(np.int32)
        asks, whole, most = asked > 0, covered == asked, 2 * covered >= asked
        said = asks & people.grid_said
        self._note(Reason.ALL_SLOTS, said & whole)
        self._note(Reason.MOST_SLOTS, said & most & ~whole)
        self._note(Reason.FEW_SLOTS, said & ~most)
        self._note(Reason.GRID_UNKNOWN, asks & ~people.grid_said)
        self._note(Reason.FREE_HOURS, ~asks)
        numerator, denominator = self._hours()
        covered[~asks], asked[~asks] = 1, 1
        return arithmetic.proportion(self._codes.weights.grid, covered * numerator, asked * denominator)

    def skills(self) -> Int32:
        people, offers = self._people, self._offers
        required = arithmetic.count_all(offers.required_skills).astype(np.int32)
        wished = arithmetic.count_all(offers.wished)
        required_held = arithmetic.count_held(people.held, offers.required_skills).astype(np.int32)
        wished_held = arithmetic.count_held(people.held, offers.wished)
        self._note(Reason.ALL_REQUIRED_SKILLS, (required > 0) & (required_held == required))
        self._note(Reason.SOME_REQUIRED_SKILLS, (required_held > 0) & (required_held < required))
        self._note(Reason.REQUIRED_SKILLS_MISSING, required_held < required)
        self._note(Reason.WISHED_HELD, wished_held > 0)
        titles = self._required(offers.required_titles, Reason.TITLE_HELD, Exclusion.TITLE_MISSING)
        self._required(offers.required_licences, Reason.LICENCE_HELD, Exclusion.LICENCE_MISSING)
        self._exclude(Exclusion.CONDITION_REFUSED, arithmetic.count_held(people.held, offers.conditions) > 0)
        asked, held = 2 * required + wished, 2 * required_held + wished_held
        self._note(Reason.NO_SKILL_ASKED, (asked == 0) & ~titles)
        nothing = asked == 0
        return arithmetic.proportion(
            self._codes.weights.skills, np.where(nothing, 1, held), np.where(nothing, 1, asked)
        )

    def french(self) -> Int32:
        above, needed = self._people.french - self._offers.french, self._offers.french > 0
        self._note(Reason.FRENCH_ABOVE, needed & (above > 0))
        self._note(Reason.FRENCH_JUST, needed & (above == 0))
        self._note(Reason.FRENCH_UNDER, above == -1)
        self._note(Reason.FRENCH_FAR, above < -1)
        return arithmetic.french_points(-above, self._codes.weights)

    def dates(self) -> None:
        people, offers = self._people, self._offers
        eligible = people.eligible >= offers.start
        self._note(Reason.AVAILABLE, (people.available > 0) & (people.available <= offers.start))
        self._note(Reason.AVAILABILITY_UNKNOWN, people.available == 0)
        self._note(Reason.ELIGIBLE, offers.claused & eligible)
        self._exclude(Exclusion.NOT_AVAILABLE, people.available > offers.latest)
        self._exclude(Exclusion.NOT_ELIGIBLE, offers.claused & ~eligible)
        self._exclude(Exclusion.NO_PLACE_LEFT, offers.full)

    def _hours(self) -> tuple[Int32, Int32]:
        hours = self._offers.hours.astype(np.int32)
        low, high = self._people.hours_low.astype(np.int32), self._people.hours_high.astype(np.int32)
        given, limited = hours > 0, (low > 0) | (high < NO_MOST_HOURS)
        below, above = given & (hours < low), given & (hours > high)
        self._note(Reason.FEWER_HOURS, below)
        self._note(Reason.MORE_HOURS, above)
        self._note(Reason.HOURS_FIT, given & limited & ~below & ~above)
        numerator, denominator = np.minimum(hours, high), np.maximum(hours, low)
        return np.where(given, numerator, 1), np.where(given, denominator, 1)

    def _required(self, mask: arithmetic.Words, held: Reason, missing: Exclusion) -> Bool:
        asked = arithmetic.count_all(mask)
        lacking = arithmetic.count_held(self._people.held, mask) < asked
        self._exclude(missing, lacking)
        self._note(held, (asked > 0) & ~lacking)
        return asked > 0

    def _note(self, reason: Reason, where: Bool) -> None:
        self.reasons |= where.astype(np.uint64) << np.uint64(reason)

    def _exclude(self, exclusion: Exclusion, where: Bool) -> None:
        self.exclusions |= where.astype(np.uint8) << np.uint8(exclusion)
