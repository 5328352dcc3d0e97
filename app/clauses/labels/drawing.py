"""Where on the sheet do the points of a curve go, and with which words? The template only writes it down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from app.clauses.rules.curve import Curve, CurvePoint
from app.core.quantities import NBSP, format_day, format_hours, format_number, round_half_up

LEFT, RIGHT, TOP, BOTTOM = 48, 560, 26, 262
LINE: Final = 17
"""Between two labels at the end of the lines."""
LABEL_WIDTH: Final = 34
MOST_LABELS: Final = 12
SHORT_MONTHS: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths and words at their places; ``rows`` are (title, figures) of the table under the drawing."""

    title: str
    words: str
    grid: Sequence[tuple[int, str]]
    months: Sequence[tuple[int, str]]
    goal: str
    declared: str
    real: str
    area: str
    forecast: str
    dots: Sequence[tuple[int, int]]
    steps: Sequence[tuple[int, int, str]]
    ends: Sequence[tuple[int, str]]
    real_end: tuple[int, int, str] | None
    today_x: int | None
    day_words: str
    alert: tuple[int, str] | None
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    top: Decimal

    def x(self, day: date) -> int:
        span = max((self.last - self.first).days, 1)
        return LEFT + round((RIGHT - LEFT) * min(max((day - self.first).days, 0), span) / span)

    def y(self, hours: Decimal) -> int:
        return BOTTOM - round((BOTTOM - TOP) * float(max(hours, _ZERO) / self.top))


def draw(
    curve: Curve,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    today: date,
    day_words: str = "aujourd’hui",
    alert_on: date | None = None,
) -> Drawing:
    """The curve on a sheet of 690 by 300."""
    step = _step(curve.highest)
    scale = _Scale(starts_on, ends_on, step * max(ceil(curve.highest / step), 1))
    known = [point for point in curve.points if point.validated is not None]
    real = [(scale.x(one.day), scale.y(one.validated or _ZERO)) for one in known]
    declared = [(scale.x(one.day), scale.y(one.declared or _ZERO)) for one in known]
    start = (LEFT, BOTTOM)
    objective = curve.points[-1].objective if curve.points else _ZERO
    end = curve.points[-1].forecast if curve.points else None
    last = known[-1] if known else None
    ahead = [one for one in curve.points if one.forecast is not None]
    begins = curve.forecast_from
    origin = [(scale.x(begins[0]), scale.y(begins[1]))] if begins else []
    line = [*origin, *((scale.x(one.day), scale.y(one.forecast or _ZERO)) for one in ahead)]
    return Drawing(
        title=title,
        words=_words(curve, objective, last, end, ends_on),
        grid=[(scale.y(step * rank), format_number(step * rank)) for rank in range(int(scale.top / step) + 1)],
        months=_months(curve.points, scale),
        goal=_goal(curve.objective_steps, scale),
        declared=_path([start, *declared]) if known else "",
        real=_path([start, *real]) if known else "",
        area=f"{_path([start, *real])} L{real[-1][0]},{BOTTOM} Z" if known else "",
        forecast=_path(line) if len(line) > 1 else "",
        dots=real if len(real) <= MOST_LABELS * 2 else (),
        steps=_changes(curve.objective_steps, scale),
        ends=_spread(_ends(objective, end, scale)),
        real_end=(real[-1][0], real[-1][1], f"{format_hours(last.validated or _ZERO)} validées") if last else None,
        today_x=scale.x(today) if starts_on <= today <= ends_on else None,
        day_words=day_words,
        alert=(scale.x(alert_on), f"agir avant le {alert_on:%d/%m}") if alert_on and alert_on >= today else None,
        columns=[_column(point, ends_on) for point in curve.points],
        rows=_rows(curve.points),
    )


def _step(highest: Decimal) -> Decimal:
    """About four lines, on round numbers: 1, 2 or 5 times a power of ten."""
    raw = max(float(highest), 4.0) / 4
    power = 10 ** floor(log10(raw))
    return Decimal(next(int(many * power) for many in (1, 2, 5, 10) if many * power >= raw) or 1)


