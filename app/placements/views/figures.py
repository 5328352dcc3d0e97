"""« Chiffres des stages »: how many, done whole, stopped, hired after; groups of few people are not named."""

from collections.abc import Iterator
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.placements.forms.figures import GROUP_WORDS, FiguresFilters, month_words
from app.placements.queries.figures import Figures, figures_of
from app.placements.views.blueprint import blueprint
from app.reference.queries import territory_choices

SMALL: Final = 5
"""Groups of fewer people than this are shown together, and with others until the total tells nothing of them."""
OTHERS: Final = "Autres, ensemble"
HEADER: Final = (
    "Stages", "Personnes", "Finis", "Faits en entier", "Arrêtés", "Embauchés après", "Faits en entier (%)",
    "Embauchés après (%)",
)  # fmt: skip


@blueprint.get("/stages/chiffres")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def figures() -> ResponseReturnValue:
    """The figures of the stages that the reader may read."""
    actor, today = the_actor(), clock.today()
    filters = FiguresFilters(request.args, territory_choices(), today)
    found = figures_of(actor, filters.asked, filters.group, SMALL, today)
    word = GROUP_WORDS[filters.group]
    if kind := request.args.get("export"):
        name = f"stages-{filters.group}-{today:%Y-%m-%d}"
        return export(kind, name, (word, *HEADER), _cells(found, filters.group))
    return render_template(
        "placements/figures.html",
        filters=filters,
        found=found,
        small=SMALL,
        group_word=word,
        name_of=_named(filters.group),
    )


def _named(group: str) -> Any:
    return (lambda name: month_words(name).capitalize()) if group == "mois" else str


def _cells(found: Figures, group: str) -> Iterator[tuple[Any, ...]]:
    named = [(_named(group)(one.name), one.sums) for one in found.groups]
    for words, sums in [*named, (OTHERS, found.others), ("Ensemble", found.all)]:
        if not sums.stages:
            continue
        if sums.people < SMALL:
            yield words, f"< {SMALL}", *[""] * (len(HEADER) - 1)
            continue
        yield (
            words, sums.stages, sums.people, sums.over, sums.completed, sums.stopped, sums.hired,
            sums.percent(sums.completed), sums.percent(sums.hired),
        )  # fmt: skip
