"""Are the rests of each participant spread over the event, rather than one after the other?

Changing the rounds of a chain of meetings moves one rest of the participants at its two ends and touches nobody else,
neither who meets whom nor how often anyone rests. Chains are changed as long as that makes the waits shorter. This is
a search, without a bound.
"""

from collections.abc import Iterable

from matching.rotation.slate import Slate

MOST_PASSES = 30


def spread_rests(slate: Slate) -> None:
    ground = slate.ground
    for _ in range(MOST_PASSES):
        if not sum(_relieve(slate, who) for who in ground.everyone):
            return


def rests(slate: Slate, who: int) -> list[int]:
    """Rounds, those before the planned ones included."""
    before = [at for at in range(slate.ground.planned.start) if slate.ground.rested[who] >> at & 1]
    return [*before, *slate.free_rounds(who)]


def discomfort(rests: Iterable[int]) -> int:
    """0 when no two rests follow each other; a wait of two rounds counts 1, of three 8, of four 27."""
    total, wait, last = 0, 0, -2
    for at in sorted(rests):
        wait = wait + 1 if at == last + 1 else 1
        total += (wait - 1) ** 3 - max(wait - 2, 0) ** 3
        last = at
    return total


def _relieve(slate: Slate, who: int) -> bool:
    """Change the best chain of this participant; False when none makes things better."""
    idle = rests(slate, who)
    now = discomfort(idle)
    if not now:
        return False
    busy = [at for at in slate.ground.planned if slate.meeting_of(who, at)]
    options = [(_saving(slate, who, now, at, rest), at, rest) for rest in slate.free_rounds(who) for at in busy]
    saving, at, rest = max(options, key=lambda one: (one[0], -one[1], -one[2]), default=(0, 0, 0))
    if saving <= 0:
        return False
    slate.change(slate.chain(who, at, rest)[0], at, rest)
    return True


def _saving(slate: Slate, who: int, now: int, busy: int, rest: int) -> int:
    """What is gained when the participant rests in the one round instead of the other; 0: nothing, or impossible."""
    links, end = slate.chain(who, busy, rest)
    odd = len(links) % 2 == 1
    if not links or (odd and slate.load[rest] >= slate.ground.tables):
        return 0
    ours = now - discomfort(_moved(rests(slate, who), rest, busy))
    gone, come = (rest, busy) if odd else (busy, rest)
    there = rests(slate, end)
    return ours + discomfort(there) - discomfort(_moved(there, gone, come))


def _moved(rests: list[int], gone: int, come: int) -> list[int]:
    return sorted([at for at in rests if at != gone] + [come])
