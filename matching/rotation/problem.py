"""Who comes to a speed dating, when, whom they wish to meet, and what has been held already?

Identifiers are opaque; rounds are counted from 0, tables from 1.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

BEST_AFFINITY = 100


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    available: frozenset[int] | None = None
    """Rounds in which the participant may meet (late, own break, leaving early); None: all of them.
    Rounds that the event does not have are ignored."""

    def rounds_of(self, rounds: int) -> frozenset[int]:
        every = frozenset(range(rounds))
        return every if self.available is None else every & self.available


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of two participants. A pair that is not listed is allowed, without affinity or wish."""

    seated: str
    moving: str
    affinity: int = 0
    seated_wishes: bool = False
    moving_wishes: bool = False
    forbidden: bool = False
    """One of them does not want to meet the other, or both belong to one organisation."""

    def __post_init__(self) -> None:
        if not 0 <= self.affinity <= BEST_AFFINITY:
            raise ValueError("an affinity lies between 0 and 100")

    @property
    def wishes(self) -> int:
        """0: nobody's; 1: one wishes; 2: both wish."""
        return self.seated_wishes + self.moving_wishes

    def merged_with(self, other: "Pair") -> "Pair":
        """The same pair said twice: a refusal wins, wishes add up, the better affinity counts."""
        return Pair(
            self.seated,
            self.moving,
            max(self.affinity, other.affinity),
            self.seated_wishes or other.seated_wishes,
            self.moving_wishes or other.moving_wishes,
            self.forbidden or other.forbidden,
        )


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    round: int
    table: int
    seated: str
    moving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An event to be planned from ``first_round`` on.

    Pairs of people who are not there are ignored. A participant given twice, or on both sides, is an error; so is
    a meeting held in a round that is still to be planned.
    """

    seated: tuple[Participant, ...]
    """They keep a table as long as there is one for each."""
    moving: tuple[Participant, ...]
    rounds: int
    tables: int
    pairs: tuple[Pair, ...] = ()
    held: tuple[Meeting, ...] = ()
    """Held or being held: never touched, and nobody in them meets the same person again."""
    first_round: int = 0

    def __post_init__(self) -> None:
        if self.rounds < 0 or self.tables < 0:
            raise ValueError("an event has no negative number of rounds or tables")
        if not 0 <= self.first_round <= self.rounds:
            raise ValueError("the first round to plan lies within the event")
        if twice := _twice(one.id for one in (*self.seated, *self.moving)):
            raise ValueError(f"a participant is given twice: {', '.join(twice)}")
        if any(not 0 <= one.round < self.first_round for one in self.held):
            raise ValueError("what is held lies before the first round to plan")

    def known_pairs(self) -> dict[tuple[str, str], Pair]:
        """What is said of the pairs of people who are there, each pair once."""
        seated, moving = {one.id for one in self.seated}, {one.id for one in self.moving}
        known: dict[tuple[str, str], Pair] = {}
        for pair in self.pairs:
            key = (pair.seated, pair.moving)
            if pair.seated in seated and pair.moving in moving:
                known[key] = known[key].merged_with(pair) if key in known else pair
        return known


def _twice(ids: Iterable[str]) -> list[str]:
    return sorted(one for one, times in Counter(ids).items() if times > 1)
