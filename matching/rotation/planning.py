"""The plan of an event: who meets whom, in which round and at which table, and how good that provably is.

The pairs are chosen by an exact flow (``pairing``), laid out in rounds by alternating chains (``slate``), and the rests
spread (``spreading``). When nobody is away in some of the rounds to plan, the plan is optimal: its gap is 0. Otherwise
a local search (``improving``) brings it near the bound and the gap says how near at least. The same problem, its people
and pairs given in any order, always gives the same plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.rotation.aims import Aim, Standing, first_below, gap_percent, standing
from matching.rotation.ground import Edge, Ground, ground_of
from matching.rotation.improving import by_scarcity, by_worth, improve, settle
from matching.rotation.pairing import choose
from matching.rotation.problem import Meeting, Problem
from matching.rotation.seating import seat
from matching.rotation.slate import Slate
from matching.rotation.spreading import rests, spread_rests


@dataclass(frozen=True, slots=True)
class Plan:
    meetings: tuple[Meeting, ...]
    """Those planned, in the order of rounds and tables."""
    held: tuple[Meeting, ...]
    """Those held before, as they were given."""
    rests: Mapping[str, tuple[int, ...]]
    """By participant, the rounds of the whole event in which it is there and meets nobody."""
    reached: Standing
    """Of the meetings planned, aim by aim."""
    bound: Standing
    """Proven: no plan is better in the order of the aims (``aims.ORDER``)."""
    wishes_possible: int
    """Wished pairs that may still meet and are there together in some round, whatever the room."""

    @property
    def wishes_met(self) -> int:
        return self.reached.mutual + self.reached.one_sided

    @property
    def below(self) -> Aim | None:
        """The first aim at which the plan is below the bound; None: it is proven optimal."""
        return first_below(self.reached, self.bound)

    @property
    def gap_percent(self) -> float:
        """How much it is below at that aim, in percent of the bound."""
        return gap_percent(self.reached, self.bound)

    @property
    def whole(self) -> tuple[Meeting, ...]:
        """Held and planned."""
        return tuple(sorted((*self.held, *self.meetings)))


def plan(problem: Problem) -> Plan:
    ground = ground_of(problem)
    choice = choose(ground)
    slate = _laid_out(ground, choice.pairs)
    if standing(ground, slate.round_of) != choice.bound:
        slate = improve(slate, choice.pairs, choice.bound)
    spread_rests(slate)
    while standing(ground, slate.round_of) != choice.bound and settle(slate):  # rests that moved may meet each other
        spread_rests(slate)
    return Plan(
        meetings=seat(slate, problem.held),
        held=problem.held,
        rests={ground.ids[who]: rests(slate, who) for who in ground.everyone},
        reached=standing(ground, slate.round_of),
        bound=choice.bound,
        wishes_possible=sum(one.mutual + one.one_sided for one in ground.allowed.values()),
    )


def _laid_out(ground: Ground, pairs: tuple[Edge, ...]) -> Slate:
    """What finds no round, or no table in a round that stays too full, is left out."""
    slate = Slate(ground)
    for pair in by_worth(ground, pairs):
        slate.insert(pair)
    if not slate.balance():
        for at in by_scarcity(ground):
            held = by_worth(ground, [pair for pair, when in slate.round_of.items() if when == at])
            for pair in held[ground.tables :]:
                slate.take(pair)
    return slate
