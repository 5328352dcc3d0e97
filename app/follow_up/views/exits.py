"""« Sorties »: the label of each follow-up for the PLIE, the IAE and the plan, side by side; a proof noted."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.exports import export
from app.core.forms import ActForm
from app.core.paging import PAGE_SIZE, Page, page_number
from app.core.policy import requires, the_actor
from app.core.quantities import add_months, format_number
from app.core.roles import ACCOMPANIMENT, Role
from app.follow_up.forms.figures import ExitsFilters
from app.follow_up.labels.states import FOLLOW_UP_STATES
from app.follow_up.queries.exits import ExitLine, counted, exit_lines
from app.follow_up.service.proofs import attest_job
from app.follow_up.views.blueprint import blueprint
from app.offers.labels import EMPLOYMENTS

HEADER: Final = (
    "Personne", "Employeur", "Contrat de travail", "Embauche", "Heures par semaine", "Dernier jour",
    "Justificatif vu le", "Suivi", "PLIE", "Compte pour le PLIE", "IAE", "Plan (fiche 3-7)",
)  # fmt: skip


@blueprint.get("/suivis/sorties")
@requires(Role.REFERENT, Role.FACILITATOR, Role.DEPARTMENT)
def exits() -> ResponseReturnValue:
    """One line a follow-up."""
    actor, today = the_actor(), clock.today()
    filters = ExitsFilters(request.args, today=today)
    last_day = add_months(filters.until, 1)
    lines = exit_lines(actor, filters.since, date.fromordinal(last_day.toordinal() - 1), today)
    if kind := request.args.get("export"):
        return export(kind, f"sorties-{today:%Y-%m-%d}", HEADER, _cells(lines))
    shown = [line for line in lines if filters.keeps(line.label("plie").counts)]
    number = min(page_number(request.args.get("page")), max(1, -(-len(shown) // PAGE_SIZE)))
    first = (number - 1) * PAGE_SIZE
    return render_template(
        "follow_up/exits.html",
        filters=filters,
        page=Page(shown[first : first + PAGE_SIZE], number, PAGE_SIZE, len(shown)),
        counted_items=[(format_number(count), name, f"sur {len(lines)}") for name, count, _ in counted(lines).values()],
        total=len(lines),
        employments=EMPLOYMENTS,
        states=FOLLOW_UP_STATES,
        may_attest=actor.role in ACCOMPANIMENT,
    )


def _cells(lines: Sequence[ExitLine]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        job, plie = line.job, line.label("plie")
        yield (
            line.follow_up.candidate.full_name,
            (job.organisation.name if job.organisation else job.employer_name) if job else "",
            EMPLOYMENTS[job.employment_kind] if job else "",
            job.start_on if job else None,
            job.hours_week if job else None,
            (job.ended_on or job.end_on) if job else None,
            job.attested_on if job else None,
            FOLLOW_UP_STATES[line.follow_up.state],
            plie.words,
            plie.counts,
            line.label("iae").words,
            line.label("plan").words,
        )


@blueprint.post("/suivis/sorties/<uuid:job_id>/justificatif")
@requires(Role.REFERENT, Role.FACILITATOR)
def attest(job_id: UUID) -> ResponseReturnValue:
    """« Justificatif vu »."""
    if ActForm().sent:
        attest_job(job_id, by=the_actor(), today=clock.today())
        flash("Le justificatif est noté.", "success")
    kept: dict[str, Any] = {name: request.args[name] for name in ("du", "au", "voir", "page") if name in request.args}
    return redirect(url_for(".exits", **kept), 303)
