"""How is a plan brought nearer to the bound when people are away in some of the rounds?

Laying pairs out in rounds is then list colouring, which nobody solves fast; this is a local search. Each step makes the
plan strictly better in the order of the aims, so it ends:

- a round is made anew: who meets whom in it is an assignment, solved exactly, all other rounds staying as they are;
- a wished meeting that has no round is forced into one, and what it pushes out is laid out again elsewhere.

Once no round changes any more (``settle``) nobody idles in a round where an allowed partner also idles and a table is
free: remaking that round would seat the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.rotation.aims import Standing, standing
from matching.rotation.ground import Edge, Ground
from matching.rotation.slate import NOBODY, Slate

MOST_PASSES = 20


def improve(slate: Slate, wanted: Iterable[Edge], bound: Standing) -> Slate:
    """``wanted``: the pairs chosen without looking at the rounds."""
    pairs = by_worth(slate.ground, wanted)
    for _ in range(MOST_PASSES):
        settle(slate)
        slate, forced = _force_all(slate, pairs)
        if not forced or standing(slate.ground, slate.round_of) == bound:
            break
    settle(slate)
    return slate


def settle(slate: Slate) -> bool:
    """Make rounds anew until none gets better; False when none did."""
    scales, better = Scales.of(slate.ground), False
    while sum(remake(slate, at, scales) for at in by_scarcity(slate.ground)):
        better = True
    return better


def by_worth(ground: Ground, pairs: Iterable[Edge]) -> list[Edge]:
    """The wished ones first; among equals those with the fewest rounds in common."""
    return sorted(pairs, key=lambda pair: (_rank(ground, pair), _common(ground, pair), pair))


def by_scarcity(ground: Ground) -> list[int]:
    """The rounds with the fewest participants first."""
    return sorted(ground.planned, key=lambda at: (sum(ground.is_present(who, at) for who in ground.everyone), at))


def _rank(ground: Ground, pair: Edge) -> int:
    worth = ground.allowed[pair]
    return 0 if worth.mutual else 2 - worth.one_sided


def _common(ground: Ground, pair: Edge) -> int:
    return (ground.present[pair[0]] & ground.present[pair[1]]).bit_count()


@dataclass(frozen=True, slots=True)
class Scales:
    """The aims as one whole number: what one meeting brings at an aim outweighs all that a round holds below it."""

    mutual: int
    one_sided: int
    meeting: int
    relief: int

    @classmethod
    def of(cls, ground: Ground) -> "Scales":
        most = min(ground.tables, ground.split, len(ground.ids) - ground.split) + 1
        relief = 100 * most + 1
        meeting = relief * (4 * ground.rounds * most + 1)
        one_sided = meeting * (most + 1)
        return cls(one_sided * (most + 1), one_sided, meeting, relief)

    def value(self, ground: Ground, pair: Edge, rests: tuple[int, int]) -> int:
        """``rests``: how often the two rest as long as this meeting is not held."""
        worth = ground.allowed[pair]
        relief = sum(2 * count - 1 for count in rests)
        return (
            self.mutual * worth.mutual
            + self.one_sided * worth.one_sided
            + self.meeting
            + self.relief * relief
            + worth.affinity
        )


def remake(slate: Slate, at: int, scales: Scales) -> bool:
    """Make one round anew, at the best given all the others; False when it was so already."""
    ground = slate.ground
    before = [pair for pair, when in slate.round_of.items() if when == at]
    for pair in before:
        slate.take(pair)
    values = _values(slate, at, scales)
    after = _assigned(values, ground)
    if sum(values[pair] for pair in after) <= sum(values[pair] for pair in before):
        after = before
    for pair in after:
        slate.put(pair, at)
    return after is not before


def _values(slate: Slate, at: int, scales: Scales) -> dict[Edge, int]:
    """Of the pairs that may meet in that round."""
    ground = slate.ground
    rests = [sum(1 for _ in slate.free_rounds(who)) + ground.rested[who].bit_count() for who in ground.everyone]
    free = {who for who in ground.everyone if slate.is_free(who, at)}
    return {
        pair: scales.value(ground, pair, (rests[pair[0]], rests[pair[1]]))
        for pair in ground.allowed
        if pair not in slate.round_of and pair[0] in free and pair[1] in free
    }


def _assigned(values: dict[Edge, int], ground: Ground) -> list[Edge]:
    """The assignment of the greatest value with at most as many pairs as there are tables.

    Whoever finds no table is assigned to a place aside; there are just as many as leave that number of pairs.
    """
    from scipy.optimize import linear_sum_assignment  # late: see ``pairing``

    seated, moving = sorted({pair[0] for pair in values}), sorted({pair[1] for pair in values})
    tables = min(ground.tables, len(seated), len(moving))
    if not tables:
        return []
    rows, columns = len(seated), len(moving)
    square = np.zeros((rows + columns - tables, columns + rows - tables))
    square[rows:, columns:] = -np.inf
    _fill(square, values, {who: row for row, who in enumerate(seated)}, {who: at for at, who in enumerate(moving)})
    found = zip(*linear_sum_assignment(square, maximize=True), strict=True)
    pairs = [(seated[row], moving[column]) for row, column in found if row < rows and column < columns]
    return [pair for pair in pairs if pair in values]


def _fill(
    square: npt.NDArray[np.float64], values: dict[Edge, int], row: dict[int, int], column: dict[int, int]
) -> None:
    for (seated, moving), value in values.items():
        square[row[seated], column[moving]] = value


def _force_all(slate: Slate, pairs: list[Edge]) -> tuple[Slate, bool]:
    forced = False
    for pair in pairs:
        if pair not in slate.round_of and (better := _forced(slate, pair)):
            slate, forced = better, True
    return slate, forced


def _forced(slate: Slate, pair: Edge) -> Slate | None:
    """The slate with that meeting, when it can be made so and is better for it."""
    ground, now = slate.ground, standing(slate.ground, slate.round_of).key()
    free = slate.copy()
    if free.insert(pair) and free.balance():
        return free if standing(ground, free.round_of).key() > now else None
    for at in ground.planned:
        if all(ground.is_present(who, at) for who in pair):
            trial = slate.copy()
            _push_in(trial, pair, at)
            if trial.balance() and standing(ground, trial.round_of).key() > now:
                return trial
    return None


def _push_in(slate: Slate, pair: Edge, at: int) -> None:
    """Put the meeting in that round whatever is there; what leaves is laid out again where it can be."""
    pushed = [meeting for who in pair if slate.partner[who][at] != NOBODY and (meeting := slate.meeting_of(who, at))]
    for meeting in pushed:
        slate.take(meeting)
    slate.put(pair, at)
    for meeting in by_worth(slate.ground, pushed):
        slate.insert(meeting)
