"""« Traitements », for the administrators."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.jobs.models import JobRun
from app.jobs.rules import RunOutcome, RunTrigger
from app.jobs.schedule import SCHEDULE
from app.jobs.service import processes
from tests.conftest import Statements
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]
REMIND = "applications.remind"
PAGE = f"/traitements/{REMIND}"


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True)).replace("\u00a0", " "))


def _a_run(name: str, outcome: RunOutcome, ago: timedelta = timedelta(0), **values: Any) -> JobRun:
    started = clock.now() - ago
    ended = None if outcome in {RunOutcome.ASKED, RunOutcome.RUNNING} else started + timedelta(seconds=200)
    said = {"trigger": RunTrigger.SCHEDULE, "due_at": started, **values}
    return JobRun(job=name, for_day=started.date(), outcome=outcome, started_at=started, ended_at=ended, **said)


@pytest.fixture
def administrator(client: FlaskClient, sign_in: SignIn, session: scoped_session, today: date) -> FlaskClient:
    return sign_in(somebody(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    "role", sorted({Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT, Role.DEPARTMENT, Role.CANDIDATE})
)
def test_nobody_else_reads_it(client: FlaskClient, sign_in: SignIn, role: Role) -> None:
    sign_in(somebody(role))
    assert client.get("/traitements").status_code == 403
    assert client.post(PAGE, data={}).status_code == 403


def test_every_job_says_what_it_does_when_it_ran_and_when_it_will(
    administrator: FlaskClient, session: scoped_session
) -> None:
    processes.register()
    session.add(_a_run(REMIND, RunOutcome.DONE, timedelta(hours=5), counts={"count": 3}))
    session.commit()
    page = _text(administrator.get("/traitements"))
    for job in SCHEDULE.values():
        assert job.title in page
        assert job.says.replace("\u00a0", " ") in page
    assert "Planificateur en marche" in page
    assert "aujourd’hui à 7 h Fait 3 rappels demain à 7 h" in page


def test_a_scheduler_that_says_nothing_is_an_alert(administrator: FlaskClient, session: scoped_session) -> None:
    assert "Le planificateur ne tourne pas" in _text(administrator.get("/traitements"))
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        processes.register()
    assert "Le planificateur ne tourne pas" in _text(administrator.get("/traitements"))
    processes.register()
    processes.register()
    page = _text(administrator.get("/traitements"))
    assert "Le planificateur ne tourne pas" not in page
    assert "2 planificateurs tournent" in page


def test_a_job_whose_last_run_failed_comes_first(administrator: FlaskClient, session: scoped_session) -> None:
    session.add(_a_run(REMIND, RunOutcome.FAILED, timedelta(hours=5), error="ValueError: no"))
    session.add(_a_run("offers.expire", RunOutcome.FAILED, timedelta(hours=7), error="KeyError: …"))
    session.add(_a_run("offers.expire", RunOutcome.DONE, timedelta(hours=6)))
    session.commit()
    page = _text(administrator.get("/traitements"))
    assert "Un traitement est en erreur Rappeler les réponses attendues , aujourd’hui à 7 h : ValueError: no" in page
    filtered = _text(administrator.get("/traitements?resultat=failed")).split("Passages")[0]
    assert filtered.count(SCHEDULE[REMIND].says) == 1
    assert SCHEDULE["offers.expire"].says not in filtered
    never = _text(administrator.get("/traitements?resultat=never"))
    assert SCHEDULE[REMIND].says not in never
    assert SCHEDULE["clauses.chase"].says in never


def test_one_job_shows_its_runs_page_by_page_and_by_outcome(
    administrator: FlaskClient, session: scoped_session
) -> None:
    who = somebody(Role.ADMINISTRATOR)
    session.add_all(_a_run(REMIND, RunOutcome.DONE, timedelta(days=n)) for n in range(25))
    session.add(_a_run(REMIND, RunOutcome.FAILED, timedelta(days=30), error="ValueError: no"))
    session.add(
        _a_run(
            REMIND,
            RunOutcome.ASKED,
            timedelta(days=31),
            trigger=RunTrigger.REPLAY,
            due_at=None,
            by_user_id=who.user.id,
        )
    )
    session.commit()
    page = _text(administrator.get(PAGE))
    assert "1 à 20 sur 27" in page
    assert "3 min 20 s" in page
    second = _text(administrator.get(f"{PAGE}?page=2"))
    assert who.user.full_name in second
    assert "ValueError: no" in second
    failed = _text(administrator.get(f"{PAGE}?resultat=failed"))
    assert "ValueError: no" in failed
    assert "1 passage" in failed
    assert "1 à 20 sur 27" in _text(administrator.get(f"{PAGE}?resultat=nonsense"))


@pytest.mark.parametrize("address", ["/traitements", PAGE])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_leave_as_files(administrator: FlaskClient, session: scoped_session, address: str, kind: str) -> None:
    session.add(_a_run(REMIND, RunOutcome.FAILED, error="ValueError: no"))
    session.commit()
    answer = administrator.get(f"{address}?export={kind}")
    assert f".{kind}" in answer.headers["Content-Disposition"]
    if kind == "csv":
        text = answer.get_data(as_text=True)
        assert "En erreur" in text
        assert "05/11/2026 12:00" in text


def test_asking_for_a_run_waits_for_the_scheduler_and_twice_is_once(
    administrator: FlaskClient, session: scoped_session
) -> None:
    row_id = uuid4()
    sent = {"day": "04/11/2026", "row_id": str(row_id)}
    for _ in range(2):
        assert administrator.post(PAGE, data=sent).status_code == 303
    run = session.scalars(select(JobRun)).one()
    assert (run.id, run.job, run.outcome, run.for_day) == (row_id, REMIND, RunOutcome.ASKED, date(2026, 11, 4))
    page = _text(administrator.get(PAGE))
    assert "le traitement attend son démarrage" in page
    assert "Demandé" in page
    processes.register()
    administrator.post(PAGE, data={**sent, "row_id": str(uuid4())})
    assert "commence dans quelques secondes" in _text(administrator.get(PAGE))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("06/11/2026", "Choisissez aujourd’hui ou un jour passé."),
        ("01/11/2025", "Choisissez un jour de moins d’un an."),
        ("31/02/2026", "Cette date n’existe pas."),
        ("", "Écrivez le jour"),
    ],
)
def test_a_day_that_will_not_do_is_said_beside_the_field(
    administrator: FlaskClient, session: scoped_session, typed: str, words: str
) -> None:
    answer = administrator.post(PAGE, data={"day": typed, "row_id": str(uuid4())})
    assert answer.status_code == 200
    assert words in _text(answer)
    assert f'value="{typed}"' in answer.get_data(as_text=True)
    assert session.scalars(select(JobRun)).all() == []


def test_an_unknown_job_is_not_found(administrator: FlaskClient) -> None:
    assert administrator.get("/traitements/rm").status_code == 404
    assert administrator.post("/traitements/rm", data={"day": "04/11/2026"}).status_code == 404


@pytest.mark.parametrize("address", ["/traitements", PAGE])
def test_a_page_asks_the_database_as_often_whatever_the_runs(
    administrator: FlaskClient, session: scoped_session, statements: Statements, address: str
) -> None:
    def count() -> int:
        statements.clear()
        assert administrator.get(address).status_code == 200
        return len(statements)

    session.add(_a_run(REMIND, RunOutcome.DONE, timedelta(days=1)))
    session.commit()
    few = count()
    session.add_all(_a_run(name, RunOutcome.DONE, timedelta(minutes=n)) for name in SCHEDULE for n in range(30))
    session.commit()
    assert count() == few <= 12


def test_sorting_follows_the_address(administrator: FlaskClient, session: scoped_session) -> None:
    titles = sorted(job.title for job in SCHEDULE.values())

    def shown(sort: str) -> list[str]:
        text = administrator.get(f"/traitements?tri={sort}").get_data(as_text=True).replace("\u00a0", " ")
        return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', text)

    assert shown("titre") == titles
    assert shown("-titre") == titles[::-1]
    assert len(shown("nonsense")) == len(shown("dernier")) == len(titles)


def test_the_row_id_is_made_anew_by_each_page(administrator: FlaskClient) -> None:
    pages = [administrator.get(PAGE).get_data(as_text=True) for _ in range(2)]
    ids = [re.search(r'name="row_id"[^>]*value="([^"]+)"', page) for page in pages]
    assert all(ids)
    assert len({UUID(found.group(1)) for found in ids if found}) == 2
