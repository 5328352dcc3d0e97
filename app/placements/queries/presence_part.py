"""What do pages say of presence: the calendar by half-days, the hours, what is still to be said, what happened?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.placements.labels.kinds import INCIDENTS, PRESENCE_LOOKS, PRESENCES
from app.placements.models import Placement, PresenceHalf
from app.placements.queries.presence import INCIDENT_READERS, expected_of, incidents_of, said_of
from app.placements.rules.incidents import REPORTABLE
from app.placements.rules.kinds import Half
from app.placements.rules.presence import Key, SaidHalf, Tally, done_hours, tally
from app.placements.rules.states import ATTENDED, PLACEMENT, PlacementAction, PlacementState
from app.placements.rules.weeks import key_word, monday_of, mondays, week_hours

_ZERO = Decimal(0)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Cell:
    """A half-day: hours expected (None: it is in no schedule), what was said, whether it is still to come."""

    day: date
    half: Half
    expected: Decimal | None
    said: SaidHalf | None
    ahead: bool

    @property
    def word(self) -> str:
        """Its name in forms."""
        return key_word((self.day, self.half))

    @property
    def done(self) -> Decimal | None:
        """Hours done, once said."""
        return None if self.said is None else done_hours(self.said, self.expected or _ZERO)


@dataclass(frozen=True, slots=True)
class Week:
    """The half-days of a week that are expected or were said, in order; the hours done."""

    monday: date
    cells: tuple[Cell, ...]
    done: Decimal
    too_many: bool

    @property
    def days(self) -> list[tuple[date, dict[Half, Cell]]]:
        """By day, the morning and the afternoon that there are."""
        found: dict[date, dict[Half, Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.day, {})[cell.half] = cell
        return sorted(found.items())

    @property
    def open_cells(self) -> list[Cell]:
        """Those that may be said today: never one to come."""
        return [cell for cell in self.cells if not cell.ahead]

    @property
    def to_say(self) -> int:
        """Expected, past, and nobody has said anything."""
        return sum(cell.said is None for cell in self.open_cells)


@dataclass(frozen=True, slots=True)
class Calendar:
    """All weeks of a stage, and its hours."""

    weeks: tuple[Week, ...]
    tally: Tally

    @property
    def to_say(self) -> int:
        """Half-days that wait for a word."""
        return sum(week.to_say for week in self.weeks)

    def week_of(self, day: date | None, today: date) -> Week | None:
        """The week asked; else the oldest with something to say, the present one, the last one that has begun."""
        asked = next((week for week in self.weeks if day and week.monday == monday_of(day)), None)
        waiting = next((week for week in self.weeks if week.to_say), None)
        begun = [week for week in self.weeks if week.monday <= today]
        return asked or waiting or (begun[-1] if begun else None)


def calendar_of(placement: Placement, today: date) -> Calendar:
    """One statement."""
    return made_of(placement, said_of(placement.id), today)


def made_of(placement: Placement, rows: Mapping[Key, PresenceHalf], today: date) -> Calendar:
    """From what was read already."""
    expected = expected_of(placement)
    hours = {one.key: one.hours for one in expected}
    said = {key: SaidHalf(row.day, row.half, row.status, row.hours) for key, row in rows.items()}
    cells = [Cell(*key, hours.get(key), said.get(key), key[0] > today) for key in sorted({*hours, *said}, key=_order)]
    sums = week_hours(expected, said.values())
    weeks = []
    for monday in mondays(placement.starts_on, placement.last_day):
        own = tuple(cell for cell in cells if monday <= cell.day < monday + _WEEK)
        done = sums.get(monday)
        if own:
            weeks.append(Week(monday, own, done.done if done else _ZERO, done is not None and done.too_many))
    return Calendar(tuple(weeks), tally(expected, said.values(), placement.last_day))


def _order(key: Key) -> tuple[date, int]:
    return key[0], 0 if key[1] is Half.AM else 1


def part(placement: Placement, actor: Actor, today: date) -> dict[str, Any] | None:
    """None before it begins. Two statements at most."""
    if placement.state not in ATTENDED | {PlacementState.CLOSED}:
        return None
    calendar = calendar_of(placement, today)
    week = calendar.week_of(None, today)
    return {
        "calendar": calendar,
        "week": week,
        "may_say": says_presence(placement, actor),
        "may_stop": PLACEMENT.allows(PlacementAction.STOP, placement.state, actor.role),
        "may_note": actor.role in INCIDENT_READERS and placement.state in REPORTABLE,
        "may_declare": actor.role in ACCOMPANIMENT,
        "incidents": incidents_of(actor, placement),
        **words(),
    }


def says_presence(placement: Placement, actor: Actor) -> bool:
    """The host and who accompanies, until it is closed."""
    return placement.state in ATTENDED and actor.role in ACCOMPANIMENT | {Role.EMPLOYER}


def words() -> dict[str, Any]:
    """The French words that the calendar needs."""
    return {"presences": PRESENCES, "presence_looks": PRESENCE_LOOKS, "incident_kinds": INCIDENTS}


def weeks_beside(calendar: Calendar, week: Week) -> Sequence[Week]:
    """The other weeks, to go to."""
    return [one for one in calendar.weeks if one is not week]
