"""« Ouvrir un suivi »: the job is typed, errors stand beside their field, a firm of the portal is chosen knowingly."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.follow_up.models import FollowUp, HeldJob
from app.organisations.models import Organisation
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody

SignIn = Callable[[Somebody], FlaskClient]
JOB = {
    "origin": "elsewhere",
    "employer": "Sud-Essonne TP",
    "title": "Maçon",
    "employment_kind": "cdi",
    "start_on": "09/11/2026",
    "hours_week": "35",
}


@pytest.fixture
def referent(session: scoped_session, today: date) -> Somebody:
    return somebody(Role.REFERENT, manager=False)


@pytest.fixture
def address(session: scoped_session, referent: Somebody) -> str:
    candidate = somebody(Role.CANDIDATE).candidate
    assert candidate is not None
    candidate.referent_id = referent.user.id
    session.commit()
    return f"/suivis/nouveau?personne={candidate.id}"


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def test_a_job_is_typed_and_the_follow_up_opens(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(referent)
    statements.clear()
    assert "Ouvrir un suivi" in text(client.get(address))
    assert len(statements) <= 12
    said = {**JOB, "commune": "massy", "trade": "Maçon", "tutor_phone": "01 99 00 44 55"}
    answer = client.post(address, data=said)
    made = session.scalars(select(FollowUp)).one()
    job = session.scalars(select(HeldJob)).one()
    assert answer.headers["Location"].endswith(f"/suivis/{made.id}")
    assert (job.employer_name, job.commune_insee, job.tutor_phone) == ("Sud-Essonne TP", "91377", "+33199004455")
    assert job.trade_slug == "macon"


def test_a_second_click_opens_nothing_more(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn
) -> None:
    client, said = sign_in(referent), {**JOB, "row_id": str(uuid4())}
    assert {client.post(address, data=said).status_code for _ in range(2)} == {303}
    assert len(session.scalars(select(FollowUp)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start_on": "09/11/2024"}, "Les six mois sont passés : ce suivi ne peut plus s’ouvrir."),
        ({"start_on": "09/11/2027"}, "Le travail commence dans plus de 90 jours."),
        ({"start_on": "31/02/2027"}, "Cette date n’existe pas."),
        ({"end_on": "01/11/2026", "employment_kind": "cdd"}, "La fin est avant le début."),
        ({"hours_week": "60"}, "Une semaine compte de 1 à 48 heures."),
        ({"employer": ""}, "Dites qui est l’employeur."),
        ({"commune": "Marseille"}, "Nous ne trouvons pas cette commune en Essonne."),
        ({"trial_ends_on": "01/01/2026"}, "La fin d’essai doit tomber pendant le contrat."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn, changes: dict[str, str], message: str
) -> None:
    shown = text(sign_in(referent).post(address, data={**JOB, **changes}))
    assert message in shown
    assert 'value="Maçon"' in shown
    assert session.scalars(select(FollowUp)).all() == []


@pytest.fixture
def firm(session: scoped_session) -> Organisation:
    made = an_organisation(name="Logistique du Val d’Orge", siret="26910012300018")
    session.commit()
    return made


@pytest.mark.parametrize("typed", ["logistique du val", "26910012300018"])
def test_a_firm_of_the_portal_is_proposed_and_chosen_knowingly(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn, firm: Organisation, typed: str
) -> None:
    client = sign_in(referent)
    asked = text(client.post(address, data={**JOB, "employer": typed}))
    assert "Est-ce cette entreprise, déjà sur le portail ?" in asked
    assert "Elle verra le nom, le poste et la date de la prochaine visite." in asked
    assert session.scalars(select(FollowUp)).all() == []
    client.post(address, data={**JOB, "employer": typed, "known": str(firm.id)})
    job = session.scalars(select(HeldJob)).one()
    assert (job.organisation_id, job.employer_name) == (firm.id, "")


def test_another_firm_of_that_name_is_only_a_name(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn, firm: Organisation
) -> None:
    sign_in(referent).post(address, data={**JOB, "employer": "Logistique du Val d’Orge", "known": "non"})
    job = session.scalars(select(HeldJob)).one()
    assert (job.organisation_id, job.employer_name) == (None, "Logistique du Val d’Orge")


def test_a_firm_that_was_not_proposed_cannot_be_chosen(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn
) -> None:
    other = an_organisation(name="Tout autre nom")
    session.commit()
    sign_in(referent).post(address, data={**JOB, "known": str(other.id)})
    assert all(one.organisation_id is None for one in session.scalars(select(HeldJob)))


def test_without_a_person_it_leads_to_the_list_of_people(referent: Somebody, address: str, sign_in: SignIn) -> None:
    assert "Choisir une personne" in text(sign_in(referent).get("/suivis/nouveau"))


def test_a_stranger_opens_nothing(session: scoped_session, address: str, sign_in: SignIn) -> None:
    stranger = somebody(Role.REFERENT, territory="sud-essonne")
    session.commit()
    client = sign_in(stranger)
    assert client.get(address).status_code == 404
    assert client.post(address, data=JOB).status_code == 404


@pytest.mark.parametrize(("asked", "chosen"), [("event", "event"), ("nonsense", "elsewhere")])
def test_the_address_may_say_how_the_job_was_found(
    session: scoped_session, referent: Somebody, address: str, sign_in: SignIn, asked: str, chosen: str
) -> None:
    page = sign_in(referent).get(f"{address}&origine={asked}").get_data(as_text=True)
    ticked = [line for line in page.split("<input") if 'name="origin"' in line and "checked" in line]
    assert [f'value="{chosen}"' in line for line in ticked] == [True]
