"""« Chiffres »: kept strict and in work at three and six months, who is unknown, and why jobs ended."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.forms.figures import GROUP_WORDS, HORIZONS, FiguresFilters, month_words
from app.follow_up.labels.kinds import CAUSES, STANDINGS
from app.follow_up.queries.figures import Figures, Group, figures_of, people_behind, small_together
from app.follow_up.rules.kinds import Standing
from app.follow_up.rules.standing import Kept
from app.follow_up.views.blueprint import blueprint
from app.reference.queries.choices import family_choices, territory_choices

SMALL: Final = 5
"""Groups of fewer people than this are shown together; together fewer than this, they show no share."""
OTHERS: Final = "Moins de 5 personnes chacun"
HEADER: Final = (
    "Jour atteint", "Même employeur", "Nouvel emploi", "Sans emploi", "Situation inconnue",
    "Maintien strict (%)", "En emploi (%)", "Inconnu (%)",
)  # fmt: skip


@blueprint.get("/suivis/chiffres")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def figures() -> ResponseReturnValue:
    """The figures of the follow-ups that the reader may read."""
    actor, today = the_actor(), clock.today()
    filters = FiguresFilters(request.args, territories=territory_choices(), families=family_choices(), today=today)
    found = figures_of(actor, filters.asked)
    shown, small_groups, others = small_together(found.groups[filters.group], SMALL)
    if kind := request.args.get("export"):
        name = f"suivis-{filters.group}-{today:%Y-%m-%d}"
        return export(kind, name, (GROUP_WORDS[filters.group], *HEADER), _cells(filters.group, found, shown, others))
    which = request.args.get("voir", "")
    behind = _behind(found, which) if which in set(Standing) else ()
    return render_template(
        "follow_up/figures.html",
        filters=filters,
        found=found,
        kept=found.kept,
        groups=shown,
        small=SMALL,
        small_groups=small_groups,
        others=others,
        group_word=GROUP_WORDS[filters.group],
        name_of=month_words if filters.group == "mois" else str,
        horizon=HORIZONS[filters.days],
        causes=_causes(found),
        few_causes=any(count < SMALL for _, count in found.causes),
        standings=STANDINGS,
        which=which if behind else "",
        people=people_behind(actor, behind) if behind else (),
    )


def _causes(found: Figures) -> list[tuple[str, int]]:
    """Each cause of enough people to be nobody's; the rare ones together, when they too are enough."""
    named = [(CAUSES[cause], count) for cause, count in found.causes if count >= SMALL]
    rare = sum(count for _, count in found.causes if count < SMALL)
    return [*named, ("Autres causes", rare)] if rare >= SMALL else named


def _behind(found: Figures, which: str) -> Sequence[Any]:
    return [follow_up_id for follow_up_id, where in found.standings.items() if where == which]


def _cells(group: str, found: Figures, groups: Sequence[Group], others: Kept) -> Iterator[tuple[Any, ...]]:
    named = [(month_words(one.name) if group == "mois" else one.name, one.kept) for one in groups]
    for words, kept in [*named, (OTHERS, others), ("Ensemble", found.kept)]:
        if not kept.reached:
            continue
        if kept.reached < SMALL:
            yield (words, f"< {SMALL}", *[""] * 7)
            continue
        yield (
            words, kept.reached, kept.same, kept.new_job, kept.broken, kept.unknown,
            kept.strict_percent, kept.in_work_percent, kept.unknown_percent,
        )  # fmt: skip
