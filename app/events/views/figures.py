"""« Chiffres » of events: indicators by kind, territory, organiser, programme or month, with their definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.events.forms.figures import GROUP_WORDS, EventFigureFilters, month_words
from app.events.labels.figures import COLUMNS, DEFINITIONS, PARTS
from app.events.labels.kinds import KINDS
from app.events.queries.figures import Figures, Sums, choices, figures_of
from app.events.rules.figures import Cell, attendance_percent, shielded
from app.events.rules.kinds import EventKind
from app.events.views.blueprint import blueprint
from app.reference.queries.choices import territory_choices

TOTAL: Final = "Ensemble"
_NUMBERS: Final = {
    "events": lambda one: len(one.events),
    "meetings": lambda one: one.meetings,
    "organisations": lambda one: len(one.organisations),
    "partnerships": lambda one: one.results.partnerships,
    "sessions": lambda one: one.sessions,
    "discoveries": lambda one: len(one.discoveries),
}
"""Of events and organisations: shown as they are."""
_PEOPLE: Final = {
    "people": lambda one: len(one.people),
    "hires": lambda one: one.results.hires,
    "placements": lambda one: one.results.placements,
    "professionals": lambda one: len(one.professionals),
}
"""Of people: a few are never shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its name, and a cell of each column."""

    name: str
    cells: dict[str, Cell]


@blueprint.get("/evenements/chiffres")
@requires(Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.EMPLOYER)
def figures() -> ResponseReturnValue:
    """Of the events that count for the reader; an employer, of its own."""
    actor, today = the_actor(), clock.today()
    organisers, programmes = choices(actor)
    filters = EventFigureFilters(
        request.args, territories=territory_choices(), organisers=organisers, programmes=programmes, today=today
    )
    found = figures_of(actor, filters.asked, filters.group)
    lines, total = shown(found, filters.group)
    word = GROUP_WORDS[filters.group]
    if kind := request.args.get("export"):
        rows = [(line.name, *(line.cells[key] for key in COLUMNS)) for line in [*lines, total]]
        return export(kind, f"evenements-{filters.group}-{today:%Y-%m-%d}", (word, *COLUMNS.values()), rows)
    return render_template(
        "events/figures.html",
        filters=filters,
        lines=lines,
        total=total,
        columns=COLUMNS,
        definitions=DEFINITIONS,
        parts=PARTS,
        group_word=word,
        own=actor.role is Role.EMPLOYER,
    )


def shown(found: Figures, group: str) -> tuple[list[Line], Line]:
    """The lines of the table and its last one, with numbers of few people hidden."""
    sums = [one for _, one in found.groups]
    cells: list[dict[str, Cell]] = [{} for _ in [*sums, found.total]]
    for key, number in _NUMBERS.items():
        _fill(cells, key, [number(one) for one in [*sums, found.total]])
    for key, number in _PEOPLE.items():
        column = shielded([number(one) for one in sums], number(found.total))
        _fill(cells, key, [*column.cells, column.total])
    _fill(cells, "attendance", [_rate(one) for one in [*sums, found.total]])
    lines = [Line(_name(group, name), kept) for (name, _), kept in zip(found.groups, cells, strict=False)]
    return lines, Line(TOTAL, cells[-1])


def _fill(cells: Sequence[dict[str, Cell]], key: str, values: Sequence[Any]) -> None:
    for kept, value in zip(cells, values, strict=True):
        kept[key] = value


def _rate(one: Sums) -> Cell:
    percent = attendance_percent(one.seen, one.expected)
    return "–" if percent is None else f"{percent}\u00a0%"


def _name(group: str, name: str) -> str:
    if group == "type":
        return KINDS[EventKind(name)]
    return month_words(name).capitalize() if group == "mois" else name
