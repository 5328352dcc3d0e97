"""Pure answers about places, words and trades."""

from app.reference.rules.places import (
    EARTH_RADIUS_KM,
    FIRST_DAY,
    Assigned,
    MdsTerms,
    assignment_refusals,
    closing_refusals,
    distance_km,
)
from app.reference.rules.refusals import ReferenceRefusal
from app.reference.rules.trades import OTHER_FAMILY, FamilyGuess, NearMoves, TradeSource, domain_of, gendered
from app.reference.rules.words import (
    Closeness,
    Rank,
    closeness,
    essence,
    normalise,
    rank,
    search_text,
    similarity,
    tidy_words,
    trigrams,
    word_refusals,
)

__all__ = [
    "EARTH_RADIUS_KM",
    "FIRST_DAY",
    "OTHER_FAMILY",
    "Assigned",
    "Closeness",
    "FamilyGuess",
    "MdsTerms",
    "NearMoves",
    "Rank",
    "ReferenceRefusal",
    "TradeSource",
    "assignment_refusals",
    "closeness",
    "closing_refusals",
    "distance_km",
    "domain_of",
    "essence",
    "gendered",
    "normalise",
    "rank",
    "search_text",
    "similarity",
    "tidy_words",
    "trigrams",
    "word_refusals",
]
