"""What does the big screen show? Tables, organisations, first names and initials: nothing else of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.roles import Actor
from app.events.models import Booking
from app.events.queries.day import Day, shown_name, the_day
from app.events.rules.badges import fitted
from app.events.rules.clock import expected_starts
from app.events.rules.kinds import ClockPhase
from app.events.rules.states import EXPECTED

WIDTH, TOP, BOTTOM, EDGE = 1920, 380, 1010, 60
PAGE = 32
"""Tables on one screen; more are shown in turn."""
TURN_SECONDS = 15
ASIDE = 110
"""What the number of the table takes."""
Pair = tuple[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One table, drawn at ``x`` and ``y``; one line, or two where the columns are narrow."""

    table: int
    lines: tuple[str, ...]
    x: int
    y: int
    size: float


@dataclass(frozen=True, slots=True)
class Screen:
    """What is drawn. ``next_at``: when the next round begins."""

    day: Day
    entries: tuple[Entry, ...]
    resting: str
    next_at: datetime | None
    pages: int
    page: int

    @property
    def counts_down(self) -> bool:
        """Do the seconds run?"""
        return self.day.now.seconds is not None and not self.day.now.paused


def the_screen(actor: Actor, event_id: UUID, asked_slot: UUID | None, now: datetime) -> Screen | None:
    """The screen of a dating that the actor runs; None when it has no slot. Raises NotFound."""
    _, day = the_day(actor, event_id, asked_slot, now)
    return screen_of(day, now) if day else None


def screen_of(day: Day, now: datetime) -> Screen:
    """Without a statement. Many tables are shown in turn, the same ones on every screen at the same instant."""
    pairs = [(place.table, _pair(place.seated, place.moving)) for place in day.places]
    if day.now.phase is ClockPhase.OVER:
        pairs = []
    pages = max(1, -(-len(pairs) // PAGE))
    page = int(now.timestamp()) // TURN_SECONDS % pages
    starts = expected_starts(day.timing.anchor, day.timing.rhythm, now)
    resting = ", ".join(shown_name(one) for one in day.resting) if pairs else ""
    shown = pairs[page * PAGE : (page + 1) * PAGE]
    next_at = None if day.now.paused else starts.get(day.now.round + 1)
    return Screen(day, entries_of(shown), resting, next_at, pages, page)


def _pair(seated: Booking, moving: Booking) -> tuple[str, str]:
    """Whoever is known to be away leaves the other one a pause; who is late is still awaited at the table."""
    return _name(seated), _name(moving)


def _name(booking: Booking) -> str:
    away = booking.state not in EXPECTED or booking.left_at is not None
    return "pause" if away else shown_name(booking)


def entries_of(pairs: Sequence[Pair]) -> tuple[Entry, ...]:
    """Columns of tables, on one line each or two: the arrangement whose smallest letters are the largest."""
    found = [_arranged(pairs, columns, two) for columns in (1, 2, 3, 4) for two in (False, True)]
    return max(found, key=lambda entries: min((one.size for one in entries), default=0))


def _arranged(pairs: Sequence[Pair], columns: int, two: bool) -> tuple[Entry, ...]:
    rows = max(1, -(-len(pairs) // columns))
    step = min(170 if two else 110, (BOTTOM - TOP) // rows)
    width = (WIDTH - 2 * EDGE) // columns
    largest = min(64, step * (0.4 if two else 0.62))
    sizes = tuple(largest * part for part in (1, 0.85, 0.7, 0.6, 0.5))
    found = []
    for at, (table, (seated, moving)) in enumerate(pairs):
        texts = (seated, moving) if two else (f"{seated} – {moving}",)
        size = min(fitted(text, width - ASIDE - 30, sizes, lines=1).size for text in texts)
        cut = [fitted(text, width - ASIDE - 30, (size,), lines=1).lines[0] for text in texts]
        whole = cut == [" ".join(text.split()) for text in texts]
        x, y = EDGE + at // rows * width, TOP + at % rows * step
        found.append(Entry(table, tuple(cut), x, y, size if whole else size * 0.999))
    return tuple(found)
