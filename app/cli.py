"""Which commands does an administrator have? Thin words over the services."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app import drawings
from app.core import clock
from app.core.settings import ROOT
from app.jobs.rules.due import Job

reference = AppGroup("reference", help="Reference tables: communes, trades, ROME.")
search = AppGroup("search", help="The search index: keep, rebuild, compare.")
jobs = AppGroup("jobs", help="What the portal does by itself: the scheduler, or one job by hand.")
docs = AppGroup("docs", help="Documents drawn from the code.")


def init(app: Flask) -> None:
    """Register the commands."""
    for group in (reference, search, jobs, docs):
        app.cli.add_command(group)


@reference.command("load")
def load_reference() -> None:
    """Load the shipped tables; what the département has edited stays."""
    from app.clauses.service.categories import load_categories
    from app.clauses.service.terms import load_templates
    from app.reference.service import load_reference as load

    click.echo({**load(), "clause_categories": load_categories(), "clause_templates": load_templates()})


@reference.command("import-rome")
@click.argument("codes", type=click.Path(exists=True, path_type=Path))
@click.argument("names", type=click.Path(exists=True, path_type=Path))
def import_rome(codes: Path, names: Path) -> None:
    """Import the official ROME files: CODES (code_rome) then NAMES (appellation)."""
    from app.core.roles import SYSTEM
    from app.reference.service import RomeFileError
    from app.reference.service import import_rome as run

    try:
        click.echo(run(codes, names, by=SYSTEM))
    except RomeFileError as error:
        raise click.ClickException(str(error)) from error


@search.command("drain")
@click.option("--loop", is_flag=True, help="Stay and follow every change.")
def drain(loop: bool) -> None:
    """Write in the index what changed."""
    from app.search import service

    if loop:
        service.drain_forever()
    else:
        click.echo(f"search {service.drain_all()}")


@search.command("rebuild")
@click.argument("kinds", nargs=-1)
def rebuild(kinds: Iterable[str]) -> None:
    """Make the index anew without an interruption; prints counts and seconds."""
    from app.search import service

    for report in service.rebuild_all(tuple(kinds)):
        click.echo(report)


@search.command("compare")
@click.option("--repair", is_flag=True, help="Mend what differs.")
def compare(repair: bool) -> None:
    """Count what differs between rows and index."""
    from app.search import service

    for report in service.compare_all(repair=repair):
        click.echo(report)


@jobs.command("list")
def list_jobs() -> None:
    """The jobs: name, title, when, next run, last run."""
    from app.jobs.labels import OUTCOMES, when_words
    from app.jobs.queries import last_runs
    from app.jobs.schedule import SCHEDULE

    last = last_runs(list(SCHEDULE))
    for name, job in SCHEDULE.items():
        run = last.get(name)
        ran = f"{run.started_at.astimezone(clock.PARIS):%d/%m/%Y %H:%M} {OUTCOMES[run.outcome]}" if run else "jamais"
        due = f"{job.when.after(clock.now()).astimezone(clock.PARIS):%d/%m/%Y %H:%M}"
        click.echo(f"{name:<34} {job.title:<42} {when_words(job.when):<24} {due}  {ran}")


@jobs.command("run")
@click.argument("name", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were that day.")
def run_jobs(name: str | None, day: datetime | None) -> None:
    """Be the scheduler; with a NAME, run that one job now. Running it twice changes nothing more."""
    from app.jobs.schedule import SCHEDULE
    from app.jobs.scheduler import Scheduler

    if name is None and day is None:
        Scheduler(current_app._get_current_object(), SCHEDULE).run()  # type: ignore[attr-defined]
    elif name is not None and name in SCHEDULE:
        _replay(name, SCHEDULE[name], day.date() if day else clock.today())
    else:
        raise click.BadParameter(f"unknown job {name or '(none)'}; see « flask jobs list »")


def _replay(name: str, job: Job, day: date) -> None:
    from app.jobs.labels import OUTCOMES, counts_words
    from app.jobs.rules import RunOutcome
    from app.jobs.service.running import Busy, replay

    try:
        run = replay(name, job, day)
    except Busy as busy:
        raise click.ClickException(f"{name} runs now in another process") from busy
    click.echo(f"{name} {day} {OUTCOMES[run.outcome]} {counts_words(job, run.counts)}{run.error}")
    if run.outcome is not RunOutcome.DONE:
        raise SystemExit(1)


@docs.command("draw")
def draw() -> None:
    """Write docs/states.md and docs/permissions.md again."""
    for name, text in drawings.documents(current_app._get_current_object()).items():  # type: ignore[attr-defined]
        (ROOT / "docs" / name).write_text(text)
        click.echo(f"docs/{name}")
