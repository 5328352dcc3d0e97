"""At which table is each meeting held?

When there is a table for each seated participant who is still to come, each keeps one over all rounds, the one it had
in the rounds held. Otherwise tables are given round by round: whoever had a table takes it again while it is free.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from matching.rotation.problem import Meeting
from matching.rotation.slate import Slate


def seat(slate: Slate, held: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The meetings planned, in the order of rounds and tables."""
    ground = slate.ground
    last = {one.seated: Last(one.round, one.table) for one in sorted(held)}
    keepers = [ground.ids[who] for who in range(ground.split) if ground.present[who]]
    if len(keepers) <= ground.tables:
        own = _tables(keepers, last, ground.tables)
        return _meetings(slate, dict.fromkeys(ground.planned, own))
    by_round = {}
    for at in ground.planned:
        busy = [ground.ids[who] for who in range(ground.split) if slate.meeting_of(who, at)]
        by_round[at] = _tables(busy, last, ground.tables)
        last |= {one: Last(at, table) for one, table in by_round[at].items()}
    return _meetings(slate, by_round)


class Last(NamedTuple):
    """Where a seated participant sat last, and when."""

    round: int
    table: int


def _tables(who: Iterable[str], last: Mapping[str, Last], tables: int) -> dict[str, int]:
    """Their last table, whoever sat there latest first; the others take free tables to which fewest may come back."""
    given: dict[str, int] = {}
    latest_first = sorted(who, key=lambda one: -last[one].round if one in last else 1)
    for one in latest_first:
        if one in last and last[one].table <= tables and last[one].table not in given.values():
            given[one] = last[one].table
    awaited = {one.table for one in last.values()}
    free = sorted(set(range(1, tables + 1)) - set(given.values()), key=lambda table: (table in awaited, table))
    return given | dict(zip((one for one in latest_first if one not in given), free, strict=False))


def _meetings(slate: Slate, tables: Mapping[int, Mapping[str, int]]) -> tuple[Meeting, ...]:
    ids = slate.ground.ids
    pairs = ((at, ids[seated], ids[moving]) for (seated, moving), at in slate.round_of.items())
    return tuple(sorted(Meeting(at, tables[at][seated], seated, moving) for at, seated, moving in pairs))
