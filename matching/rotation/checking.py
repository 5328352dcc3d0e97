"""Is a plan one that can be held? Every fault at once; written without the solver, to judge what it makes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matching.rotation.problem import Meeting, Problem


class Fault(StrEnum):
    TWO_PLACES = "two_places"
    TABLE_TAKEN = "table_taken"
    NO_SUCH_TABLE = "no_such_table"
    NO_SUCH_ROUND = "no_such_round"
    MEETS_AGAIN = "meets_again"
    FORBIDDEN = "forbidden"
    AWAY = "away"
    NOT_THERE = "not_there"
    """Not a participant of that side."""
    CHANGES_TABLE = "changes_table"
    """A seated participant changes tables although there is one for each."""
    IDLE = "idle"
    """Two who may meet idle in a round in which a table is free."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    fault: Fault
    round: int
    who: str


def check(problem: Problem, meetings: Iterable[Meeting]) -> tuple[Found, ...]:
    """``meetings``: those planned, without what was held."""
    planned = list(meetings)
    faults = [*_clashes(planned), *_of_each(problem, planned), *_of_tables(problem, planned), *_idle(problem, planned)]
    return tuple(sorted(set(faults)))


def _clashes(planned: list[Meeting]) -> Iterable[Found]:
    people = Counter((one.round, who) for one in planned for who in (one.seated, one.moving))
    tables = Counter((one.round, one.table) for one in planned)
    yield from (Found(Fault.TWO_PLACES, at, who) for (at, who), times in people.items() if times > 1)
    yield from (Found(Fault.TABLE_TAKEN, at, str(table)) for (at, table), times in tables.items() if times > 1)


def _of_each(problem: Problem, planned: list[Meeting]) -> Iterable[Found]:
    seated = {one.id: one.rounds_of(problem.rounds) for one in problem.seated}
    moving = {one.id: one.rounds_of(problem.rounds) for one in problem.moving}
    forbidden = {(one.seated, one.moving) for one in problem.pairs if one.forbidden}
    met = {(one.seated, one.moving) for one in problem.held}
    for one in planned:
        pair = one.seated, one.moving
        wrong = {
            Fault.NO_SUCH_ROUND: not problem.first_round <= one.round < problem.rounds,
            Fault.NO_SUCH_TABLE: not 1 <= one.table <= problem.tables,
            Fault.NOT_THERE: one.seated not in seated or one.moving not in moving,
            Fault.AWAY: one.round not in seated.get(one.seated, ()) or one.round not in moving.get(one.moving, ()),
            Fault.FORBIDDEN: pair in forbidden,
            Fault.MEETS_AGAIN: pair in met,
        }
        yield from (Found(fault, one.round, f"{one.seated}, {one.moving}") for fault, is_so in wrong.items() if is_so)
        met.add(pair)


def _of_tables(problem: Problem, planned: list[Meeting]) -> Iterable[Found]:
    to_come = set(range(problem.first_round, problem.rounds))
    there = {one.id for one in problem.seated if one.rounds_of(problem.rounds) & to_come}
    if len(there) > problem.tables:
        return
    own: dict[str, int] = {}
    for one in planned:
        if own.setdefault(one.seated, one.table) != one.table:
            yield Found(Fault.CHANGES_TABLE, one.round, one.seated)


def _idle(problem: Problem, planned: list[Meeting]) -> Iterable[Found]:
    never = {(one.seated, one.moving) for one in (*problem.held, *planned)}
    never |= {(one.seated, one.moving) for one in problem.pairs if one.forbidden}
    for at in range(problem.first_round, problem.rounds):
        busy = {who for one in planned if one.round == at for who in (one.seated, one.moving)}
        if sum(one.round == at for one in planned) >= problem.tables:
            continue
        ours, theirs = (
            [one.id for one in side if at in one.rounds_of(problem.rounds) and one.id not in busy]
            for side in (problem.seated, problem.moving)
        )
        yield from (
            Found(Fault.IDLE, at, f"{seated}, {moving}")
            for seated in ours
            for moving in theirs
            if (seated, moving) not in never
        )
