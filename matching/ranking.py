"""In which order? The best score first; then who has waited longest without a proposal; then the identifier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matching.comparison import compare
from matching.criteria import Candidate, Offer, Tables, Weights
from matching.filters import Exclusion, exclusions
from matching.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Ranked:
    """``id`` is the candidate's in the ranking of an offer, the offer's in the ranking of a candidate."""

    id: str
    score: Score


@dataclass(frozen=True, slots=True)
class Excluded:
    id: str
    exclusions: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    ranked: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]


def rank_candidates(offer: Offer, candidates: Iterable[Candidate], tables: Tables, weights: Weights) -> Ranking:
    in_tie_order = sorted(candidates, key=candidate_tie)
    return _ranking([(person.id, person, offer) for person in in_tie_order], tables, weights)


def rank_offers(candidate: Candidate, offers: Iterable[Offer], tables: Tables, weights: Weights) -> Ranking:
    """Offers of equal score come in the order of their identifiers."""
    in_tie_order = sorted(offers, key=lambda offer: offer.id)
    return _ranking([(offer.id, candidate, offer) for offer in in_tie_order], tables, weights)


def candidate_tie(candidate: Candidate) -> tuple[date, str]:
    return candidate.waiting_since, candidate.id


def _ranking(pairs: list[tuple[str, Candidate, Offer]], tables: Tables, weights: Weights) -> Ranking:
    """Sorting is stable: pairs given in tie order keep it."""
    ranked, excluded = [], []
    for key, candidate, offer in pairs:
        pair = compare(candidate, offer, tables, weights)
        if found := exclusions(pair):
            excluded.append(Excluded(key, found))
        else:
            ranked.append(Ranked(key, score(pair)))
    ranked.sort(key=lambda row: -row.score.total)
    return Ranking(tuple(ranked), tuple(excluded))
