"""The problem as the solver reads it: participants are numbers, rounds are bits.

Numbers below ``split`` are the seated, the others the moving, each side in the order of its identifiers: a plan does
not depend on the order in which people are given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.rotation.problem import Pair, Problem

Edge = tuple[int, int]
"""A seated number and a moving number."""


@dataclass(frozen=True, slots=True)
class Worth:
    mutual: int
    one_sided: int
    affinity: int


@dataclass(frozen=True, slots=True)
class Ground:
    ids: tuple[str, ...]
    split: int
    rounds: int
    tables: int
    planned: range
    """The rounds to plan."""
    present: tuple[int, ...]
    """By participant, the rounds to plan in which it is there."""
    rested: tuple[int, ...]
    """By participant, the rounds before those in which it was there and met nobody."""
    allowed: Mapping[Edge, Worth]
    """The pairs that may meet: not forbidden, not met yet, both there in some round."""

    @property
    def everyone(self) -> range:
        return range(len(self.ids))

    def is_present(self, who: int, at: int) -> bool:
        return bool(self.present[who] >> at & 1)

    def room(self) -> int:
        """How many meetings the rounds can hold at most."""
        return sum(
            min(self.tables, *(sum(self.is_present(who, at) for who in side) for side in self._sides()))
            for at in self.planned
        )

    def _sides(self) -> tuple[range, range]:
        return range(self.split), range(self.split, len(self.ids))


def ground_of(problem: Problem) -> Ground:
    seated = sorted(problem.seated, key=lambda one: one.id)
    moving = sorted(problem.moving, key=lambda one: one.id)
    everyone = [*seated, *moving]
    busy = {(who, one.round) for one in problem.held for who in (one.seated, one.moving)}
    there = [one.rounds_of(problem.rounds) for one in everyone]
    present = tuple(_bits(at for at in rounds if at >= problem.first_round) for rounds in there)
    rested = tuple(
        _bits(at for at in rounds if at < problem.first_round and (one.id, at) not in busy)
        for one, rounds in zip(everyone, there, strict=True)
    )
    return Ground(
        ids=tuple(one.id for one in everyone),
        split=len(seated),
        rounds=problem.rounds,
        tables=problem.tables,
        planned=range(problem.first_round, problem.rounds),
        present=present,
        rested=rested,
        allowed=_allowed(problem, [one.id for one in seated], [one.id for one in moving], present),
    )


def _allowed(problem: Problem, seated: list[str], moving: list[str], present: tuple[int, ...]) -> dict[Edge, Worth]:
    known, met = problem.known_pairs(), {(one.seated, one.moving) for one in problem.held}
    allowed = {}
    for row, ours in enumerate(seated):
        for number, theirs in enumerate(moving, len(seated)):
            pair = known.get((ours, theirs), Pair(ours, theirs))
            if not pair.forbidden and (ours, theirs) not in met and present[row] & present[number]:
                allowed[row, number] = Worth(int(pair.wishes == 2), int(pair.wishes == 1), pair.affinity)
    return allowed


def _bits(rounds: Iterable[int]) -> int:
    return sum(1 << at for at in rounds)
