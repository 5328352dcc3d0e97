"""« Heures d’activité »: for the person, and for their referent. Nothing of why they count."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.paging import PAGE_SIZE, Page, page_number
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.figures import HoursFilters
from app.placements.queries.hours import HourLine, hours_done, total
from app.placements.views.blueprint import blueprint

HEADER: Final = ("Personne", "Entreprise", "Métier", "Semaine du", "Heures faites")


@blueprint.get("/stages/heures")
@requires(Role.REFERENT, Role.FACILITATOR)
def hours() -> ResponseReturnValue:
    """By person, stage and week, of those whose referent the reader is."""
    return _page("placements/hours.html")


@blueprint.get("/mes-stages/heures")
@requires(Role.CANDIDATE)
def my_hours() -> ResponseReturnValue:
    """The person's own."""
    return _page("placements/my_hours.html")


def _page(template: str) -> ResponseReturnValue:
    actor, today = the_actor(), clock.today()
    filters = HoursFilters(request.args, today)
    lines = hours_done(actor, filters.asked)
    if kind := request.args.get("export"):
        return export(kind, f"heures-de-stage-{today:%Y-%m-%d}", HEADER, _cells(lines))
    number = min(page_number(request.args.get("page")), max(1, -(-len(lines) // PAGE_SIZE)))
    shown = lines[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render_template(
        template,
        page=Page(shown, number, PAGE_SIZE, len(lines)),
        filters=filters,
        since=filters.asked.since,
        until=filters.asked.until,
        total=total(lines),
        people=len({line.person for line in lines}),
    )


def _cells(lines: Iterable[HourLine]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        yield line.person, line.host, line.title, line.monday, line.hours
