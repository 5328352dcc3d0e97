"""One line of a list of matches: the row, its score, and sentences for the one who reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.matches.queries.pool import Snapshot
from app.matches.queries.weights import weights_of, weights_row
from app.offers import queries as offers
from app.offers.models import Offer
from app.reference import queries as reference
from matching import criteria
from matching.batch import Market
from matching.comparison import Comparison, compare
from matching.explanation import best, for_employer, for_facilitator, for_person, why_excluded
from matching.explanation.french import BY_MEANS, duration, on_day, typeset
from matching.filters import Exclusion
from matching.reasons import Side
from matching.scoring import score


@dataclass(frozen=True, slots=True)
class Line:
    """A person and an offer. ``score`` and ``to_check`` are for those who accompany, never for the person."""

    candidate: Candidate
    offer: Offer
    score: int
    in_favour: Sequence[str]
    to_check: Sequence[str]
    person: Sequence[str]
    employer: Sequence[str]
    travel: str
    waiting_days: int


def line(
    candidate: Candidate,
    profile: criteria.Candidate,
    offer: Offer,
    need: criteria.Offer,
    snapshot: Snapshot,
    today: date,
) -> Line:
    """Judge one pair with its reasons."""
    pair = compare(profile, need, snapshot.tables, snapshot.weights)
    said = for_facilitator(pair, snapshot.words)
    return Line(
        candidate=candidate,
        offer=offer,
        score=score(pair).total,
        in_favour=[sentence.text for sentence in said if sentence.side is Side.FOR],
        to_check=[sentence.text for sentence in said if sentence.side is not Side.FOR],
        person=[sentence.text for sentence in best(for_person(pair, snapshot.words))],
        employer=list(for_employer(pair, snapshot.words)),
        travel=_travel(pair),
        waiting_days=max(0, (today - candidate.waiting_since).days),
    )


def judged(candidate: Candidate, offer: Offer, today: date) -> Line | None:
    """One pair by itself, without the market; None when one of the two cannot be compared."""
    people = candidates.matching_rows(ids=[candidate.id], anybody=True).candidates
    needs = offers.matching_rows(ids=[offer.id]).offers
    if not people or not needs:
        return None
    tables, weights = reference.matching_tables(), weights_of(weights_row(today))
    alone = Snapshot(Market.of((), (), tables, weights), tables, weights, reference.matching_words())
    return line(candidate, people[0], offer, needs[0], alone, today)


def _travel(pair: Comparison) -> str:
    """« 12 min à vélo », in the words of a column, which is sorted by minutes."""
    if not pair.route.known:
        return "inconnu"
    trip = pair.route.best
    words = f"{duration(trip.minutes)} {BY_MEANS[trip.travel.means]}"
    return "sur place" if pair.route.km == 0 else typeset(words).replace("minutes", "min").replace("minute", "min")


def why_not(profile: criteria.Candidate, need: criteria.Offer, snapshot: Snapshot) -> str:
    """Why a pair is not matched, every reason with its figures; empty when it may be."""
    pair = compare(profile, need, snapshot.tables, snapshot.weights)
    return "\u00a0; ".join(text for _, text in why_excluded(pair, snapshot.words))


def why_excluded_first(profile: criteria.Candidate, need: criteria.Offer, snapshot: Snapshot) -> str:
    """Under the title of the first reason: its figures alone; then the other reasons."""
    pair = compare(profile, need, snapshot.tables, snapshot.weights)
    texts = [_under_title(exclusion, text, profile) for exclusion, text in why_excluded(pair, snapshot.words)[:1]]
    texts += [text[:1].lower() + text[1:] for _, text in why_excluded(pair, snapshot.words)[1:]]
    return "\u00a0; ".join(texts)


def _under_title(exclusion: Exclusion, text: str, profile: criteria.Candidate) -> str:
    if exclusion is Exclusion.NOT_AVAILABLE and profile.available_from is not None:
        return typeset(f"libre le {on_day(profile.available_from)}")
    return text.partition("\u00a0: ")[2] or text
