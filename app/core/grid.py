"""When in the week? 336 half-hours, Monday 00:00 first, as an integer bit mask that ANDs in one step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SLOTS_A_DAY = 48
SLOTS = 7 * SLOTS_A_DAY
BYTES = SLOTS // 8
DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
FULL = (1 << SLOTS) - 1


class Preset(StrEnum):
    """Simple answers to « quand êtes-vous libre ? »."""

    DAY = "day"
    EARLY = "early"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a day: ``day`` 0 is Monday; ``start`` and ``end`` are half-hours of the day, 0 to 48."""

    day: int
    start: int
    end: int


# The hours of each preset: (days, first half-hour, last half-hour excluded).
_PRESET_HOURS: dict[Preset, tuple[tuple[range, int, int], ...]] = {
    Preset.DAY: ((range(5), 16, 36),),
    Preset.EARLY: ((range(5), 10, 16),),
    Preset.EVENING: ((range(5), 36, 44),),
    Preset.NIGHT: ((range(7), 44, 48), (range(7), 0, 10)),
    Preset.WEEKEND: ((range(5, 7), 12, 44),),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A set of half-hours of the week. ``bits`` has bit i set when slot i belongs to it."""

    bits: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.bits <= FULL:
            raise ValueError("a week has 336 half-hours")

    @classmethod
    def from_bytes(cls, raw: bytes | memoryview | None) -> "Grid":
        """From the 42 bytes kept in the database (little-endian); None is the empty grid."""
        return cls(int.from_bytes(bytes(raw), "little") if raw else 0)

    @classmethod
    def from_spans(cls, spans: Iterable[Span]) -> "Grid":
        """From stretches of days; a stretch that ends at or before its start goes on after midnight."""
        bits = 0
        for span in spans:
            length = span.end - span.start if span.end > span.start else SLOTS_A_DAY - span.start + span.end
            for offset in range(length):
                bits |= 1 << ((span.day * SLOTS_A_DAY + span.start + offset) % SLOTS)
        return cls(bits)

    @classmethod
    def from_presets(cls, presets: Iterable[Preset]) -> "Grid":
        """From the simple answers."""
        spans = [
            Span(day, start, end) for preset in presets for days, start, end in _PRESET_HOURS[preset] for day in days
        ]
        return cls.from_spans(spans)

    def to_bytes(self) -> bytes:
        """The 42 bytes for the database."""
        return self.bits.to_bytes(BYTES, "little")

    def spans(self) -> Iterator[Span]:
        """The stretches, day by day, in order."""
        for day in range(7):
            start: int | None = None
            for slot in range(SLOTS_A_DAY + 1):
                busy = slot < SLOTS_A_DAY and bool(self.bits >> (day * SLOTS_A_DAY + slot) & 1)
                if busy and start is None:
                    start = slot
                elif not busy and start is not None:
                    yield Span(day, start, slot)
                    start = None

    def presets(self) -> tuple[Preset, ...]:
        """The simple answers that this grid covers whole."""
        return tuple(p for p in Preset if (bits := Grid.from_presets([p]).bits) & self.bits == bits)

    def touches(self, preset: Preset) -> bool:
        """Does any half-hour fall in the preset?"""
        return bool(self.bits & Grid.from_presets([preset]).bits)

    @property
    def hours(self) -> float:
        """Hours in the week, by half-hour."""
        return self.bits.bit_count() / 2

    def __bool__(self) -> bool:
        return self.bits != 0

    def __or__(self, other: "Grid") -> "Grid":
        return Grid(self.bits | other.bits)


def clock_words(slot: int) -> str:
    """12 → « 6 h », 23 → « 11 h 30 » (non-breaking)."""
    hour, half = divmod(slot, 2)
    return f"{hour}\u00a0h\u00a030" if half else f"{hour}\u00a0h"


def grid_lines(grid: Grid) -> list[str]:
    """« Lundi : 6 h à 11 h 30, 14 h à 18 h », with equal days in a row joined: « Lundi à vendredi : … »."""
    by_day: dict[int, str] = {}
    for span in grid.spans():
        words = f"{clock_words(span.start)} à {clock_words(span.end)}"
        by_day[span.day] = f"{by_day[span.day]}, {words}" if span.day in by_day else words
    lines: list[str] = []
    day = 0
    while day < 7:
        last = day
        while last < 6 and by_day.get(last + 1) == by_day.get(day):
            last += 1
        if day in by_day:
            name = DAYS[day] if last == day else f"{DAYS[day]} à {DAYS[last].lower()}"
            lines.append(f"{name}\u00a0: {by_day[day]}")
        day = last + 1
    return lines
