"""How well do two suit each other, and why? A structure that trains and a firm; a person and a recruiter."""

from matching.affinity.explaining import AffinityReason, AffinitySentence, Reader, affinity_reasons, explain
from matching.affinity.job_dating import BestOffer, best_offer
from matching.affinity.likeness import Likeness, affinity
from matching.affinity.partners import AffinityWeights, Job, Partner

__all__ = [
    "AffinityReason",
    "AffinitySentence",
    "AffinityWeights",
    "BestOffer",
    "Job",
    "Likeness",
    "Partner",
    "Reader",
    "affinity",
    "affinity_reasons",
    "best_offer",
    "explain",
]
