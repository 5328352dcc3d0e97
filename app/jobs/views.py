"""« Traitements »: what the portal does by itself, whether it goes well, and running one now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.exports import export
from app.core.paging import page_number, paginate
from app.core.policy import requires, the_actor
from app.core.roles import Role
from app.jobs import labels, queries
from app.jobs.forms import JobFilters, RunFilters, RunForm
from app.jobs.models import JobRun
from app.jobs.queries import JobLine
from app.jobs.rules import RunOutcome
from app.jobs.rules.due import Job
from app.jobs.schedule import SCHEDULE
from app.jobs.service import runs as service

blueprint = Blueprint("jobs", __name__)
EXPORT_MOST: Final = 10_000
_WORDS: Final = {
    "outcomes": labels.OUTCOMES,
    "looks": labels.OUTCOME_LOOKS,
    "triggers": labels.TRIGGERS,
    "when_words": labels.when_words,
    "span_words": labels.span_words,
    "duration_words": labels.duration_words,
    "counts_words": labels.counts_words,
}
JOBS_HEADER: Final = ("Traitement", "Nom", "Quand", "Dernier passage", "Résultat", "Compte", "Prochain passage")
RUNS_HEADER: Final = ("Commencé", "Terminé", "Jour traité", "Pourquoi", "Demandé par", "Résultat", "Compte", "Erreur")


@blueprint.get("/traitements")
@requires(Role.ADMINISTRATOR)
def jobs() -> ResponseReturnValue:
    """The whole schedule; what failed comes first, as an alert."""
    form, now, sort = JobFilters(request.args), clock.now(), request.args.get("tri", "")
    lines = queries.job_lines(SCHEDULE, now)
    shown = _sorted([line for line in lines if form.keeps(line.last.outcome if line.last else None)], sort)
    if kind := request.args.get("export"):
        return export(kind, f"traitements-{clock.today():%Y-%m-%d}", JOBS_HEADER, _job_cells(shown))
    failed = [line for line in lines if line.last and line.last.outcome is RunOutcome.FAILED]
    return render_template(
        "jobs/jobs.html",
        filters_form=form,
        lines=shown,
        failed=failed,
        sort=sort,
        life=queries.life(now),
        **_WORDS,
    )


def _sorted(lines: list[JobLine], sort: str) -> list[JobLine]:
    keys: Mapping[str, Any] = {
        "titre": lambda line: line.job.title,
        "dernier": lambda line: line.last.started_at.timestamp() if line.last else 0,
        "prochain": lambda line: line.next_at,
    }
    key = keys.get(sort.removeprefix("-"))
    return sorted(lines, key=key, reverse=sort.startswith("-")) if key else lines


def _job_cells(lines: Iterable[JobLine]) -> Iterator[Sequence[Any]]:
    for line in lines:
        last = line.last
        said = (
            (last.started_at, labels.OUTCOMES[last.outcome], labels.counts_words(line.job, last.counts))
            if last
            else (None, "Jamais", "")
        )
        yield line.job.title, line.name, labels.when_words(line.job.when), *said, line.next_at


@blueprint.route("/traitements/<name>", methods=["GET", "POST"])
@requires(Role.ADMINISTRATOR)
def job(name: str) -> ResponseReturnValue:
    """One job: what it does, its runs, and running it now."""
    if name not in SCHEDULE:
        raise NotFound
    form = RunForm(data={"day": clock.today()})
    if form.sent and _asked(name, form):
        return redirect(url_for(".job", name=name), 303)
    row, filters = SCHEDULE[name], RunFilters(request.args)
    found = queries.runs(name, filters.outcome)
    if kind := request.args.get("export"):
        page = paginate(found, 1, EXPORT_MOST)
        return export(kind, f"passages-{name}", RUNS_HEADER, _run_cells(row, page.items))
    page = paginate(found, page_number(request.args.get("page")))
    return render_template(
        "jobs/job.html",
        form=form,
        filters_form=filters,
        name=name,
        job=row,
        page=page,
        people=queries.names_of_users(page.items),
        next_at=row.when.after(clock.now()),
        catch_up_words=labels.catch_up_words(row),
        **_WORDS,
    )


def _asked(name: str, form: RunForm) -> bool:
    """Was the run asked for? Says what happens next."""
    row_id, day = form.row_id.data, form.day.data
    assert day is not None
    try:
        service.ask(name, day, row_id=row_id, by=the_actor(), today=clock.today())
    except Refused as refused:
        form.refuse(refused, labels.REFUSAL_WORDS)
        return False
    if queries.life(clock.now()).alive:
        flash("C’est demandé. Le traitement commence dans quelques secondes\u00a0: rechargez la page.", "success")
    else:
        flash("C’est demandé. Le planificateur ne tourne pas\u00a0: le traitement attend son démarrage.", "warning")
    return True


def _run_cells(row: Job, runs: Sequence[JobRun]) -> Iterator[Sequence[Any]]:
    people = queries.names_of_users(runs)
    for run in runs:
        yield (
            run.started_at, run.ended_at, run.for_day, labels.TRIGGERS[run.trigger],
            people.get(run.by_user_id, "") if run.by_user_id else "",
            labels.OUTCOMES[run.outcome], labels.counts_words(row, run.counts), run.error,
        )  # fmt: skip
