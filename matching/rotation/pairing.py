"""Which pairs should meet, all rounds taken together, and how good can any plan be at most?

A flow of whole meetings: seated -> pair -> moving, each participant at most in as many rounds as it can meet somebody,
all of them at most as often as the rounds hold. The matrix is totally unimodular, so the linear programme has a whole
solution, which the simplex finds. The aims are optimised one after the other: what is optimal at one aim is a face of
the polytope, found from the dual values, and the next aim is optimised on that face, which is again a flow.

Bounds do not rest on the solver: each is worked out here in whole numbers from its dual values (weak duality), and is
true whatever these are. A plan that reaches it is thereby proven optimal. When nobody is away in some of the rounds,
every choice can be laid out in rounds (see ``slate``) and the bound is reached; otherwise it is an upper bound.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.rotation.aims import ORDER, Aim, Standing, standing
from matching.rotation.ground import Edge, Ground

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    pairs: tuple[Edge, ...]
    bound: Standing


@dataclass(slots=True)
class Flow:
    """Columns: the pairs, then for each participant one column a meeting it may have. Rows: participants, then all."""

    matrix: Any
    """Sparse, of -1, 0 and 1."""
    right: Whole
    tight: npt.NDArray[np.bool_]
    """Rows that hold with equality."""
    low: Whole
    high: Whole


def choose(ground: Ground) -> Choice:
    """The best pairs, and the bound of each aim for any plan that reaches the bounds of the aims before it."""
    edges = sorted(ground.allowed)
    if not edges or not ground.room():
        return Choice((), standing(ground, ()))
    flow = _flow(ground, edges)
    bounds: dict[Aim, int] = {}
    for aim in ORDER:
        best, bounds[aim] = _optimise(flow, _gain(ground, edges, aim))
    alone = standing(ground, ())
    bounds[Aim.RESTS] = alone.rests - bounds[Aim.RESTS]
    pairs = tuple(edge for edge, taken in zip(edges, best[: len(edges)], strict=True) if taken)
    return Choice(pairs, Standing(**{aim.value: bound for aim, bound in bounds.items()}))


def _flow(ground: Ground, edges: list[Edge]) -> Flow:
    # SciPy takes 50 MB: only who makes a plan pays for it, a worker of the site that never does so does not.
    from scipy.sparse import csr_array

    slots = _slots(ground)
    last = len(ground.ids)
    entries = [
        *chain.from_iterable(((s, at, 1), (m, at, 1), (last, at, 1)) for at, (s, m) in enumerate(edges)),
        *((who, at, -1) for at, (who, _) in enumerate(slots, len(edges))),
    ]
    rows, columns, values = (np.array(column, dtype=np.int64) for column in zip(*entries, strict=True))
    width = len(edges) + len(slots)
    right, tight = np.zeros(last + 1, dtype=np.int64), np.ones(last + 1, dtype=np.bool_)
    right[last], tight[last] = ground.room(), False
    return Flow(
        matrix=csr_array((values, (rows, columns)), shape=(last + 1, width)),
        right=right,
        tight=tight,
        low=np.zeros(width, dtype=np.int64),
        high=np.ones(width, dtype=np.int64),
    )


def _slots(ground: Ground) -> list[tuple[int, int]]:
    """(participant, rests left before this meeting): the first meeting of each is the one that relieves it most.

    As many as there are rounds in which somebody is there whom the participant may meet.
    """
    useful = [0] * len(ground.ids)
    for pair in ground.allowed:
        for who, other in (pair, pair[::-1]):
            useful[who] |= ground.present[who] & ground.present[other]
    found = []
    for who in ground.everyone:
        rests = ground.present[who].bit_count() + ground.rested[who].bit_count()
        found += [(who, rests - met) for met in range(useful[who].bit_count())]
    return found


def _gain(ground: Ground, edges: list[Edge], aim: Aim) -> Whole:
    """By column. From r rests to r - 1 the square falls by 2r - 1: less and less, so that slots fill in order."""
    slots = [2 * rests - 1 if aim is Aim.RESTS else 0 for _, rests in _slots(ground)]
    match aim:
        case Aim.MEETINGS:
            pairs = [1] * len(edges)
        case Aim.RESTS:
            pairs = [0] * len(edges)
        case _:
            pairs = [int(getattr(ground.allowed[edge], aim)) for edge in edges]
    return np.array(pairs + slots, dtype=np.int64)


def _optimise(flow: Flow, gain: Whole) -> tuple[Whole, int]:
    """The optimum and its proven bound; narrows the flow to the face of all optima."""
    solution, prices = _solved(flow, gain)
    reduced = gain - flow.matrix.T @ prices
    bound = int(flow.right @ prices + np.maximum(flow.low * reduced, flow.high * reduced).sum())
    if bound != int(gain @ solution):
        raise ArithmeticError("the optimum of a flow is not proven")
    flow.low = np.where(reduced > 0, flow.high, flow.low)
    flow.high = np.where(reduced < 0, flow.low, flow.high)
    flow.tight = flow.tight | (prices != 0)
    return solution, bound


def _solved(flow: Flow, gain: Whole) -> tuple[Whole, Whole]:
    """Whole solution and whole prices (dual values) of the rows; the price of an inequality is not negative."""
    from scipy.optimize import linprog

    loose = ~flow.tight
    found = linprog(
        -gain,
        A_ub=flow.matrix[loose] if loose.any() else None,
        b_ub=flow.right[loose] if loose.any() else None,
        A_eq=flow.matrix[flow.tight],
        b_eq=flow.right[flow.tight],
        bounds=np.column_stack((flow.low, flow.high)),
        method="highs-ds",
    )
    if found.status != 0:
        raise ArithmeticError(f"the flow is not solved: {found.message}")
    prices = np.zeros(len(flow.right), dtype=np.int64)
    prices[flow.tight] = np.rint(-found.eqlin.marginals)
    if loose.any():
        prices[loose] = np.maximum(np.rint(-found.ineqlin.marginals), 0)
    return np.rint(found.x).astype(np.int64), prices
