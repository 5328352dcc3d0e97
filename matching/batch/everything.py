"""Everyone × everything: the best people of every offer and the best offers of every person, with their reasons."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.batch import arithmetic
from matching.batch.codes import Codes
from matching.batch.kept import BestOffers, best_rows
from matching.batch.pairs import reason_codes
from matching.batch.people import CandidateColumns
from matching.batch.posts import OfferColumns
from matching.batch.sweep import Sweep, in_good_order

Int32 = npt.NDArray[np.int32]
UInt8 = npt.NDArray[np.uint8]

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """The best of each row, ``NOBODY`` where fewer can be matched; ``matching.reasons.from_code`` reads the reasons."""

    rows: Int32
    scores: UInt8
    reasons: npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Everything:
    candidate_ids: tuple[str, ...]
    offer_ids: tuple[str, ...]
    candidates: Kept
    """A line for each offer; ``rows`` index ``candidate_ids``."""
    offers: Kept
    """A line for each candidate; ``rows`` index ``offer_ids``."""


def match_everything(people: CandidateColumns, offers: OfferColumns, codes: Codes, count: int) -> Everything:
    """In one thread: the steps are so short that two threads would mostly wait for each other."""
    sweep, best_offers = Sweep(people, codes), BestOffers(len(people), count)
    rows = np.full((len(offers), count), NOBODY, dtype=np.int32)
    marks = np.zeros((len(offers), count), dtype=np.uint8)
    for offer in in_good_order(offers):
        millionths, excluded = sweep.offer(offers, offer)
        found = marks_of(millionths, excluded)
        best = best_rows(found, count)
        rows[offer, : len(best)] = best
        marks[offer, : len(best)] = found[best]
        best_offers.see(offer, found)
    return Everything(
        candidate_ids=people.ids,
        offer_ids=offers.ids,
        candidates=_with_reasons(rows, marks, people, offers, codes, of_offers=True),
        offers=_with_reasons(*best_offers.best(), people, offers, codes, of_offers=False),
    )


def marks_of(millionths: Int32, excluded: UInt8) -> UInt8:
    """The score plus 1; 0 for those who are excluded."""
    marks = arithmetic.rounded(millionths)
    marks += 1
    marks *= excluded == 0
    return marks


def _with_reasons(
    rows: Int32, marks: UInt8, people: CandidateColumns, offers: OfferColumns, codes: Codes, *, of_offers: bool
) -> Kept:
    line, place = np.nonzero(rows != NOBODY)
    other = rows[line, place].astype(np.intp)
    reasons = np.zeros(rows.shape, dtype=np.uint64)
    persons, posts = (other, line) if of_offers else (line, other)
    reasons[line, place] = reason_codes(people, persons, offers, posts, codes)
    return Kept(rows, np.where(marks > 0, marks - 1, 0).astype(np.uint8), reasons)
