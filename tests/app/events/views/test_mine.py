"""What somebody is registered for: their own, the code to show, a way out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState
from tests.conftest import Statements
from tests.factories.events import a_booking, an_event
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def test_a_person_reads_their_own_and_what_was(sign_in: SignIn, session: scoped_session, today: date) -> None:
    person, other = somebody(Role.CANDIDATE), somebody(Role.CANDIDATE)
    a_booking(an_event(title="Atelier CV"), person)
    a_booking(an_event(title="Réunion passée", starts_at=clock.now() - timedelta(days=9)), person, BookingState.SEEN)
    a_booking(an_event(title="Pour une autre"), other)
    session.commit()
    page = sign_in(person).get("/mes-rendez-vous-collectifs").text
    assert "Atelier CV" in page
    assert "Réunion passée" in page
    assert "Pour une autre" not in page


def test_a_firm_reads_its_own(sign_in: SignIn, session: scoped_session, today: date) -> None:
    firm, other = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    a_booking(an_event(EventKind.SPEED_DATING, title="Rencontres"), firm)
    a_booking(an_event(EventKind.SPEED_DATING, title="Autres rencontres"), other)
    session.commit()
    page = sign_in(firm).get("/mes-evenements").text
    assert ">Rencontres<" in page
    assert "Autres rencontres" not in page


def test_the_booking_of_another_is_unknown(sign_in: SignIn, session: scoped_session, today: date) -> None:
    booking = a_booking(an_event(), somebody(Role.CANDIDATE))
    stranger = somebody(Role.CANDIDATE)
    session.commit()
    browser = sign_in(stranger)
    for more in ("", "/annuler", ".ics"):
        assert browser.get(f"/inscriptions/{booking.id}{more}").status_code == 404
    assert browser.post(f"/inscriptions/{booking.id}/coming").status_code == 404


def test_cancelling_says_what_it_does_and_does_it(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged, person = an_event(seats=1), somebody(Role.CANDIDATE)
    booking, waits = a_booking(staged, person), a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    browser = sign_in(person)
    assert "première personne qui attend" in browser.get(f"/inscriptions/{booking.id}/annuler").text
    browser.post(f"/inscriptions/{booking.id}/annuler")
    session.expire_all()
    assert (booking.state, waits.state) == (BookingState.CANCELLED, BookingState.BOOKED)


def test_an_invitation_is_answered_on_the_portal(sign_in: SignIn, session: scoped_session, today: date) -> None:
    person = somebody(Role.CANDIDATE)
    booking = a_booking(an_event(), person, BookingState.INVITED)
    session.commit()
    browser = sign_in(person)
    assert "Je viens" in browser.get(f"/inscriptions/{booking.id}").text
    browser.post(f"/inscriptions/{booking.id}/coming")
    session.expire_all()
    assert booking.state is BookingState.BOOKED


def test_what_one_needs_is_kept_and_an_old_page_is_refused(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    person = somebody(Role.CANDIDATE)
    booking = a_booking(an_event(), person)
    session.commit()
    browser, old = sign_in(person), booking.version
    answer = browser.post(f"/inscriptions/{booking.id}", data={"needs": "Un interprète", "version": old})
    assert answer.status_code == 303
    session.expire_all()
    assert booking.needs == "Un interprète"
    stale = browser.post(f"/inscriptions/{booking.id}", data={"needs": "Autre", "version": old})
    assert stale.status_code == 409


@pytest.mark.parametrize("state", sorted({BookingState.BOOKED, BookingState.CANCELLED}))
def test_the_calendar_file_names_nobody(
    sign_in: SignIn, session: scoped_session, today: date, state: BookingState
) -> None:
    person = somebody(Role.CANDIDATE)
    booking = a_booking(an_event(), person, state)
    session.commit()
    text = sign_in(person).get(f"/inscriptions/{booking.id}.ics").text
    assert "Durand" not in text
    assert ("METHOD:CANCEL" in text) == (state is BookingState.CANCELLED)


def test_the_statements_do_not_grow_with_the_rows(
    sign_in: SignIn, session: scoped_session, today: date, statements: Statements
) -> None:
    person = somebody(Role.CANDIDATE)
    browser = sign_in(person)
    counts = []
    for many in (1, 9):
        for n in range(many):
            a_booking(an_event(starts_at=clock.now() + timedelta(days=n + 1)), person)
            a_booking(an_event(starts_at=clock.now() - timedelta(days=n + 1)), person, BookingState.SEEN)
        session.commit()
        db.session.expire_all()
        statements.clear()
        assert browser.get("/mes-rendez-vous-collectifs").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("days", "state", "shown"),
    [
        (3, BookingState.BOOKED, {"souhaits", "fiche"}),
        (0, BookingState.BOOKED, {"souhaits", "rencontres"}),
        (0, BookingState.SEEN, {"souhaits", "rencontres"}),
        (-1, BookingState.SEEN, {"rencontres"}),
        (3, BookingState.CANCELLED, set()),
    ],
)
def test_a_booking_of_a_dating_leads_to_wishes_then_to_meetings(
    sign_in: SignIn, session: scoped_session, today: date, days: int, state: BookingState, shown: set[str]
) -> None:
    starts_at = clock.now() + timedelta(days=days, hours=2)
    staged, firm = an_event(EventKind.SPEED_DATING, starts_at=starts_at), somebody(Role.EMPLOYER)
    booking = a_booking(staged, firm, state)
    session.commit()
    browser = sign_in(firm)
    page = browser.get(f"/inscriptions/{booking.id}").text
    linked = {one for one in ("souhaits", "fiche", "rencontres") if f"/inscriptions/{booking.id}/{one}" in page}
    assert linked == shown
    for one in linked:
        assert browser.get(f"/inscriptions/{booking.id}/{one}").status_code == 200
