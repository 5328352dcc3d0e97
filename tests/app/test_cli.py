"""The commands about jobs: the list, and one job by hand."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.jobs.models import JobRun
from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.schedule import SCHEDULE
from app.jobs.service.locks import lock

NAME = "offers.expire"


def test_the_list_names_every_job_with_its_hours(app: Flask, session: scoped_session, today: date) -> None:
    printed = app.test_cli_runner().invoke(args=["jobs", "list"]).output
    lines = {line.split()[0]: line for line in printed.splitlines()}
    assert lines.keys() == SCHEDULE.keys()
    assert SCHEDULE[NAME].title in lines[NAME]
    assert "06/11/2026 05:00  jamais" in lines[NAME]


def test_a_job_run_by_hand_is_written_as_a_replay_of_its_day(app: Flask, session: scoped_session, today: date) -> None:
    done = app.test_cli_runner().invoke(args=["jobs", "run", NAME, "--on", "2028-02-29"])
    assert done.exit_code == 0
    assert done.output.replace("\u00a0", " ").endswith(f"{NAME} 2028-02-29 Fait 0 offre expirée\n")
    run = session.scalars(select(JobRun)).one()
    assert (run.job, run.for_day, run.trigger, run.outcome) == (
        NAME, date(2028, 2, 29), RunTrigger.REPLAY, RunOutcome.DONE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "words"),
    [(["jobs", "run", "nope"], "unknown job nope"), (["jobs", "run", "--on", "2026-11-05"], "unknown job (none)")],
)
def test_an_unknown_job_is_refused(app: Flask, session: scoped_session, args: list[str], words: str) -> None:
    refused = app.test_cli_runner().invoke(args=args)
    assert refused.exit_code == 2
    assert words in refused.output


def test_a_job_that_another_process_runs_is_left_to_it(app: Flask, session: scoped_session, today: date) -> None:
    with lock(NAME):
        refused = app.test_cli_runner().invoke(args=["jobs", "run", NAME])
    assert refused.exit_code == 1
    assert "runs now in another process" in refused.output
    assert session.scalars(select(JobRun)).all() == []
