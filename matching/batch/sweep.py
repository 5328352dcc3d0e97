"""One offer × everyone, over whole columns. What many offers ask alike (trade, place, week) is computed once."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from matching.batch import arithmetic
from matching.batch.codes import LINK_BITS, WORD, Codes, bits_of
from matching.batch.people import CandidateColumns
from matching.batch.posts import OfferColumns
from matching.filters import Exclusion
from matching.scoring import POINT

Int32 = npt.NDArray[np.int32]
UInt8 = npt.NDArray[np.uint8]


class Sweep:
    """Scores and exclusions of all the people for one offer after another.

    Offers are best given in the order of ``in_good_order``: of the weeks only the last is kept.
    """

    def __init__(self, people: CandidateColumns, codes: Codes) -> None:
        self._people, self._codes, self._weights = people, codes, codes.weights
        self._trades: dict[int, Int32] = {}
        self._ways: dict[int, tuple[Int32, UInt8]] = {}
        self._week: tuple[bytes, int, Int32] | None = None
        self._covers: tuple[bytes, npt.NDArray[np.uint16]] | None = None
        self._french: dict[int, Int32] = {}
        self._facts: dict[int, UInt8] = {}
        self._millionths = np.empty(len(people), dtype=np.int32)
        self._excluded = np.empty(len(people), dtype=np.uint8)

    def offer(self, offers: OfferColumns, row: int) -> tuple[Int32, UInt8]:
        """Millionths of points, and masks of exclusions. Both arrays serve again at the next call."""
        travel, too_far = self._way(int(offers.place[row]))
        total = np.add(self._trade(int(offers.trade[row])), travel, out=self._millionths)
        total += self._hours_and_grid(offers, row)
        total += self._skills(offers, row)
        total += self._level(int(offers.french[row]))
        np.copyto(self._excluded, too_far)
        self._exclude(offers, row)
        return total, self._excluded

    def _trade(self, offered: int) -> Int32:
        found = self._trades.get(offered)
        if found is None:
            keys = self._codes.links_to(offered)[self._people.wanted].max(axis=0)
            found = self._trades[offered] = (keys >> LINK_BITS) * POINT
        return found

    def _way(self, place: int) -> tuple[Int32, UInt8]:
        found = self._ways.get(place)
        if found is None:
            people, weights = self._people, self._weights
            km = self._codes.tables.distances.matrix[place][people.place]
            shares = arithmetic.shares_of_limits(km, people.limit_minutes, people.limit_km, weights)
            share = shares.min(axis=0)
            too_far = (share > 1).astype(np.uint8) << np.uint8(Exclusion.TOO_FAR)
            found = self._ways[place] = (arithmetic.travel_points(share, weights), too_far)
        return found

    def _hours_and_grid(self, offers: OfferColumns, row: int) -> Int32:
        grid, hours = offers.grid[:, row].tobytes(), int(offers.hours[row])
        if self._week is None or self._week[:2] != (grid, hours):
            asked = int(offers.asked[row])
            numerator: npt.NDArray[np.float64] = np.ones(len(self._people))
            denominator: npt.NDArray[np.float64] = np.ones(len(self._people))
            if asked:
                numerator *= self._cover(grid, offers.grid[:, row])
                denominator *= asked
            if hours:
                numerator *= np.minimum(self._people.hours_high, hours)
                denominator *= np.maximum(self._people.hours_low, hours)
            self._week = (grid, hours, arithmetic.proportion(self._weights.grid, numerator, denominator))
        return self._week[2]

    def _cover(self, key: bytes, grid: arithmetic.Words) -> npt.NDArray[np.uint16]:
        if self._covers is None or self._covers[0] != key:
            self._covers = (key, arithmetic.covered(self._people.grid, grid))
        return self._covers[1]

    def _skills(self, offers: OfferColumns, row: int) -> Int32 | int:
        required, wished = bits_of(offers.required_skills[:, row]), bits_of(offers.wished[:, row])
        asked = 2 * len(required) + len(wished)
        if not asked:
            return self._weights.skills * POINT
        held = np.zeros(len(self._people), dtype=np.uint16)
        for bit in required:
            held += self._fact(bit)
        held += held
        for bit in wished:
            held += self._fact(bit)
        points: Int32 = arithmetic.proportion(self._weights.skills, np.arange(asked + 1), asked)[held]
        return points

    def _level(self, need: int) -> Int32:
        found = self._french.get(need)
        if found is None:
            missing = need - self._people.french
            found = self._french[need] = arithmetic.french_points(missing, self._weights)
        return found

    def _fact(self, bit: int) -> UInt8:
        """1 for the people who hold that skill, title or licence, or refuse that condition."""
        found = self._facts.get(bit)
        if found is None:
            word, place = divmod(bit, WORD)
            if word < len(self._people.held):
                found = ((self._people.held[word] >> np.uint64(place)) & np.uint64(1)).astype(np.uint8)
            else:
                found = np.zeros(len(self._people), dtype=np.uint8)
            self._facts[bit] = found
        return found

    def _exclude(self, offers: OfferColumns, row: int) -> None:
        people, excluded, start = self._people, self._excluded, offers.start[row]
        excluded |= (people.available > offers.latest[row]).view(np.uint8) << np.uint8(Exclusion.NOT_AVAILABLE)
        if offers.claused[row]:
            excluded |= (people.eligible < start).view(np.uint8) << np.uint8(Exclusion.NOT_ELIGIBLE)
        if offers.full[row]:
            excluded |= np.uint8(Exclusion.NO_PLACE_LEFT.bit)
        for bit in bits_of(offers.required_licences[:, row]):
            excluded |= (1 - self._fact(bit)) << np.uint8(Exclusion.LICENCE_MISSING)
        for bit in bits_of(offers.required_titles[:, row]):
            excluded |= (1 - self._fact(bit)) << np.uint8(Exclusion.TITLE_MISSING)
        for bit in bits_of(offers.conditions[:, row]):
            excluded |= self._fact(bit) << np.uint8(Exclusion.CONDITION_REFUSED)
        refused = self._codes.offers.known(offers.ids[row])
        if refused is not None:
            excluded[people.refusals.people_for(refused)] |= np.uint8(Exclusion.OFFER_REFUSED.bit)


def in_good_order(offers: OfferColumns) -> Iterable[int]:
    """Rows of the offers, those that ask for the same week one after another."""
    keys = [(offers.grid[:, row].tobytes(), int(offers.hours[row]), row) for row in range(len(offers))]
    return [row for _, _, row in sorted(keys)]
