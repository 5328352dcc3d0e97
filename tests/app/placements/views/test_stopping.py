"""A stop and an accident on their pages: who may, what is said before the button, errors beside their field."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core.roles import Role
from app.placements.models import PlacementIncident
from app.placements.rules.kinds import StopReason
from app.placements.rules.states import PlacementState
from tests.app.placements.views.test_convention import HIDDEN, SignIn, address, placed_in, text
from tests.factories.people import somebody
from tests.factories.placements import Placed

_S = PlacementState
MON = date(2026, 11, 2)


@pytest.fixture
def running(session: scoped_session, today: date) -> Placed:
    return placed_in(session, _S.RUNNING, starts_on=MON)


# --- stopped ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["host", "referent"])
def test_a_professional_stops_it_from_the_page_of_the_stage(
    session: scoped_session, running: Placed, sign_in: SignIn, who: str
) -> None:
    client, home = sign_in(getattr(running, who)), f"/stages/{running.placement.id}"
    assert "Arrêter le stage" in text(client.get(home))
    said = {"version": "1", "stopped_on": "04/11/2026", "reason": "agreed", "words": "Trop loin"}
    for _ in range(2):
        assert client.post(address(running, "arret"), data=said).location == home
    session.refresh(running.placement)
    assert (running.placement.state, running.placement.stop_reason) == (_S.STOPPED, StopReason.AGREED)
    assert ("Trop loin" in text(client.get(home))) == (who == "referent")
    assert "Ce stage ne s’arrête pas ici" in text(client.get(address(running, "arret")))


def test_the_person_stops_in_their_own_words(session: scoped_session, running: Placed, sign_in: SignIn) -> None:
    client, own = sign_in(running.person), f"/mes-stages/{running.placement.id}"
    assert "Je veux arrêter le stage" in text(client.get(own))
    shown = text(client.get(address(running, "arret")))
    assert "J’ai trouvé un travail" in shown
    assert "La personne n’est jamais venue" not in shown
    said = {"version": "1", "stopped_on": "05/11/2026", "reason": "hired"}
    assert client.post(address(running, "arret"), data=said).location == own
    assert "Votre stage s’est arrêté" in text(client.get(own))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"stopped_on": "06/11/2026"}, "stopped_on", "Le dernier jour n’est pas encore venu."),
        ({"stopped_on": "01/11/2026"}, "stopped_on", "Le dernier jour doit être dans le stage."),
        ({"stopped_on": ""}, "stopped_on", "Donnez le dernier jour."),
        ({"reason": ""}, "reason", "Choisissez une réponse."),
        ({"reason": "boredom"}, "reason", "Choisissez une réponse de la liste."),
    ],
)
def test_a_wrong_stop_is_shown_beside_its_field(
    session: scoped_session, running: Placed, sign_in: SignIn, changes: dict[str, str], field: str, words: str
) -> None:
    said = {"version": "1", "stopped_on": "04/11/2026", "reason": "host", "words": "Gardé", **changes}
    shown = text(sign_in(running.host).post(address(running, "arret"), data=said))
    assert words in shown
    assert f'id="{field}-error"' in shown
    assert "Gardé" in shown
    session.refresh(running.placement)
    assert running.placement.state is _S.RUNNING


def test_strangers_and_the_departement_stop_nothing(session: scoped_session, running: Placed, sign_in: SignIn) -> None:
    stranger, agent = somebody(Role.EMPLOYER), somebody(Role.DEPARTMENT)
    session.commit()
    assert sign_in(stranger).get(address(running, "arret")).status_code == 404
    assert sign_in(agent).get(address(running, "arret")).status_code == 403


# --- an accident ------------------------------------------------------------------------------------------


def an_accident(**changes: str) -> dict[str, str]:
    said = {
        "row_id": str(uuid4()), "kind": "accident", "day": "04/11/2026", "hour": "10h30", "words": "Chute à l’atelier",
    }  # fmt: skip
    return {**said, **changes}


def test_the_host_notes_an_accident_and_who_accompanies_declares_it(
    session: scoped_session, running: Placed, sign_in: SignIn
) -> None:
    client, home = sign_in(running.host), f"/stages/{running.placement.id}"
    form = text(client.get(address(running, "incident")))
    assert "Aucun détail médical" in form
    assert "declared_to" not in form
    assert [word for word in HIDDEN if word in form] == []
    said = an_accident(declared_to="CPAM", declared_on="05/11/2026")
    for _ in range(2):
        assert client.post(address(running, "incident"), data=said).location == home
    fact = session.scalars(select(PlacementIncident)).one()
    assert fact.declared_to == ""
    shown = text(client.get(home))
    assert "le 4 novembre 2026 à 10 h 30" in shown
    assert "Noter la déclaration" not in shown
    client = sign_in(running.referent)
    assert "Noter la déclaration" in text(client.get(home))
    there = address(running, f"incident/{fact.id}")
    wrong = text(client.post(there, data={"declared_to": "CPAM", "declared_on": "03/11/2026"}))
    assert "La déclaration est datée d’avant ce qui s’est passé." in wrong
    assert client.post(there, data={"declared_to": "CPAM", "declared_on": "05/11/2026"}).location == home
    assert "Déclaré le 5 novembre 2026 : CPAM." in text(client.get(home))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "06/11/2026"}, "day", "Ce jour n’est pas encore venu."),
        ({"day": "01/11/2026"}, "day", "Ce jour n’est pas dans le stage."),
        ({"hour": "25h"}, "hour", "Cette heure n’existe pas."),
        ({"words": ""}, "words", "Dites où et comment"),
        ({"words": "a" * 401}, "words", "401 caractères"),
        ({"kind": ""}, "kind", "Choisissez une réponse."),
        ({"declared_to": "CPAM"}, "declared_on", "Donnez le jour de la déclaration."),
    ],
)
def test_a_wrong_fact_is_shown_beside_its_field(
    session: scoped_session, running: Placed, sign_in: SignIn, changes: dict[str, str], field: str, words: str
) -> None:
    shown = text(sign_in(running.referent).post(address(running, "incident"), data=an_accident(**changes)))
    assert words in shown
    assert f'id="{field}-error"' in shown
    assert session.scalars(select(PlacementIncident)).all() == []


def test_the_person_the_departement_and_strangers_note_nothing(
    session: scoped_session, running: Placed, sign_in: SignIn
) -> None:
    stranger, agent = somebody(Role.EMPLOYER), somebody(Role.DEPARTMENT)
    session.commit()
    answers = [
        sign_in(who).post(address(running, "incident"), data=an_accident()).status_code
        for who in (running.person, agent, stranger)
    ]
    assert answers == [403, 403, 404]


def test_facts_are_in_no_file_that_leaves_the_portal(session: scoped_session, running: Placed, sign_in: SignIn) -> None:
    sign_in(running.host).post(address(running, "incident"), data=an_accident())
    for who, page in ((running.referent, "/stages"), (running.host, "/stages-accueillis")):
        assert "Chute" not in text(sign_in(who).get(f"{page}?export=csv"))
    assert "Chute" not in text(sign_in(running.host).get(address(running, "convention/brouillon")))
