"""How long does everyone × everything take, how much memory, and how much better is that than a plain loop?

``measure`` is a library function for ``make bench``. It works in a process of its own, so that the peak of memory is
that of the matching and of the people and offers made up for it (about 110 MB), and nobody else's.
``python -m tests.performance.match_bench`` prints the figures.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from matching.batch import Market
from matching.criteria import Weights
from matching.ranking import rank_candidates
from tests.matching.synthetic import World, world

PEOPLE, OFFERS = 25_512, 5_000
ROOT = Path(__file__).parents[2]
ONE_OFFER_RUNS, ONE_PERSON_RUNS, CHANGES = 100, 50, 20


@dataclass(frozen=True)
class Figure:
    """``baseline`` is the plain Python loop measured in the same run; None where there is none."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    baseline: float | None = None

    def __str__(self) -> str:
        known = [("goal", self.goal), ("baseline", self.baseline)]
        return " ".join(
            ["figure", self.name, f"{self.value:.4g}", self.unit]
            + [f"{word} {value:.4g}" for word, value in known if value is not None]
        )


def measure(people: int = PEOPLE, offers: int = OFFERS) -> list[Figure]:
    command = [sys.executable, "-m", "tests.performance.match_bench", str(people), str(offers), "--json"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [Figure(**line) for line in json.loads(done.stdout)]


def figures(people: int, offers: int) -> list[Figure]:
    """In this process. The plain loop scores everyone for one offer; for all offers it is multiplied."""
    crowd = world(people, offers)
    loop_s = _seconds(lambda: rank_candidates(crowd.offers[0], crowd.candidates, crowd.tables, Weights()))
    build_s, market = _built(crowd)
    one_offer = [1000 * _seconds(lambda what=what: market.candidates_for(what)) for what in _some(crowd.offers)]
    one_person = [1000 * _seconds(lambda who=who: market.offers_for(who)) for who in crowd.candidates[:ONE_PERSON_RUNS]]
    changes = [1000 * _seconds(lambda who=who: market.with_candidates([who])) for who in crowd.candidates[:CHANGES]]
    everything_s = _seconds(market.everything)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    columns_mb = sum(array.nbytes for array in market.candidates.arrays().values()) / 1e6
    return [
        Figure("match.everyone_by_everything_s", everything_s, "s", 15, loop_s * offers),
        Figure("match.everyone_by_everything_mb", peak_mb, "MB", 500),
        Figure("match.loop_ratio", loop_s * offers / everything_s, "times"),
        Figure("match.one_offer_p50_ms", statistics.median(one_offer), "ms", 10, 1000 * loop_s),
        Figure("match.one_offer_p95_ms", _p95(one_offer), "ms", 10, 1000 * loop_s),
        Figure("match.one_person_p50_ms", statistics.median(one_person), "ms"),
        Figure("match.change_p50_ms", statistics.median(changes), "ms"),
        Figure("match.build_s", build_s, "s"),
        Figure("match.columns_mb", columns_mb, "MB"),
    ]


def _built(crowd: World) -> tuple[float, Market]:
    start = time.perf_counter()
    market = Market.of(crowd.candidates, crowd.offers, crowd.tables, Weights())
    return time.perf_counter() - start, market


def _some(offers: list) -> list:
    return offers[:: max(len(offers) // ONE_OFFER_RUNS, 1)]


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [PEOPLE, OFFERS]
    found = figures(*sizes)
    print(json.dumps([asdict(one) for one in found]) if "--json" in sys.argv else "\n".join(map(str, found)))
