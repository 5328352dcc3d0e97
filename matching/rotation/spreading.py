"""Are the rests of each participant spread over the event, rather than one after the other?

Changing the rounds of a chain of meetings moves one rest of the participants at its two ends and touches nobody else,
neither who meets whom nor how often anyone rests. Chains are changed as long as that makes the waits shorter. This is
a search, without a bound.

A chain that makes the waits shorter makes them shorter for one of its two ends at least, by moving a rest of a wait:
seen from that end, few rests and rounds are worth following a chain for. Rests are bits, one a round.
"""

from collections.abc import Iterator

from matching.rotation.slate import Slate

MOST_PASSES = 30


def spread_rests(slate: Slate) -> None:
    idle = [_rests(slate, who) for who in slate.ground.everyone]
    for _ in range(MOST_PASSES):
        if not sum(_relieve(slate, idle, who) for who in slate.ground.everyone):
            return


def rests(slate: Slate, who: int) -> tuple[int, ...]:
    """Rounds, those before the planned ones included."""
    return tuple(_rounds(_rests(slate, who)))


def discomfort(rests: int) -> int:
    """0 when no two rests follow each other; a wait of two rounds counts 1, of three 8, of four 27.

    Of a wait of n rounds, n - 1 bits are left after the first turn, n - 2 after the second: they add up to (n - 1)³.
    """
    total, weight = 0, 1
    while rests := rests & rests >> 1:
        total += weight * rests.bit_count()
        weight = 6 if weight == 1 else weight + 6
    return total


def _rests(slate: Slate, who: int) -> int:
    return slate.ground.rested[who] | sum(1 << at for at in slate.free_rounds(who))


def _rounds(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def _relieve(slate: Slate, idle: list[int], who: int) -> bool:
    """Change chains of this participant while that makes things better; False when none does."""
    better = False
    while any(_moved(slate, idle, who, *option) for option in _options(slate, idle[who], who)):
        better = True
    return better


def _options(slate: Slate, idle: int, who: int) -> list[tuple[int, int, int]]:
    """(what the participant gains, the rest that moves, the round in which they meet that it moves to), best first."""
    waits = idle & (idle << 1 | idle >> 1) & slate.ground.present[who]
    if not waits:
        return []
    now = discomfort(idle)
    busy = list(_rounds(slate.ground.present[who] & ~idle))
    gains = ((now - discomfort(idle ^ (1 << rest | 1 << at)), rest, at) for rest in _rounds(waits) for at in busy)
    return sorted((one for one in gains if one[0] > 0), key=lambda one: (-one[0], one[1], one[2]))


def _moved(slate: Slate, idle: list[int], who: int, gain: int, rest: int, busy: int) -> bool:
    """Change the chain when the participant at its other end loses less than this one gains."""
    end, links = slate.end_of(who, busy, rest)
    odd = links % 2 == 1
    if end is None or (odd and slate.load[rest] >= slate.ground.tables):
        return False
    both = 1 << rest | 1 << busy
    if gain + discomfort(idle[end]) <= discomfort(idle[end] ^ both):
        return False
    slate.change(slate.chain(who, busy, rest)[0], busy, rest)
    idle[who] ^= both
    idle[end] ^= both
    return True
