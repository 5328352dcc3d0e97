"""How is a figure printed? One line: ``figure NAME VALUE UNIT goal GOAL baseline VALUE``."""

import statistics
import time
from collections.abc import Callable, Sequence


def figure(name: str, value: float, unit: str, goal: float, baseline: float | None) -> None:
    """Print one figure; a baseline that makes no sense is « - »."""
    reference = "-" if baseline is None else f"{baseline:.2f}"
    print(f"figure {name} {value:.2f} {unit} goal {goal:g} baseline {reference}", flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which ``share`` of the measures lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def milliseconds(act: Callable[[], object], times: int) -> list[float]:
    """How long each of several calls took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return taken
