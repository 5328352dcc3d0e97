"""What happens to the plan when people come late, do not come or leave while the event is going on?

What was held or is running stays as it is, and nobody in it meets the same person again. Meetings that were planned and
not held are forgotten: their pairs may be planned again.
"""

from dataclasses import dataclass, replace

from matching.rotation.planning import Plan, plan
from matching.rotation.problem import Meeting, Pair, Participant, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    from_round: int
    """The first round that may be planned anew: the one after the round that is running."""
    held: tuple[Meeting, ...]
    """Every meeting really held or running, all in rounds before."""
    gone: frozenset[str] = frozenset()
    """Who did not come, or leaves: not planned any more."""
    seated: tuple[Participant, ...] = ()
    """Late comers and walk-ins; one who is known already has new rounds from now on."""
    moving: tuple[Participant, ...] = ()
    pairs: tuple[Pair, ...] = ()
    """What is known of the newcomers, beside what was known of the others."""


def replan(problem: Problem, changes: Changes) -> Plan:
    return plan(changed(problem, changes))


def changed(problem: Problem, changes: Changes) -> Problem:
    """The problem that is left from that round on."""
    return replace(
        problem,
        seated=_side(problem.seated, changes.seated, problem.rounds, changes),
        moving=_side(problem.moving, changes.moving, problem.rounds, changes),
        pairs=(*problem.pairs, *changes.pairs),
        held=changes.held,
        first_round=changes.from_round,
    )


def _side(
    known: tuple[Participant, ...], come: tuple[Participant, ...], rounds: int, changes: Changes
) -> tuple[Participant, ...]:
    """Nobody's past changes. Who is gone without having met anybody is forgotten: no sheet names them."""
    came = {who for one in changes.held for who in (one.seated, one.moving)}
    past = frozenset(range(changes.from_round))
    side = {one.id: one for one in known if one.id not in changes.gone or one.id in came}
    for one in come:
        before = side[one.id].rounds_of(rounds) & past if one.id in side else frozenset()
        side[one.id] = Participant(one.id, before | one.rounds_of(rounds) - past)
    for who in changes.gone & side.keys():
        side[who] = Participant(who, side[who].rounds_of(rounds) & past)
    return tuple(side.values())
