"""The people and the offers of one moment, ready to be matched.

A change makes a new market and leaves the old one whole, so that threads may go on reading.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.batch import arithmetic
from matching.batch.codes import Codes
from matching.batch.everything import Everything, match_everything
from matching.batch.pairs import judge
from matching.batch.people import CandidateColumns
from matching.batch.posts import OfferColumns
from matching.batch.sweep import Sweep
from matching.criteria import Candidate, Offer, Tables, Weights
from matching.filters import Exclusion

UInt8 = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class CandidatesFor:
    """One offer × everyone. Rows index ``ids``."""

    ids: tuple[str, ...]
    order: npt.NDArray[np.intp]
    """Rows of those who may be matched, the best first, ties resolved."""
    scores: UInt8
    """A score for each row, of those who are excluded too."""
    exclusions: UInt8
    """A mask for each row; ``matching.filters.from_mask`` reads it; 0 may be matched."""


@dataclass(frozen=True, slots=True, eq=False)
class OffersFor:
    """One person × all offers. Rows index ``ids``."""

    ids: tuple[str, ...]
    order: npt.NDArray[np.intp]
    scores: UInt8
    exclusions: UInt8
    reasons: npt.NDArray[np.uint64]
    """Codes; ``matching.reasons.from_code`` reads them."""


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    codes: Codes
    candidates: CandidateColumns
    offers: OfferColumns

    @classmethod
    def of(cls, candidates: Iterable[Candidate], offers: Iterable[Offer], tables: Tables, weights: Weights) -> Self:
        codes = Codes(tables, weights)
        return cls(codes, CandidateColumns.of(candidates, codes), OfferColumns.of(offers, codes))

    def with_candidates(self, changed: Collection[Candidate], removed: Collection[str] = ()) -> Self:
        if not changed and not removed:
            return self
        return replace(self, candidates=self.candidates.changed(changed, removed, self.codes))

    def with_offers(self, changed: Collection[Offer], removed: Collection[str] = ()) -> Self:
        if not changed and not removed:
            return self
        return replace(self, offers=self.offers.changed(changed, removed, self.codes))

    def candidates_for(self, offer: Offer) -> CandidatesFor:
        """The offer need not be one of the market's own: a draft can be tried."""
        millionths, excluded = Sweep(self.candidates, self.codes).offer(OfferColumns.of([offer], self.codes), 0)
        scores = arithmetic.rounded(millionths)
        return CandidatesFor(self.candidates.ids, _order(scores, excluded), scores, excluded)

    def offers_for(self, candidate: Candidate) -> OffersFor:
        """The person need not be one of the market's own."""
        person = CandidateColumns.of([candidate], self.codes)
        pairs = judge(person.take(np.zeros(len(self.offers), dtype=np.intp)), self.offers, self.codes)
        excluded = pairs.exclusions
        excluded[self.offers.rows_of(candidate.refused_offers)] |= np.uint8(Exclusion.OFFER_REFUSED.bit)
        return OffersFor(self.offers.ids, _order(pairs.totals, excluded), pairs.totals, excluded, pairs.reasons)

    def everything(self, count: int = 20) -> Everything:
        return match_everything(self.candidates, self.offers, self.codes, count)


def _order(scores: UInt8, excluded: UInt8) -> npt.NDArray[np.intp]:
    """Columns are in tie order: a stable sort keeps it among equal scores."""
    rows = np.flatnonzero(excluded == 0)
    return rows[np.argsort(scores[rows] ^ 255, kind="stable")]
