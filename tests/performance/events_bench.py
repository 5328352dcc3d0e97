"""How long does the rotation plan of a large speed dating take, and how far is it below the proven bound?

Sixty by forty, twelve rounds, forty tables, with wishes and refusals; then the same event after six rounds with six
late comers and four who did not come; then the longest event, where everybody meets everybody in sixty rounds and
each seated one rests in twenty of them; then sixty by sixty where nobody has a round to spare and a third are away in
some rounds, so that the bound may be out of reach. The baseline is what an organiser does by hand: round after round,
the best pair that is still free.

The gap is that of the first aim at which a plan is below the bound (``matching.rotation.aims``).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from matching.rotation import Changes, Meeting, Participant, Problem, changed, check, plan
from matching.rotation.aims import gap_percent, standing
from matching.rotation.ground import Edge, ground_of
from tests.matching.rotation.events import made_up, side
from tests.performance.figures import median, milliseconds
from tests.performance.match_bench import Figure

SEATED, MOVING, ROUNDS, TABLES = 60, 40, 12, 40
RUNS = 5


def greedy(problem: Problem) -> list[Edge]:
    """The pairs that meet when each round takes the best free pair, then the next."""
    ground = ground_of(problem)
    worth = ground.allowed
    ordered = sorted(worth, key=lambda pair: (-worth[pair].mutual, -worth[pair].one_sided, -worth[pair].affinity, pair))
    met: set[Edge] = set()
    for at in ground.planned:
        busy: set[int] = set()
        for pair in ordered:
            there = all(ground.is_present(who, at) and who not in busy for who in pair)
            if there and pair not in met and len(busy) < 2 * problem.tables:
                busy |= set(pair)
                met.add(pair)
    return sorted(met)


def _sometimes_away(problem: Problem) -> Problem:
    """A third of the participants come late, leave early or rest for a round."""
    dice, rounds = Random(6), range(problem.rounds)
    kinds: list[Callable[[], frozenset[int]]] = [
        lambda: frozenset(rounds[dice.randint(1, 6) :]),
        lambda: frozenset(rounds[: dice.randint(6, 11)]),
        lambda: frozenset(rounds) - {dice.choice(rounds)},
    ]

    def some(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
        return tuple(replace(one, available=dice.choice(kinds)()) if dice.random() < 1 / 3 else one for one in people)

    return replace(problem, seated=some(problem.seated), moving=some(problem.moving))


def _interrupted(problem: Problem, held: tuple[Meeting, ...]) -> Problem:
    """From the seventh round on: six late comers, four no-shows."""
    gone = frozenset({"s03", "s17", "m05", "m22"})
    held = tuple(one for one in held if not gone & {one.seated, one.moving})
    late = Changes(from_round=6, held=held, gone=gone, seated=side("late-s", 3), moving=side("late-m", 3))
    return changed(problem, late)


def _figures(name: str, problem: Problem, goal_s: float, goal_gap: float) -> Iterator[Figure]:
    ours = plan(problem)
    assert not check(problem, ours.meetings), "a plan that cannot be held measures nothing"
    by_hand = standing(ground_of(problem), greedy(problem))
    taken, plain = (median(milliseconds(act, RUNS)) / 1000 for act in (lambda: plan(problem), lambda: greedy(problem)))
    print(f"# {name} : {ours.reached}, borne {ours.bound}, à la main {by_hand}", flush=True)
    yield Figure(f"events.{name}_s", taken, "s", goal_s, plain)
    gap = "events.rotation_gap_percent" if name == "rotation_60x40" else f"events.{name}_gap_percent"
    yield Figure(gap, ours.gap_percent, "%", goal_gap, gap_percent(by_hand, ours.bound))


def measure() -> Iterator[Figure]:
    """Needs no database."""
    problem = made_up(SEATED, MOVING, ROUNDS, TABLES)
    held = tuple(one for one in plan(problem).meetings if one.round < 6)
    yield from _figures("rotation_60x40", problem, 2, 0)
    yield from _figures("rotation_replan", _interrupted(problem, held), 2, 0)
    yield from _figures("rotation_60x40_full", made_up(SEATED, MOVING, SEATED, TABLES), 5, 0)
    yield from _figures("rotation_away", _sometimes_away(made_up(SEATED, SEATED, ROUNDS, SEATED)), 2, 2)


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
