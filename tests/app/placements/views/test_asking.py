"""The forms: a host is found first, the days left are read before asking, every refusal stands beside its field."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.organisations.models import Organisation
from app.placements.models import Placement
from app.placements.rules.kinds import PlacementPurpose
from app.placements.rules.states import PlacementState
from tests.conftest import Statements
from tests.factories.people import Somebody, an_organisation, somebody
from tests.factories.placements import a_placement

SignIn = Callable[[Somebody], FlaskClient]
SAID = {
    "title": "Menuisier",
    "purpose": "discover",
    "starts_on": "23/11/2026",
    "ends_on": "04/12/2026",
    "hours_week": "35",
    "asked_words": "Poncer un meuble",
}


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.fixture
def firm(session: scoped_session) -> Organisation:
    made = an_organisation(name="Menuiserie du Val")
    somebody(Role.EMPLOYER, made)
    session.commit()
    return made


@pytest.fixture
def person(session: scoped_session, today: date) -> Somebody:
    made = somebody(Role.CANDIDATE)
    session.commit()
    return made


@pytest.fixture
def referent(session: scoped_session, today: date, person: Somebody) -> Somebody:
    made = somebody(Role.REFERENT, manager=False)
    assert person.candidate is not None
    person.candidate.referent_id = made.user.id
    session.commit()
    return made


def test_a_firm_is_searched_then_chosen_and_the_days_left_are_read_before_asking(
    session: scoped_session, today: date, person: Somebody, firm: Organisation, sign_in: SignIn, statements: Statements
) -> None:
    client = sign_in(person)
    found = text(client.get("/mes-stages/demander?q=menuiserie"))
    assert f"/mes-stages/demander?hote={firm.id}" in found
    statements.clear()
    shown = text(client.get(f"/mes-stages/demander?hote={firm.id}"))
    assert len(statements) <= 12
    assert "Vous pouvez faire 60 jours de stage ici, en 12 mois." in shown
    assert "Le dernier jour possible est le 4 décembre 2026." in shown
    answer = client.post(f"/mes-stages/demander?hote={firm.id}", data=SAID)
    made = session.scalars(select(Placement)).one()
    assert answer.headers["Location"].endswith(f"/mes-stages/{made.id}")
    assert (made.host_organisation_id, made.title, made.trade_slug) == (firm.id, "Menuisier", "menuisier")


def test_verify_says_the_last_end_for_the_first_day_typed_and_asks_nothing(
    session: scoped_session, today: date, person: Somebody, firm: Organisation, sign_in: SignIn
) -> None:
    a_placement(
        PlacementState.CLOSED, person=person, host=_member(firm), starts_on=today - timedelta(days=60), days=20,
        host_siret=None,
    )  # fmt: skip
    session.commit()
    said = {**SAID, "starts_on": "2 mars 2027", "check": "1"}
    shown = text(sign_in(person).post(f"/mes-stages/demander?hote={firm.id}", data=said))
    assert "Vous avez déjà 20 jours ici en 12 mois." in shown
    assert "Le dernier jour possible est le 1er avril 2027." in shown
    assert 'value="Menuisier"' in shown
    assert len(session.scalars(select(Placement)).all()) == 1


def _member(firm: Organisation) -> Somebody:
    return somebody(Role.EMPLOYER, firm)


def test_a_firm_that_is_not_on_the_portal_is_declared(
    session: scoped_session, today: date, person: Somebody, sign_in: SignIn
) -> None:
    client = sign_in(person)
    assert "Cette entreprise n’est pas sur le portail" in text(client.get("/mes-stages/demander?q=Garage Martin"))
    address = "/mes-stages/demander?autre=Garage Martin"
    assert 'value="Garage Martin"' in text(client.get(address))
    wrong = {**SAID, "host_name": "Garage Martin", "host_siret": "12345678901234"}
    assert "Ce SIRET n’existe pas" in text(client.post(address, data=wrong))
    own = {"host_name": "Garage Martin", "host_contact_name": "Luc", "host_contact_phone": "01 99 00 44 55"}
    client.post(address, data={**SAID, **own, "commune": "massy"})
    made = session.scalars(select(Placement)).one()
    assert (made.host_organisation_id, made.host_name, made.commune_insee) == (None, "Garage Martin", "91377")
    assert made.host_contact_phone == "+33199004455"


def test_all_that_is_wrong_is_said_at_once_beside_its_field_and_what_was_typed_stays(
    session: scoped_session, today: date, person: Somebody, firm: Organisation, sign_in: SignIn
) -> None:
    said = {**SAID, "starts_on": "02/11/2026", "ends_on": "20/12/2026", "hours_week": "50"}
    shown = text(sign_in(person).post(f"/mes-stages/demander?hote={firm.id}", data=said))
    for field, words in (
        ("starts_on", "Le premier jour est passé"),
        ("ends_on", "Un stage dure un mois au plus : jusqu’au 1er décembre 2026."),
        ("hours_week", "Une semaine de stage compte 48 heures au plus."),
    ):
        assert words in shown
        assert f'id="{field}-error"' in shown
    assert 'value="02/11/2026"' in shown
    assert session.scalars(select(Placement)).all() == []


def test_a_second_click_asks_nothing_more(
    session: scoped_session, today: date, person: Somebody, firm: Organisation, sign_in: SignIn
) -> None:
    client, said = sign_in(person), {**SAID, "row_id": str(uuid4())}
    assert {client.post(f"/mes-stages/demander?hote={firm.id}", data=said).status_code for _ in range(2)} == {303}
    assert len(session.scalars(select(Placement)).all()) == 1


def test_who_accompanies_proposes_with_the_person_s_yes(
    session: scoped_session, today: date, person: Somebody, referent: Somebody, firm: Organisation, sign_in: SignIn,
    statements: Statements,
) -> None:  # fmt: skip
    assert person.candidate is not None
    client, address = sign_in(referent), f"/candidats/{person.candidate.id}/stage"
    assert f"hote={firm.id}" in text(client.get(f"{address}?q=menuiserie"))
    statements.clear()
    assert "60 jours possibles" in text(client.get(f"{address}?hote={firm.id}"))
    assert len(statements) <= 12
    refused = text(client.post(f"{address}?hote={firm.id}", data=SAID))
    assert "sans son accord, rien ne part" in refused
    answer = client.post(f"{address}?hote={firm.id}", data={**SAID, "agreed": "y", "tasks": "Poncer"})
    made = session.scalars(select(Placement)).one()
    assert answer.headers["Location"].endswith(f"/stages/{made.id}")
    assert (made.tasks, made.prescriber_id) == ("Poncer", referent.user.id)
    assert client.get(f"/candidats/{uuid4()}/stage").status_code == 404


def test_a_day_that_another_stage_holds_is_said_with_its_dates_to_the_person(
    session: scoped_session, today: date, person: Somebody, firm: Organisation, sign_in: SignIn
) -> None:
    a_placement(PlacementState.ACCEPTED, person=person, starts_on=date(2026, 11, 30), purpose=PlacementPurpose.CONFIRM)
    session.commit()
    shown = text(sign_in(person).post(f"/mes-stages/demander?hote={firm.id}", data=SAID))
    assert "Un autre stage est prévu du 30 novembre 2026 au 11 décembre 2026." in shown


@pytest.mark.parametrize("who", ["person", "referent"])
def test_the_days_left_are_a_page_of_their_own(
    session: scoped_session, today: date, person: Somebody, referent: Somebody, sign_in: SignIn, who: str
) -> None:
    assert person.candidate is not None
    reader = {"person": person, "referent": referent}[who]
    address = f"/stages/jours-restants?personne={person.candidate.id}&siret=Garage Martin&du=02/03/2027"
    shown = text(sign_in(reader).get(address))
    last = {"person": "Le dernier jour possible est le 1er avril 2027.", "referent": "jusqu’au 1er avril 2027 au plus"}
    assert last[who] in shown
    stranger = somebody(Role.REFERENT)
    session.commit()
    assert sign_in(stranger).get(address).status_code == 404


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001", "31/11/2026", "x" * 100_000, "\x00\x00", "😀"])
def test_no_date_that_is_typed_breaks_the_days_left(
    session: scoped_session, person: Somebody, firm: Organisation, sign_in: SignIn, day: str
) -> None:
    client = sign_in(person)
    for button in ({"check": "1"}, {}):
        data = {**SAID, "starts_on": day, "ends_on": day, **button}
        assert client.post(f"/mes-stages/demander?hote={firm.id}", data=data).status_code == 200
        assert client.post("/mes-stages/demander?autre=%00%FF", data={**data, "host_name": day}).status_code == 200
    assert client.get("/stages/jours-restants", query_string={"siret": "Là", "du": day}).status_code == 200
    placed = a_placement(PlacementState.RUNNING, person=person)
    session.commit()
    address = f"/stages/{placed.placement.id}/renouveler"
    assert client.post(address, data={"starts_on": day, "ends_on": day}).status_code == 200


def test_what_lacks_is_listed_in_the_order_of_the_page_and_in_the_words_of_the_person(
    session: scoped_session, today: date, person: Somebody, sign_in: SignIn
) -> None:
    shown = text(sign_in(person).post("/mes-stages/demander?autre=", data={"host_siret": "12"}))
    summary = shown[shown.index('id="erreurs"') : shown.index("<form", shown.index('id="erreurs"'))]
    places = [summary.index(word) for word in ("Nom de l’entreprise", "SIRET", "Quel métier ?", "Pourquoi ce stage ?")]
    assert places == sorted(places)
    assert "Objet du stage" not in shown
