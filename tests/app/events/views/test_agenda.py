"""What does anybody read of what is to come?"""

from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState, EventState
from tests.conftest import Statements
from tests.factories.events import a_booking, a_programme, a_slot, an_event
from tests.factories.people import somebody


def test_the_agenda_shows_what_is_published_and_to_come_with_the_seats_left(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    staged = an_event(title="Portes ouvertes du chantier", seats=2)
    a_booking(staged)
    an_event(title="Encore en brouillon", state=EventState.DRAFT)
    an_event(title="Pour les invités", is_public=False)
    an_event(title="Hier", starts_at=clock.now() - timedelta(days=1))
    session.commit()

    page = client.get("/agenda").text

    assert "Portes ouvertes du chantier" in page
    assert "1\u00a0place" in page
    for hidden in ("Encore en brouillon", "Pour les invités", "Hier"):
        assert hidden not in page


def test_a_full_slot_says_that_one_may_wait(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    a_booking(staged)
    session.commit()

    assert "liste d’attente" in client.get("/agenda").text


def test_the_agenda_is_narrowed_by_kind(client: FlaskClient, session: scoped_session, today: date) -> None:
    an_event(title="Une visite", kind=EventKind.STRUCTURE_VISIT)
    an_event(title="Un atelier", kind=EventKind.WORKSHOP)
    session.commit()

    page = client.get("/agenda?type=workshop").text

    assert "Un atelier" in page
    assert "Une visite" not in page


def test_many_events_cost_no_more_statements(
    client: FlaskClient, session: scoped_session, statements: Statements, today: date
) -> None:
    an_event(title="Seul")
    session.commit()
    client.get("/agenda")
    statements.clear()
    client.get("/agenda")
    before = len(statements)
    for number in range(12):
        an_event(title=f"Autre {number}")
    session.commit()
    statements.clear()

    client.get("/agenda")

    assert len(statements) <= before <= 12


def test_an_event_says_where_when_and_whom_to_call(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(access="Bus 119, arrêt Mairie")
    session.commit()

    page = client.get(f"/agenda/{staged.event.id}")

    assert page.status_code == 200
    for said in ("Espace Liberté", "Bus 119, arrêt Mairie", "01\u00a099\u00a000\u00a044\u00a055", "S’inscrire"):
        assert said in page.text


def test_a_cancelled_event_says_why_and_is_gone(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(state=EventState.CANCELLED)
    session.commit()

    page = client.get(f"/agenda/{staged.event.id}")

    assert page.status_code == 410
    assert "La salle est fermée" in page.text


def test_a_draft_is_nobodys(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(state=EventState.DRAFT)
    session.commit()

    assert client.get(f"/agenda/{staged.event.id}").status_code == 404


def test_the_calendar_file_names_nobody(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event()
    a_booking(staged, somebody(Role.CANDIDATE), BookingState.BOOKED)
    session.commit()

    answer = client.get(f"/agenda/{staged.event.id}/agenda.ics")

    assert answer.mimetype == "text/calendar"
    assert "BEGIN:VEVENT" in answer.text
    assert "Durand" not in answer.text


def test_a_programme_gathers_its_events_on_a_page_and_on_paper(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    organiser = somebody(Role.FACILITATOR)
    programme = a_programme(organiser, summary="Une semaine pour se rencontrer.")
    staged = an_event(EventKind.FORUM, organiser=organiser, programme_id=programme.id, title="Forum de Massy")
    a_slot(staged.event, clock.now() + timedelta(days=6))
    an_event(title="Sans lien")
    session.commit()

    for address in ("/agenda/programme/semaine-de-l-insertion", "/agenda/programme/semaine-de-l-insertion/a-imprimer"):
        page = client.get(address).text
        assert "Forum de Massy" in page
        assert "Une semaine pour se rencontrer." in page
        assert "Sans lien" not in page


def test_a_programme_that_is_not_published_is_nobodys(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    a_programme(somebody(Role.FACILITATOR), is_published=False)
    session.commit()

    assert client.get("/agenda/programme/semaine-de-l-insertion").status_code == 404
