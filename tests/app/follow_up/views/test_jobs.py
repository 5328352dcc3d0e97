"""The pages of a change of job and of a correction."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.follow_up.models import HeldJob
from tests.conftest import Statements
from tests.factories.follow_up import Followed, a_colleague, a_follow_up
from tests.factories.people import Somebody

SignIn = Callable[[Somebody], FlaskClient]
TERMS = {"title": "Chef d’équipe", "employment_kind": "cdi", "start_on": "09/11/2026", "hours_week": "35"}


@pytest.fixture
def followed(session: scoped_session, today: date) -> Followed:
    made = a_follow_up(end_on=date(2026, 12, 31))
    session.commit()
    return made


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def address(followed: Followed, page: str = "") -> str:
    return f"/suivis/{followed.follow_up.id}/emploi{page}"


def jobs(session: scoped_session) -> list[HeldJob]:
    return list(session.scalars(select(HeldJob).order_by(HeldJob.rank).execution_options(populate_existing=True)))


def test_it_asks_first_what_changes(followed: Followed, sign_in: SignIn) -> None:
    shown = text(sign_in(followed.referent).get(address(followed)))
    for said in ("Contrat renouvelé", "Passage en CDI", "Changement d’employeur", "Corriger une erreur de saisie"):
        assert said in shown


def test_a_renewal_begins_the_day_after_with_what_stays_as_it_was(
    followed: Followed, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(followed.referent)
    statements.clear()
    shown = text(client.get(address(followed, "?quoi=renouvellement")))
    assert len(statements) <= 12
    assert 'value="01/01/2027"' in shown
    assert 'value="Préparateur de commandes"' in shown
    assert "Employeur" not in shown.split("<form")[1]


def test_a_change_is_noted_and_the_employer_stays(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    data = {**TERMS, "why": "Elle le mérite", "row_id": str(uuid4())}
    client = sign_in(followed.referent)
    for _ in range(2):
        assert client.post(address(followed, "?quoi=cdi"), data=data).status_code == 303
    first, second = jobs(session)
    assert second.organisation_id == first.organisation_id
    assert second.change_words == "Elle le mérite"
    assert first.ended_on == date(2026, 11, 8)


def test_another_employer_is_asked_for(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    client = sign_in(followed.referent)
    missing = client.post(address(followed, "?quoi=employeur"), data=TERMS)
    assert "Dites qui est l’employeur." in text(missing)
    client.post(address(followed, "?quoi=employeur"), data={**TERMS, "employer": "Val d’Orge Propreté"})
    assert jobs(session)[1].employer_name == "Val d’Orge Propreté"


def test_a_change_before_the_last_job_is_said_wrong_beside_its_day(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    data = {**TERMS, "start_on": "01/08/2026"}
    shown = text(sign_in(followed.referent).post(address(followed, "?quoi=cdi"), data=data))
    assert "Cet emploi doit commencer après celui d’avant." in shown
    assert len(jobs(session)) == 1


def correction(followed: Followed, **changes: str) -> dict[str, str]:
    job = followed.job
    return {
        "employer": "Logistique du Val d’Orge",
        "known": str(job.organisation_id),
        "title": job.title,
        "employment_kind": "cdd",
        "start_on": "01/09/2026",
        "end_on": "31/12/2026",
        "hours_week": "35",
        "version": str(job.version),
        **changes,
    }


def test_a_correction_opens_on_what_is_known_and_keeps_the_firm(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    client = sign_in(followed.referent)
    shown = text(client.get(address(followed, "/corriger")))
    for said in ('value="Logistique du Val d’Orge"', 'value="01/09/2026"', 'value="35"', 'value="Sandrine Leroy"'):
        assert said in shown, said
    answer = client.post(address(followed, "/corriger"), data=correction(followed, tutor_name="Paul Roy"))
    assert answer.status_code == 303
    (job,) = jobs(session)
    assert (job.tutor_name, job.organisation_id) == ("Paul Roy", followed.employer.organisation.id)  # type: ignore[union-attr]


def test_two_editors_meet_on_a_page(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    client, first = sign_in(followed.referent), correction(followed, title="Cariste")
    second = correction(followed, title="Chef")
    assert client.post(address(followed, "/corriger"), data=first).status_code == 303
    answer = client.post(address(followed, "/corriger"), data=second)
    assert answer.status_code == 409
    assert "Cariste" in text(answer)
    assert jobs(session)[0].title == "Cariste"


def test_a_job_of_another_follow_up_is_not_found(session: scoped_session, followed: Followed, sign_in: SignIn) -> None:
    other = a_follow_up()
    session.commit()
    page = address(followed, f"/corriger?emploi={other.job.id}")
    assert sign_in(followed.referent).get(page).status_code == 404


def test_a_colleague_who_only_reads_changes_nothing(
    session: scoped_session, followed: Followed, sign_in: SignIn
) -> None:
    colleague = a_colleague(followed)
    session.commit()
    client = sign_in(colleague)
    for page in ("", "?quoi=cdi", "/corriger"):
        assert client.get(address(followed, page)).status_code == 404
        assert client.post(address(followed, page), data=TERMS).status_code == 404
