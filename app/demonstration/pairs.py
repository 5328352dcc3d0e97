"""Who met which offer in the invented département? People whom the matching itself would have proposed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.candidates import queries as candidates
from app.demonstration.ground import Ground
from app.offers import queries as offers
from app.reference import queries as reference
from matching.batch import NOBODY, Market
from matching.criteria import Weights

LEAST_SCORE = 55
BUSY_OFFERS = 10
BUSY_APPLICATIONS = 824

Pair = tuple[dict[str, Any], dict[str, Any]]


def make_pairs(ground: Ground, open_offers: Sequence[dict[str, Any]], ready: Sequence[dict[str, Any]]) -> list[Pair]:
    """Offer and person, each pair once. Aïcha is left for the visitor to play; in a whole département one employer
    has 824 applications.
    """
    people = {row["id"]: row for row in ready}
    chosen: dict[tuple[UUID, UUID], Pair] = {}
    suiting = _suiting()
    for rank, offer in enumerate(open_offers):
        known = [people[key] for key in suiting.get(offer["id"], ()) if key in people]
        wanted = 4 if rank == 0 else ground.random.choice((0, 1, 2, 3, 4))
        for person in ground.random.sample(known, min(len(known), wanted)):
            chosen[offer["id"], person["id"]] = (offer, person)
    if len(ready) > 2 * BUSY_APPLICATIONS:
        firm = open_offers[0]["organisation_id"]
        theirs = [offer for offer in open_offers if offer["organisation_id"] == firm][:BUSY_OFFERS]
        for rank, person in enumerate(ground.random.sample(list(ready), BUSY_APPLICATIONS)):
            offer = theirs[rank % len(theirs)]
            chosen[offer["id"], person["id"]] = (offer, person)
    return list(chosen.values())


def _suiting() -> dict[UUID, list[UUID]]:
    """For each open offer, the people who suit it best: the first four are left to be proposed by the visitor."""
    market = Market.of(
        candidates.matching_rows().candidates, offers.matching_rows().offers, reference.matching_tables(), Weights()
    )
    best = market.everything(20)
    found: dict[UUID, list[UUID]] = {}
    for line, offer_id in enumerate(best.offer_ids):
        rows, scores = best.candidates.rows[line], best.candidates.scores[line]
        found[UUID(offer_id)] = [
            UUID(best.candidate_ids[row])
            for row, score in zip(rows.tolist(), scores.tolist(), strict=True)
            if row != NOBODY and score >= LEAST_SCORE
        ][4:]
    return found
