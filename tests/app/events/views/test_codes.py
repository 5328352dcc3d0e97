"""The code of a paper: without an account, a first name and no more, yes or no, tries counted."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking
from app.events.rules.kinds import EventKind, Side
from app.events.rules.states import BookingState, EventState
from app.events.service import cancelling
from app.events.service.planning import make_plan
from app.organisations.rules import OrganisationKind
from tests.factories.events import a_booking, a_speed_dating, an_event
from tests.factories.people import an_organisation, somebody


def _invited() -> Booking:
    staged = an_event(seats=1)
    person = somebody(Role.CANDIDATE)
    booking = a_booking(staged, person, BookingState.INVITED)
    db.session.commit()
    return booking


def test_a_code_is_typed_as_people_write(client: FlaskClient, session: scoped_session, today: date) -> None:
    booking = _invited()
    typed = f" {booking.code[:4].lower()} {booking.code[4:].lower()} "
    answer = client.post("/mon-inscription", data={"code": typed})
    assert answer.location == f"/mon-inscription/{booking.code[:4]}-{booking.code[4:]}"


def test_the_page_says_a_first_name_and_no_more(client: FlaskClient, session: scoped_session, today: date) -> None:
    booking = _invited()
    answer = client.get(f"/mon-inscription/{booking.code}")
    last_name = booking.name.split(" ")[1]
    assert "Camille" in answer.text
    assert last_name not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Je viens" in answer.text
    assert "Je ne peux pas venir" in answer.text


def test_yes_then_no_and_both_twice(client: FlaskClient, session: scoped_session, today: date) -> None:
    booking = _invited()
    url = f"/mon-inscription/{booking.code}"
    for answer, state, words in (
        ("coming", BookingState.BOOKED, "Je ne peux plus venir"),
        ("not_coming", BookingState.CANCELLED, "Je viens"),
    ):
        for _ in range(2):
            page = client.post(f"{url}/{answer}", follow_redirects=True)
            session.expire_all()
            assert booking.state is state
            assert words in page.text


def test_after_the_event_nothing_is_answered(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() - timedelta(days=1))
    booking = a_booking(staged, "Pierre Blanc", BookingState.INVITED)
    session.commit()
    page = client.get(f"/mon-inscription/{booking.code}").text
    assert "Cet événement est terminé" in page
    assert "Je viens" not in page
    client.post(f"/mon-inscription/{booking.code}/coming")
    session.expire_all()
    assert booking.state is BookingState.INVITED


def test_a_cancelled_event_says_so(client: FlaskClient, session: scoped_session, today: date) -> None:
    staged = an_event(state=EventState.CANCELLED, published_at=clock.now())
    booking = a_booking(staged, "Pierre Blanc")
    session.commit()
    page = client.get(f"/mon-inscription/{booking.code}").text
    assert "Cet événement est annulé" in page


@pytest.mark.parametrize("typed", sorted(["AAAA-AAAA", "bonjour", "ACDE-FGH", "%00", "é" * 60]))
def test_a_wrong_code_may_be_typed_again(client: FlaskClient, session: scoped_session, typed: str) -> None:
    answer = client.get(f"/mon-inscription/{typed}")
    assert answer.status_code == 404
    assert "Nous ne trouvons pas ce code" in answer.text


def test_codes_cannot_be_guessed_one_after_the_other(client: FlaskClient, session: scoped_session, today: date) -> None:
    booking = _invited()
    answers = [client.get("/mon-inscription/AAAA-AAAA").status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]
    assert client.get(f"/mon-inscription/{booking.code}").status_code == 429
    assert client.post("/mon-inscription", data={"code": booking.code}).status_code == 429


def test_a_desk_types_many_right_codes_and_is_never_stopped(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    staged = an_event(seats=40)
    codes = [a_booking(staged, f"Lina {n}").code for n in range(30)]
    session.commit()
    for code in codes:
        shown = client.post("/mon-inscription", data={"code": code}, follow_redirects=True)
        assert shown.status_code == 200
        assert client.post(f"/mon-inscription/{code}/coming").status_code == 303
    assert client.get(f"/mon-inscription/{codes[0]}").status_code == 200


def test_who_was_taken_out_by_the_organiser_reads_whom_to_call_and_has_no_button(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    staged = an_event()
    booking = a_booking(staged, "Lina Petit")
    session.commit()
    cancelling.cancel(booking.id, by=staged.organiser.actor)
    page = client.get(f"/mon-inscription/{booking.code}").text.replace("\u00a0", " ")
    assert "Votre inscription est annulée" in page
    assert "Appelez Alex Martin au 01 99 00 44 55" in page
    assert "Je viens" not in page
    assert "changer d’avis" not in page
    told = client.post(f"/mon-inscription/{booking.code}/coming", follow_redirects=True).text
    assert "Pour revenir, appelez la personne qui organise" in told.replace("\u00a0", " ")
    session.expire_all()
    assert booking.state is BookingState.CANCELLED


@pytest.mark.parametrize(
    ("days", "state", "shown"),
    [(0, BookingState.BOOKED, True), (0, BookingState.SEEN, True), (1, BookingState.BOOKED, False)],
)
def test_on_the_day_of_a_dating_a_code_leads_to_the_meetings(
    client: FlaskClient, session: scoped_session, today: date, days: int, state: BookingState, shown: bool
) -> None:
    staged = an_event(EventKind.SPEED_DATING, starts_at=clock.now() + timedelta(days=days, hours=2))
    booking = a_booking(staged, an_organisation(OrganisationKind.FIRM), state, side=Side.MOVING)
    session.commit()
    address = f"/mon-inscription/{booking.code[:4]}-{booking.code[4:]}"
    assert (f'href="{address}/rencontres"' in client.get(address).text) is shown
    assert client.get(f"{address}/rencontres").status_code == 200


def test_the_meetings_are_read_as_soon_as_they_are_planned(
    client: FlaskClient, session: scoped_session, today: date
) -> None:
    staged, seated, moving = a_speed_dating(2, 2)
    session.commit()
    page = f"/mon-inscription/{moving[0].code}"
    assert "Mes rencontres" not in client.get(page).text
    make_plan(staged.event.id, staged.organiser.actor)
    assert f"{page[:21]}-{page[21:]}/rencontres" in client.get(page).text
    assert seated[0].name in client.get(f"{page}/rencontres").text