def _path(points: Iterable[tuple[int, int]]) -> str:
    return "M" + " L".join(f"{x},{y}" for x, y in points)


def _goal(steps: Sequence[tuple[date, Decimal]], scale: _Scale) -> str:
    before = max((one for one in steps if one[0] <= scale.first), default=None)
    after = [one for one in steps if scale.first < one[0] <= scale.last]
    hours = before[1] if before else _ZERO
    path = f"M{LEFT},{scale.y(hours)}"
    for day, due in after:
        path += f" H{scale.x(day)} V{scale.y(due)}"
    return f"{path} H{RIGHT}"


def _changes(steps: Sequence[tuple[date, Decimal]], scale: _Scale) -> list[tuple[int, int, str]]:
    found = []
    for (_, was), (day, due) in pairwise(steps):
        if due != was and scale.first < day <= scale.last:
            sign = "+" if due > was else "−"
            found.append((scale.x(day) + 6, scale.y(max(was, due)) - 8, f"{sign}{format_hours(abs(due - was))}"))
    return found[-4:]


def _ends(objective: Decimal, end: Decimal | None, scale: _Scale) -> list[tuple[int, str]]:
    found = [(scale.y(objective) + 2, f"Objectif {format_hours(objective)}")]
    if end is not None:
        if end < objective:
            found.append((scale.y(objective) + 2 + LINE, f"il manque {_whole(objective - end)}"))
        found.append((scale.y(end) + 4, f"Prévision {_whole(end)}"))
    return found


def _spread(labels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """No two labels on each other."""
    found: list[tuple[int, str]] = []
    for y, words in sorted(labels, key=lambda one: one[0]):
        found.append((max(y, found[-1][0] + LINE) if found else y, words))
    return found


def _months(points: Sequence[CurvePoint], scale: _Scale) -> list[tuple[int, str]]:
    every = max(ceil(len(points) / MOST_LABELS), 1)
    chosen = [one for rank, one in enumerate(points) if rank % every == 0]
    found: list[tuple[int, str]] = []
    for one in chosen:
        x = scale.x(one.day)
        # The last point may stand a few days after the end of a month: their names would lie on each other.
        if x <= RIGHT and (not found or x - found[-1][0] >= LABEL_WIDTH):
            found.append((x, SHORT_MONTHS[one.day.month - 1]))
    return found


def _column(point: CurvePoint, ends_on: date) -> str:
    month = SHORT_MONTHS[point.day.month - 1]
    if point.day == ends_on:
        return f"{point.day.day}{NBSP}{month}"
    return month if point.day.month > 1 else f"{month}{NBSP}{point.day.year}"


def _rows(points: Sequence[CurvePoint]) -> list[tuple[str, list[str]]]:
    return [
        ("Objectif", [_cell(one.objective) for one in points]),
        ("Déclarées", [_cell(one.declared) for one in points]),
        ("Validées", [_cell(one.validated) for one in points]),
        ("Prévision", [_cell(one.forecast, whole=True) for one in points]),
    ]


def _whole(hours: Decimal) -> str:
    """A forecast is no more precise than an hour."""
    return format_hours(round_half_up(hours, 0))


def _cell(hours: Decimal | None, *, whole: bool = False) -> str:
    if hours is None:
        return "–"
    return format_number(hours, 0 if whole or hours == hours.to_integral_value() else 2)


def _words(curve: Curve, objective: Decimal, last: CurvePoint | None, end: Decimal | None, ends_on: date) -> str:
    steps = [format_hours(hours) for _, hours in curve.objective_steps]
    said = [f"Objectif {' puis '.join(steps) if steps else format_hours(objective)}."]
    if last is not None:
        said.append(f"{format_hours(last.validated or _ZERO)} validées au {format_day(last.day)}.")
    if end is not None:
        missing = f"{NBSP}: il manque {_whole(objective - end)}" if end < objective else ""
        said.append(f"Prévision {_whole(end)} le {format_day(ends_on)}{missing}.")
    return " ".join(said)
