"""What is a good plan, in which order, and how far below the proven bound is this one?

A plan is better than another when it is better at the first of these aims at which the two differ:

1. ``MUTUAL``    as many meetings as possible that both wish;
2. ``ONE_SIDED`` then as many as possible that one of the two wishes;
3. ``MEETINGS``  then as many meetings as possible: every allowed pair is worth something, nobody idles needlessly;
4. ``RESTS``     then rests as equal as possible on each side: the least sum of the squares of each one's rests over
                 the whole event, those before the first planned round included. A round in which a participant is
                 not there is no rest;
5. ``AFFINITY``  then the greatest sum of affinities.

Equal rests come before affinity (and after wishes) on purpose: the other way round, those who suit few would rest all
day so that those who suit many never do. Only then, and without a bound, are the rests of each one spread over time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matching.rotation.ground import Edge, Ground


class Aim(StrEnum):
    MUTUAL = "mutual"
    ONE_SIDED = "one_sided"
    MEETINGS = "meetings"
    RESTS = "rests"
    AFFINITY = "affinity"


ORDER = tuple(Aim)


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a plan does, aim by aim; of ``rests`` (a sum of squares) less is better."""

    mutual: int
    one_sided: int
    meetings: int
    rests: int
    affinity: int

    def key(self) -> tuple[int, ...]:
        """The greater, the better."""
        return self.mutual, self.one_sided, self.meetings, -self.rests, self.affinity

    def at(self, aim: Aim) -> int:
        return int(getattr(self, aim))


def standing(ground: Ground, pairs: Iterable[Edge]) -> Standing:
    """Of the meetings planned: what was held before is not counted, save in the rests."""
    chosen = list(pairs)
    worth = [ground.allowed[pair] for pair in chosen]
    rests = [ground.present[who].bit_count() + ground.rested[who].bit_count() for who in ground.everyone]
    for seated, moving in chosen:
        rests[seated] -= 1
        rests[moving] -= 1
    return Standing(
        mutual=sum(one.mutual for one in worth),
        one_sided=sum(one.one_sided for one in worth),
        meetings=len(chosen),
        rests=sum(count * count for count in rests),
        affinity=sum(one.affinity for one in worth),
    )


def first_below(reached: Standing, bound: Standing) -> Aim | None:
    """The first aim at which a plan is below the bound; the bounds of the later aims then say nothing of it."""
    return next((aim for aim in ORDER if reached.at(aim) != bound.at(aim)), None)


def gap_percent(reached: Standing, bound: Standing) -> float:
    """How much the plan is below the bound at that first aim, in percent of the bound; 0.0: no plan is better."""
    aim = first_below(reached, bound)
    if aim is None:
        return 0.0
    ours, best = reached.at(aim), bound.at(aim)
    return 100 * abs(best - ours) / max(best, ours)
