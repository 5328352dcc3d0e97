"""« Agenda de l’équipe »: what is due, whose it is, who is away."""

from itertools import groupby
from typing import Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.db import db
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.follow_up.labels.calendar import hour_words
from app.follow_up.labels.kinds import MODES, VISITS
from app.follow_up.labels.team import TABS
from app.follow_up.models import HeldJob, Visit
from app.follow_up.queries import team as queries
from app.follow_up.queries.visits import job_at
from app.follow_up.rules.team import AgendaTab, first_tab, tab_of
from app.follow_up.views.blueprint import blueprint
from app.follow_up.views.ways import way

_PAGE: Final = 40
_HEADER: Final = ("Jour", "Heure", "Étape", "Comment", "Personne", "Employeur", "Référent", "Retard (jours)")


@blueprint.get("/suivis/equipe")
@requires(Role.REFERENT, Role.FACILITATOR)
def team() -> ResponseReturnValue:
    """Today, this week, late, 30 days; a referent's own and those they cover, a manager's team."""
    actor, today = the_actor(), clock.today()
    loads = queries.caseload(actor, today)
    colleague = _asked(loads)
    counts = queries.counts_by_tab(actor, today, colleague)
    tab = tab_of(request.args.get("quand")) or first_tab(counts)
    query = queries.visits_of_tab(actor, tab, today, colleague)
    if kind := request.args.get("export"):
        return export(kind, f"agenda-{tab.value}", _HEADER, [_row(visit) for visit in db.session.scalars(query)])
    page = paginate(query, page_number(request.args.get("page")), _PAGE)
    return render_template(
        "follow_up/team.html",
        tabs=_tabs(counts, tab),
        tab=tab,
        page=page,
        days=[(day, list(visits)) for day, visits in groupby(page, key=lambda visit: visit.planned_on)],
        loads=loads,
        colleague=colleague,
        jobs={visit.id: job_at(visit.follow_up, today) for visit in page},
        employer=employer_name,
        kinds=VISITS,
        modes=MODES,
        hour_words=hour_words,
        way=way,
        manager=actor.is_manager,
    )


def _asked(loads: list[queries.Load]) -> UUID | None:
    """The colleague of the address, when they are on the page."""
    raw = request.args.get("collegue", type=UUID)
    return raw if any(load.user is not None and load.user.id == raw for load in loads) else None


def _tabs(counts: dict[AgendaTab, int], current: AgendaTab) -> list[tuple[str, str, bool]]:
    colleague = request.args.get("collegue") or None
    return [
        (f"{TABS[tab]} ({counts[tab]})", url_for(".team", quand=tab.value, collegue=colleague), tab is current)
        for tab in AgendaTab
    ]


def employer_name(job: HeldJob | None) -> str:
    """The firm, on the portal or by name."""
    if job is None:
        return ""
    return job.organisation.name if job.organisation else job.employer_name


def _row(visit: Visit) -> tuple[Any, ...]:
    follow_up, today = visit.follow_up, clock.today()
    return (
        visit.planned_on,
        hour_words(visit.planned_at) if visit.planned_at else "",
        VISITS[visit.kind],
        MODES[visit.mode],
        follow_up.candidate.full_name,
        employer_name(job_at(follow_up, today)),
        follow_up.referent.full_name if follow_up.referent else "",
        max(0, (today - visit.planned_on).days),
    )
