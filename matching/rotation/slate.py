"""In which round does each pair meet? Two meetings of one participant never fall in the same round.

This is colouring the edges of a bipartite graph. Where two participants have no free round in common, a *chain* (the
meetings of two rounds met in turn from a participant on) changes rounds as a whole and frees one: König's theorem. To
move a meeting from a full round to one with a free table, a chain of odd length changes rounds: de Werra's balanced
colouring. Both always succeed when everybody is there in all rounds; a chain whose end is away in the other round
cannot change, which is the only thing that can go wrong.
"""

from collections.abc import Iterable, Iterator

from matching.rotation.ground import Edge, Ground

NOBODY = -1


class Slate:
    """The rounds as they are being filled."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.partner = [[NOBODY] * ground.rounds for _ in ground.everyone]
        self.load = [0] * ground.rounds
        self.round_of: dict[Edge, int] = {}

    def copy(self) -> "Slate":
        other = Slate(self.ground)
        other.partner = [list(row) for row in self.partner]
        other.load, other.round_of = list(self.load), dict(self.round_of)
        return other

    def put(self, pair: Edge, at: int) -> None:
        seated, moving = pair
        self.partner[seated][at], self.partner[moving][at] = moving, seated
        self.load[at] += 1
        self.round_of[pair] = at

    def take(self, pair: Edge) -> int:
        at = self.round_of.pop(pair)
        for who in pair:
            self.partner[who][at] = NOBODY
        self.load[at] -= 1
        return at

    def meeting_of(self, who: int, at: int) -> Edge | None:
        other = self.partner[who][at]
        return None if other == NOBODY else (min(who, other), max(who, other))

    def is_free(self, who: int, at: int) -> bool:
        return self.partner[who][at] == NOBODY and self.ground.is_present(who, at)

    def free_rounds(self, who: int) -> Iterator[int]:
        return (at for at in self.ground.planned if self.is_free(who, at))

    def chain(self, who: int, one: int, other: int) -> tuple[list[Edge], int]:
        """The meetings from a participant busy in one round and free in the other, and the participant at the end.

        Empty when the chain cannot change rounds because its end is away.
        """
        links: list[Edge] = []
        while meeting := self.meeting_of(who, one):
            links.append(meeting)
            who = meeting[0] if who == meeting[1] else meeting[1]
            one, other = other, one
        return (links, who) if self.ground.is_present(who, one) else ([], who)

    def end_of(self, who: int, one: int, other: int) -> tuple[int | None, int]:
        """The participant at the end of that chain, None when they are away, and how many meetings it has."""
        links, partner = 0, self.partner
        while (met := partner[who][one]) != NOBODY:
            links, who = links + 1, met
            one, other = other, one
        return (who if self.ground.is_present(who, one) else None), links

    def change(self, links: Iterable[Edge], one: int, other: int) -> None:
        """Every meeting of a chain changes from one of the two rounds to the other."""
        moved = [(link, self.take(link)) for link in links]
        for link, at in moved:
            self.put(link, other if at == one else one)

    def insert(self, pair: Edge) -> bool:
        """Find the pair a round, without looking at the number of tables: see ``balance``."""
        ours, theirs = (list(self.free_rounds(who)) for who in pair)
        if common := set(ours) & set(theirs):
            self.put(pair, min(common, key=lambda at: (self.load[at], at)))
            return True
        return any(
            self._insert_by_chain(pair, who, busy, free)
            for at in ours
            for back in theirs
            for who, busy, free in ((pair[1], at, back), (pair[0], back, at))
        )

    def _insert_by_chain(self, pair: Edge, who: int, busy: int, free: int) -> bool:
        """Free the participant in the round where the other one is free, by moving its meeting there elsewhere."""
        links, _ = self.chain(who, busy, free)
        if not links:
            return False
        self.change(links, busy, free)
        self.put(pair, busy)
        return True

    def balance(self) -> bool:
        """No round holds more meetings than there are tables; False when it could not be done."""
        for at in self.ground.planned:
            while self.load[at] > self.ground.tables:
                if not self._lighten(at):
                    return False
        return True

    def _lighten(self, full: int) -> bool:
        for at in sorted(self.ground.planned, key=lambda at: (self.load[at], at)):
            if self.load[at] >= self.ground.tables:
                return False
            for who in range(self.ground.split):
                if self.partner[who][full] != NOBODY and self.is_free(who, at):
                    links, _ = self.chain(who, full, at)
                    if len(links) % 2:
                        self.change(links, full, at)
                        return True
        return False
