"""How well does one person fit one offer, from 0 to 100, and where do the points come from?

Parts are whole millionths of a point, so that their sum is exact; points are rounded half up once, on the sum.
``matching.batch`` computes the same integers over columns; a property test holds the two together.
"""

from dataclasses import dataclass
from math import floor

from matching.comparison import Comparison, compare
from matching.criteria import Candidate, Offer, Tables, Weights

POINT = 1_000_000
"""One point, in the unit of the parts."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Millionths of a point."""

    trade: int
    travel: int
    grid: int
    skills: int
    french: int

    @property
    def total(self) -> int:
        return self.trade + self.travel + self.grid + self.skills + self.french


@dataclass(frozen=True, slots=True)
class Score:
    parts: Parts
    total: int
    """Whole points, 0 to 100."""


def score_pair(candidate: Candidate, offer: Offer, tables: Tables, weights: Weights) -> Score:
    """The score alone: ``filters.exclusions`` says whether the pair may be matched at all."""
    return score(compare(candidate, offer, tables, weights))


def score(pair: Comparison) -> Score:
    parts = Parts(
        trade=pair.trade.points * POINT,
        travel=_travel(pair),
        grid=_grid(pair),
        skills=_skills(pair),
        french=_french(pair),
    )
    return Score(parts, rounded(parts.total))


def rounded(millionths: int) -> int:
    """Whole points, half up."""
    return (millionths + POINT // 2) // POINT


def proportion(points: int, numerator: int, denominator: int) -> int:
    """That share of the points, in millionths, half up."""
    return (2 * points * POINT * numerator + denominator) // (2 * denominator)


def _travel(pair: Comparison) -> int:
    """A distance that is not known counts as the person's limit: no point, and no exclusion."""
    share = min(pair.route.best.share, 1.0) if pair.route.known else 1.0
    return floor(pair.weights.travel * POINT * (1.0 - share) + 0.5)


def _grid(pair: Comparison) -> int:
    covered, asked = (pair.covered, pair.asked) if pair.asked else (1, 1)
    return proportion(pair.weights.grid, covered * pair.hours.numerator, asked * pair.hours.denominator)


def _skills(pair: Comparison) -> int:
    """A required skill counts twice a wished one. Titles required by law are a filter, not points."""
    offer = pair.offer
    asked = 2 * len(offer.required_skills) + len(offer.wished_skills) + len(offer.wished_titles)
    held = 2 * len(pair.required_held) + sum(len(wished) for wished in pair.wished_held)
    return proportion(pair.weights.skills, held, asked) if asked else pair.weights.skills * POINT


def _french(pair: Comparison) -> int:
    """Half the points one level under the need, nothing further down."""
    missing = max(pair.offer.french - pair.candidate.french, 0)
    return pair.weights.french * POINT * max(2 - missing, 0) // 2
