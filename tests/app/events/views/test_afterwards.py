"""« Suites »: agreements first, one button for all, nothing twice; only for those who run the event."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.models import Booking, Meeting, PartnershipTask
from app.events.rules.kinds import EventKind, Outcome, Side
from app.events.rules.states import BookingState, MeetingState
from app.organisations.models import Organisation
from tests.conftest import Statements
from tests.factories.applications import a_ready_person
from tests.factories.events import Staged, a_booking, a_meeting, a_speed_dating, an_event
from tests.factories.offers import OfferFactory
from tests.factories.people import Somebody, somebody

SignIn = Callable[[Somebody], FlaskClient]
_O = Outcome


def text(answer: Any) -> str:
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def said(seated: Outcome | None, moving: Outcome | None) -> dict[str, Any]:
    """What both answered at the table."""
    return {"state": MeetingState.HELD, "seated_outcome": seated, "moving_outcome": moving, "moving_at": clock.now()}


@pytest.fixture
def world(session: scoped_session, today: date) -> tuple[Staged, list[Booking], list[Booking]]:
    staged, seated, moving = a_speed_dating(siae=3, firms=3)
    a_meeting(staged, seated[0], moving[0], table=1, **said(_O.NO, _O.NO))
    a_meeting(staged, seated[1], moving[1], table=2, **said(_O.VISIT, None))
    a_meeting(staged, seated[2], moving[2], table=3, **said(_O.VISIT, _O.OFFER))
    session.commit()
    return staged, seated, moving


def test_agreements_come_first_and_become_something_to_do(
    world: tuple[Staged, list[Booking], list[Booking]], session: scoped_session, sign_in: SignIn
) -> None:
    staged = world[0]
    client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/suites"
    page = text(client.get(address))
    places = [page.index(words) for words in ("Ils sont d’accord (1)", "Un seul côté", "Sans suite ou sans réponse")]
    assert places == sorted(places)
    assert "Créer une action" in page
    for _ in range(2):
        answer = client.post(address)
        assert answer.status_code == 303
    page = text(client.get(address))
    assert "Créé : 1 action." in page
    assert "Rien de nouveau à créer." in page
    assert "Organiser une visite avec Entreprise 3" in page
    assert session.scalar(select(func.count()).select_from(PartnershipTask)) == 1


def test_one_by_one_made_or_set_aside_and_taken_up(
    world: tuple[Staged, list[Booking], list[Booking]], session: scoped_session, sign_in: SignIn
) -> None:
    staged = world[0]
    client = sign_in(staged.organiser)
    rows = {row.table_number: row.id for row in session.scalars(select(Meeting))}
    address = f"/evenements/{staged.event.id}/suites"
    assert "Créé : une action." in text(client.post(f"{address}/{rows[2]}", follow_redirects=True))
    assert "rien n’est créé" in text(client.post(f"{address}/{rows[1]}", follow_redirects=True))
    missing = client.post(f"{address}/{rows[3]}/classer", data={"reason": ""})
    assert "Dites pourquoi" in text(missing)
    client.post(f"{address}/{rows[3]}/classer", data={"reason": "Déjà partenaires"})
    page = text(client.get(address))
    assert "Classée sans suite : Déjà partenaires" in page
    assert "Créer les suites" not in page
    client.post(f"{address}/{rows[3]}/reprendre")
    assert "Créer les suites" in text(client.get(address))


def test_only_those_who_run_the_event_read_it(
    world: tuple[Staged, list[Booking], list[Booking]], session: scoped_session, sign_in: SignIn
) -> None:
    staged, seated, _ = world
    colleague = somebody(Role.FACILITATOR, staged.organiser.organisation)
    participant = somebody(Role.EMPLOYER, session.get_one(Organisation, seated[0].organisation_id))
    readers = {
        200: [staged.organiser, colleague, somebody(Role.DEPARTMENT)],
        404: [participant, somebody(Role.EMPLOYER), somebody(Role.FACILITATOR)],
        403: [somebody(Role.CANDIDATE), somebody(Role.ADMINISTRATOR)],
    }
    session.commit()
    address = f"/evenements/{staged.event.id}/suites"
    for status, people in readers.items():
        for who in people:
            assert sign_in(who).get(address).status_code == status
    made = {sign_in(who).post(address).status_code for status in (404, 403) for who in readers[status]}
    assert made == {403, 404}
    assert session.scalar(select(func.count()).select_from(PartnershipTask)) == 0


def test_an_application_and_the_way_to_a_follow_up_are_shown(
    session: scoped_session, today: date, sign_in: SignIn
) -> None:
    staged = an_event(EventKind.JOB_DATING)
    recruiter, person = somebody(Role.EMPLOYER), a_ready_person()
    OfferFactory(published=True, organisation=recruiter.organisation)
    seated = a_booking(staged, recruiter, BookingState.SEEN, side=Side.SEATED)
    moving = a_booking(staged, person, BookingState.SEEN, side=Side.MOVING)
    a_meeting(staged, seated, moving, **said(_O.OFFER, _O.OFFER))
    session.commit()
    client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/suites"
    assert "Créer une candidature" in text(client.get(address))
    client.post(address)
    page = text(client.get(address))
    assert "Candidature : Agent d’entretien (H/F)" in page
    assert person.candidate is not None
    assert f"/suivis/nouveau?personne={person.candidate.id}&origine=event" in page


def test_the_page_never_costs_more_with_more_meetings(
    session: scoped_session, today: date, sign_in: SignIn, statements: Statements
) -> None:
    costs = []
    for several in (2, 12):
        staged, seated, moving = a_speed_dating(siae=several, firms=several)
        for rank in range(several):
            outcome = _O.VISIT if rank % 2 else _O.FOLLOW_UP
            a_meeting(staged, seated[rank], moving[rank], table=rank + 1, **said(outcome, outcome))
        session.commit()
        client, address = sign_in(staged.organiser), f"/evenements/{staged.event.id}/suites"
        client.post(address)
        client.get(address)
        statements.clear()
        client.get(address)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 12


def test_a_session_shows_its_results_and_no_meetings(session: scoped_session, today: date, sign_in: SignIn) -> None:
    staged = an_event()
    session.commit()
    page = text(sign_in(staged.organiser).get(f"/evenements/{staged.event.id}/suites"))
    assert "À 3 mois" in page
    assert "le 12 février 2027" in page
    assert "Créer les suites" not in page
