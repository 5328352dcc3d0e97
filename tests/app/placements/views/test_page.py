"""The page of one stage: each reader sees where it is, what they may do, and of the person what they may know."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.candidates.rules import CandidateState
from app.core import clock
from app.core.roles import Role
from app.organisations.rules import OrganisationState
from app.placements.rules.kinds import CancelReason, StopReason
from app.placements.rules.states import PlacementState
from app.placements.service import cancelling
from tests.conftest import Statements
from tests.factories.people import Somebody, somebody
from tests.factories.placements import Placed, a_placement

SignIn = Callable[[Somebody], FlaskClient]
_S = PlacementState


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def placed_in(session: scoped_session, state: PlacementState, **values: Any) -> Placed:
    placed = a_placement(state, **values)
    assert placed.person.candidate is not None
    placed.person.candidate.phone = "+33199001122"
    session.commit()
    return placed


def page(client: FlaskClient, placed: Placed) -> str:
    answer = client.get(f"/stages/{placed.placement.id}")
    assert answer.status_code == 200
    return text(answer)


@pytest.mark.parametrize("state", sorted(PlacementState))
def test_those_who_accompany_read_every_state(
    session: scoped_session, today: object, sign_in: SignIn, statements: Statements, state: PlacementState
) -> None:
    placed = placed_in(session, state)
    client = sign_in(placed.referent)
    statements.clear()
    shown = page(client, placed)
    assert len(statements) <= 12
    assert placed.person.user.last_name in shown
    assert "01 99 00 11 22" in shown
    assert "Menuiserie du Val" in shown


def test_a_host_reads_first_name_and_initial_until_it_has_said_yes(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.WISHED, asked_words="Je veux apprendre à poncer")
    shown = page(sign_in(placed.host), placed)
    assert "Camille D." in shown
    assert "Massy" in shown
    assert "Je veux apprendre à poncer" in shown
    for hidden in (placed.person.user.last_name, "01 99 00 11 22", placed.referent.organisation.name):  # type: ignore[union-attr]
        assert hidden not in shown
    assert "Accepter" in shown


def test_a_host_that_said_yes_reads_name_and_phone_and_never_the_place_that_accompanies(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    shown = page(sign_in(placed.host), placed)
    assert placed.person.user.last_name in shown
    assert "01 99 00 11 22" in shown
    assert placed.referent.user.last_name in shown
    assert placed.referent.organisation is not None
    assert placed.referent.organisation.name not in shown


def test_another_host_and_another_place_find_no_page(session: scoped_session, today: object, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    for stranger in (somebody(Role.EMPLOYER), somebody(Role.REFERENT)):
        session.commit()
        assert sign_in(stranger).get(f"/stages/{placed.placement.id}").status_code == 404


def test_the_departement_reads_and_does_nothing(session: scoped_session, today: object, sign_in: SignIn) -> None:
    placed = placed_in(session, _S.ACCEPTED)
    agent = somebody(Role.DEPARTMENT)
    session.commit()
    client = sign_in(agent)
    assert "Annuler le stage" not in page(client, placed)
    assert client.get(f"/stages/{placed.placement.id}/annuler").status_code == 403


def test_who_accompanies_writes_down_the_answer_of_a_host_without_account(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.WISHED, host_organisation_id=None)
    assert "Elle dit oui" in page(sign_in(placed.referent), placed)
    on_portal = placed_in(session, _S.WISHED)
    shown = page(sign_in(on_portal.referent), on_portal)
    assert "Elle dit oui" not in shown
    assert "répond elle-même" in shown


def test_of_a_stage_that_does_not_take_place_a_host_keeps_a_first_name_and_an_initial(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.CANCELLED, accepted_at=clock.now())
    client = sign_in(placed.host)
    lists = text(client.get("/stages-accueillis?etat=sans-suite"))
    file = text(client.get("/stages-accueillis?etat=sans-suite&export=csv"))
    for shown in (page(client, placed), lists, file):
        assert "Camille D." in shown
        assert placed.person.user.last_name not in shown
        assert "01 99 00 11 22" not in shown


def test_a_host_reads_no_phone_of_somebody_who_has_left_the_portal(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.ENDED)
    assert placed.person.candidate is not None
    placed.person.candidate.state = CandidateState.CLOSED
    session.commit()
    client = sign_in(placed.host)
    for address in (f"/stages/{placed.placement.id}", "/stages-accueillis", "/stages-accueillis?export=csv"):
        shown = text(client.get(address))
        assert placed.person.user.last_name in shown
        assert "01 99 00 11 22" not in shown


def test_a_host_reads_its_own_words_of_a_cancelling_and_nobody_elses(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    for who, read in (("referent", False), ("host", True)):
        placed = placed_in(session, _S.ACCEPTED)
        by = getattr(placed, who).actor
        cancelling.cancel(placed.placement.id, CancelReason.HOST, "Elle a mal parlé au tuteur", by=by)
        assert ("mal parlé" in page(sign_in(placed.host), placed)) is read
        assert "mal parlé" in page(sign_in(placed.referent), placed)


@pytest.mark.parametrize("reason", [StopReason.HIRED, StopReason.TRAINING])
def test_a_host_does_not_learn_where_somebody_goes(
    session: scoped_session, today: object, sign_in: SignIn, reason: StopReason
) -> None:
    placed = placed_in(session, _S.STOPPED, stop_reason=reason)
    shown = page(sign_in(placed.host), placed)
    assert "La personne arrête" in shown
    assert "embauchée" not in shown
    assert "formation" not in shown


def test_a_firm_that_closed_is_called_by_who_accompanies(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.WISHED)
    assert placed.host.organisation is not None
    placed.host.organisation.state = OrganisationState.CLOSED
    session.commit()
    assert "Elle dit oui" in page(sign_in(placed.referent), placed)


def test_who_prescribed_and_reads_the_file_no_more_finds_no_way_to_it(
    session: scoped_session, today: object, sign_in: SignIn
) -> None:
    placed = placed_in(session, _S.RUNNING)
    person = placed.person.candidate
    assert person is not None
    client = sign_in(placed.referent)
    assert f"/candidats/{person.id}" in page(client, placed)
    other = somebody(Role.REFERENT)
    assert other.organisation is not None
    person.referent_id, person.referent_organisation_id = other.user.id, other.organisation.id
    session.commit()
    shown = page(client, placed)
    assert f"/candidats/{person.id}" not in shown
    assert "Noter la présence" in shown or "Corriger la présence" in shown
