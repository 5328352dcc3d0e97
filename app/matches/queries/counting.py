"""Who counts for the clause of an offer? The columns do not know it: it depends on the contract, so on the pair."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.clauses.queries.offers import until_for
from app.matches.queries.pool import Snapshot
from matching import criteria
from matching.batch import CandidatesFor, OffersFor
from matching.filters import Exclusion

Found = TypeVar("Found", CandidatesFor, OffersFor)
Eligible = Mapping[UUID, date] | None
"""The last day that counts of each person who does, or None: the offer has no clause."""


def only_eligible(found: CandidatesFor, eligible: Eligible, now: Snapshot) -> CandidatesFor:
    """Whoever does not count on the first day is left out, with that reason first."""
    if eligible is None:
        return found
    barred = np.ones(len(found.ids), dtype=np.bool_)
    barred[now.market.candidates.rows_of([str(key) for key in eligible])] = False
    return _without(found, barred)


def only_open_to(found: OffersFor, candidate_id: UUID, now: Snapshot) -> tuple[OffersFor, Mapping[str, date | None]]:
    """The offers of one person without those whose clause they do not count for, and the last day for the others."""
    if not now.claused:
        return found, {}
    until = until_for(candidate_id, now.claused)
    barred = np.zeros(len(found.ids), dtype=np.bool_)
    barred[now.market.offers.rows_of([key for key, day in until.items() if day is None])] = True
    return _without(found, barred), until


def _without(found: Found, barred: npt.NDArray[np.bool_]) -> Found:
    masks = found.exclusions | (barred.astype(np.uint8) << np.uint8(Exclusion.NOT_ELIGIBLE.value))
    return replace(found, order=found.order[~barred[found.order]], exclusions=masks)


def as_counting(
    profile: criteria.Candidate, need: criteria.Offer, eligible: Eligible
) -> tuple[criteria.Candidate, criteria.Offer]:
    """The pair as the reasons read it: « éligible à la clause jusqu'au … », or why not."""
    if eligible is None:
        return profile, need
    return replace(profile, eligible_until=eligible.get(UUID(profile.id))), replace(need, claused=True)


def missing_only_eligibility(found: CandidatesFor) -> npt.NDArray[np.bool_]:
    """Those who would suit if their eligibility were checked."""
    return np.asarray(found.exclusions == Exclusion.NOT_ELIGIBLE.bit)
