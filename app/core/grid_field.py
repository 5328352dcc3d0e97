"""How is a week typed? Simple presets, and for each day two stretches « de … à … »; works without a script."""

import re
from dataclasses import dataclass
from typing import Any

from wtforms.fields.core import Field
from wtforms.validators import StopValidation

from app.core.grid import DAYS, SLOTS_A_DAY, Grid, Preset, Span

PRESET_WORDS = {
    Preset.DAY: "En journée, du lundi au vendredi (8 h à 18 h)",
    Preset.EARLY: "Tôt le matin, du lundi au vendredi (5 h à 8 h)",
    Preset.EVENING: "Le soir, du lundi au vendredi (18 h à 22 h)",
    Preset.NIGHT: "La nuit (22 h à 5 h)",
    Preset.WEEKEND: "Le week-end (6 h à 22 h)",
}
STRETCHES = 2
_TIME = re.compile(r"(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?")


@dataclass(slots=True)
class Stretch:
    """One « de … à … » as typed, to be shown again."""

    day: int
    rank: int
    start: str = ""
    end: str = ""
    error: str = ""


def half_hour(text: str) -> int | None:
    """« 6 h 30 », « 6:30 », « 06h30 », « 6 » → 13 or 12; None when it is no half-hour of a day."""
    found = _TIME.fullmatch(" ".join(text.lower().split()))
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    slot = hour * 2 + minute // 30
    return slot if minute in (0, 30) and slot <= SLOTS_A_DAY else None


def typed(slot: int) -> str:
    """13 → « 6h30 », as one types it."""
    return f"{slot // 2}h30" if slot % 2 else f"{slot // 2}h"


class GridField(Field):
    """A weekly grid. Inputs: ``NAME-preset`` (several), ``NAME-DAY-RANK-start``, ``NAME-DAY-RANK-end``.

    ``data`` is a Grid. ``presets`` are the ticked ones and ``stretches`` the typed ones, for showing again;
    ``day_rows`` groups them by day for the page.
    """

    def __init__(self, label: str = "", *, required: str | None = None, hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, description=hint, **kwargs)
        self.required_message = required
        self.presets: list[Preset] = []
        self.stretches: list[Stretch] = []

    @property
    def asked(self) -> bool:
        """Must it be answered?"""
        return self.required_message is not None

    @property
    def day_rows(self) -> list[tuple[str, list[Stretch]]]:
        """(day's name, its two stretches), Monday first."""
        by_key = {(line.day, line.rank): line for line in self.stretches}
        return [
            (name, [by_key.get((day, rank)) or Stretch(day, rank) for rank in range(STRETCHES)])
            for day, name in enumerate(DAYS)
        ]

    @property
    def preset_choices(self) -> list[tuple[str, str, bool]]:
        """(value, French words, ticked) of every preset."""
        return [(preset.value, words, preset in self.presets) for preset, words in PRESET_WORDS.items()]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the inputs when a form was sent, else split the grid into presets and stretches."""
        self.process_errors: list[str] = []
        self.errors: list[str] = []
        self.object_data = data if isinstance(data, Grid) else self.default
        self.data = self.object_data if isinstance(self.object_data, Grid) else Grid()
        if formdata and any(key.startswith(f"{self.name}-") for key in formdata):
            self._read(formdata)
        elif formdata:
            self.data, self.presets, self.stretches = Grid(), [], []
        else:
            self._split(self.data)

    def _split(self, grid: Grid) -> None:
        self.presets = list(grid.presets())
        rest = Grid(grid.bits & ~Grid.from_presets(self.presets).bits)
        ranks: dict[int, int] = {}
        for span in rest.spans():
            rank = ranks.setdefault(span.day, 0)
            ranks[span.day] += 1
            if rank < STRETCHES:
                self.stretches.append(Stretch(span.day, rank, typed(span.start), typed(span.end)))

    def _read(self, formdata: Any) -> None:
        known = {preset.value for preset in Preset}
        self.presets = [Preset(v) for v in formdata.getlist(f"{self.name}-preset") if v in known]
        spans: list[Span] = []
        self.stretches = []
        for day in range(7):
            for rank in range(STRETCHES):
                stretch = self._stretch(formdata, day, rank)
                if stretch.start or stretch.end:
                    self.stretches.append(stretch)
                    start, end = half_hour(stretch.start), half_hour(stretch.end)
                    if start is None or end is None or start in (end, SLOTS_A_DAY):
                        stretch.error = f"{DAYS[day]}\u00a0: écrivez deux heures, comme 8h et 12h30."
                    else:
                        spans.append(Span(day, start, end))
        self.data = Grid.from_presets(self.presets) | Grid.from_spans(spans)

    def _stretch(self, formdata: Any, day: int, rank: int) -> Stretch:
        base = f"{self.name}-{day}-{rank}"
        return Stretch(
            day,
            rank,
            str(formdata.get(f"{base}-start", ""))[:10].strip(),
            str(formdata.get(f"{base}-end", ""))[:10].strip(),
        )

    def pre_validate(self, form: Any) -> None:
        """All wrong stretches at once; a required grid has at least one half-hour."""
        wrong = [line.error for line in self.stretches if line.error]
        if wrong:
            raise StopValidation(" ".join(wrong))
        if self.required_message and not self.data:
            raise StopValidation(self.required_message)
