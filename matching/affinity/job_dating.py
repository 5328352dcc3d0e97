"""Which offer of a recruiter suits a person best, and how well? The score of a person and an offer, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.comparison import Comparison, compare
from matching.criteria import Candidate, Offer, Tables, Weights
from matching.ranking import Excluded, rank_offers


@dataclass(frozen=True, slots=True)
class BestOffer:
    score: int
    """Whole points, 0 to 100; 0 when no offer of the recruiter may be proposed to the person."""
    offer: Offer | None
    pair: Comparison | None
    """What the sentences of ``matching.explanation`` are written from, for each reader."""
    excluded: tuple[Excluded, ...]
    """For the facilitator alone."""


def best_offer(candidate: Candidate, offers: Iterable[Offer], tables: Tables, weights: Weights) -> BestOffer:
    """``offers``: those of one recruiter. Of equal ones the first by identifier."""
    known = {offer.id: offer for offer in offers}
    ranking = rank_offers(candidate, known.values(), tables, weights)
    if not ranking.ranked:
        return BestOffer(0, None, None, ranking.excluded)
    first = ranking.ranked[0]
    offer = known[first.id]
    return BestOffer(first.score.total, offer, compare(candidate, offer, tables, weights), ranking.excluded)
