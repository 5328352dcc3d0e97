"""One line of a list of matches: the row, its score, and sentences for the one who reads."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.candidates import queries as candidates
from app.candidates.models import Candidate
from app.clauses.queries.offers import eligible_for
from app.matches.queries.counting import as_counting
from app.matches.queries.pool import Snapshot
from app.matches.queries.weights import weights_of, weights_row
from app.offers import queries as offers
from app.offers.models import Offer
from app.reference import queries as reference
from matching import criteria
from matching.batch import Market
from matching.comparison import Comparison, compare
from matching.criteria import Words
from matching.explanation import Sentence, best, for_employer, for_facilitator, for_person, why_excluded
from matching.explanation.french import BY_MEANS, duration, on_day, typeset
from matching.filters import Exclusion
from matching.reasons import Side
from matching.scoring import score


@dataclass(frozen=True)
class Line:
    """A person and an offer. ``score`` and what the facilitator reads are never for the person.

    Sentences are written when they are read: a list needs one reader's only.
    """

    candidate: Candidate
    offer: Offer
    pair: Comparison
    words: Words
    today: date

    @cached_property
    def score(self) -> int:
        """0 to 100."""
        return score(self.pair).total

    @cached_property
    def _facilitator(self) -> tuple[Sentence, ...]:
        return for_facilitator(self.pair, self.words)

    @property
    def in_favour(self) -> list[str]:
        """What speaks for the match, the best first."""
        return [sentence.text for sentence in self._facilitator if sentence.side is Side.FOR]

    @property
    def to_check(self) -> list[str]:
        """What speaks against it, and what is to be checked."""
        return [sentence.text for sentence in self._facilitator if sentence.side is not Side.FOR]

    @cached_property
    def person(self) -> list[str]:
        """The three sentences of the person."""
        return [sentence.text for sentence in best(for_person(self.pair, self.words))]

    @cached_property
    def employer(self) -> list[str]:
        """What the employer may read."""
        return list(for_employer(self.pair, self.words))

    @property
    def travel(self) -> str:
        """« 12 min à vélo », in the words of a column, which is sorted by minutes."""
        route = self.pair.route
        if not route.known:
            return "inconnu"
        words = f"{duration(route.best.minutes)} {BY_MEANS[route.best.travel.means]}"
        return "sur place" if route.km == 0 else typeset(words).replace("minutes", "min").replace("minute", "min")

    @property
    def waiting_days(self) -> int:
        """Since the last proposal, or since the person became ready."""
        return max(0, (self.today - self.candidate.waiting_since).days)


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
    return Line(candidate, offer, pair, snapshot.words, today)


def judged(candidate: Candidate, offer: Offer, today: date) -> Line | None:
    """One pair by itself, without the market; None when one of the two cannot be compared."""
    people = candidates.matching_rows(ids=[candidate.id], anybody=True).candidates
    needs = offers.matching_rows(ids=[offer.id]).offers
    if not people or not needs:
        return None
    tables, weights = reference.matching_tables(), weights_of(weights_row(today))
    alone = Snapshot(Market.of((), (), tables, weights), tables, weights, reference.matching_words())
    profile, need = as_counting(people[0], needs[0], eligible_for(offer))
    return line(candidate, profile, offer, need, alone, today)


def why_not(profile: criteria.Candidate, need: criteria.Offer, snapshot: Snapshot) -> str:
    """Why a pair is not matched, every reason with its figures; empty when it may be."""
    pair = compare(profile, need, snapshot.tables, snapshot.weights)
    return "\u00a0; ".join(text for _, text in why_excluded(pair, snapshot.words))


def why_excluded_first(profile: criteria.Candidate, need: criteria.Offer, snapshot: Snapshot) -> str:
    """Of somebody who is left out, under the title of the first reason: its figures alone; then the other reasons."""
    pair = compare(profile, need, snapshot.tables, snapshot.weights)
    first, *others = why_excluded(pair, snapshot.words)
    return "\u00a0; ".join([_under_title(*first, profile), *(text[:1].lower() + text[1:] for _, text in others)])


def _under_title(exclusion: Exclusion, text: str, profile: criteria.Candidate) -> str:
    if exclusion is Exclusion.NOT_AVAILABLE and profile.available_from is not None:
        return typeset(f"libre le {on_day(profile.available_from)}")
    return text.partition("\u00a0: ")[2] or text
