"""The sheet on the screen and on paper: one tap, a name that signs, « tous présents » asked once more."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState, EventState
from tests.conftest import Statements
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import somebody

SignIn = Callable[[Any], FlaskClient]


def _today(**values: Any) -> Staged:
    return an_event(starts_at=clock.now() - timedelta(minutes=30), **values)


def _url(staged: Staged, more: str = "") -> str:
    return f"/evenements/{staged.event.id}/presences{more}"


def test_one_tap_notes_and_one_takes_it_back(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = _today()
    booking = a_booking(staged, "Lina Petit")
    session.commit()
    browser = sign_in(staged.organiser)
    assert "Lina Petit" in browser.get(_url(staged)).text
    for tap, state in (("seen", BookingState.SEEN), ("undo", BookingState.BOOKED), ("absent", BookingState.ABSENT)):
        answer = browser.post(_url(staged, f"/{booking.id}"), data={"presence": tap, "slot": str(staged.slot.id)})
        assert answer.location.endswith(f"#p-{booking.id}")
        session.expire_all()
        assert booking.state is state
    assert browser.post(_url(staged, f"/{booking.id}"), data={"presence": "flown"}).status_code == 404


def test_all_present_is_asked_once_more(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = _today()
    rows = [a_booking(staged, f"Lina {n}") for n in range(3)]
    session.commit()
    browser = sign_in(staged.organiser)
    page = browser.get(_url(staged, f"/tous?slot={staged.slot.id}")).text
    assert "Noter 3\u00a0présences" in page
    browser.post(_url(staged, "/tous"), data={"slot": str(staged.slot.id)})
    session.expire_all()
    assert {row.state for row in rows} == {BookingState.SEEN}


def test_the_page_to_sign_shows_nobody_else(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = _today()
    mine = a_booking(staged, "Lina Petit")
    a_booking(staged, "Pierre Blanc")
    session.commit()
    browser = sign_in(staged.organiser)
    url = _url(staged, f"/{mine.id}/signer?slot={staged.slot.id}")
    page = browser.get(url).text
    assert "Lina Petit" in page
    assert "Pierre" not in page
    assert "Écrivez votre nom pour signer" in browser.post(url, data={"name": " "}).text
    browser.post(url, data={"name": "Lina Petit"})
    assert "Sur l’écran" in browser.get(_url(staged)).text


def test_the_sheet_to_print_has_a_line_each_and_empty_ones(
    sign_in: SignIn, session: scoped_session, today: date
) -> None:
    staged = an_event()
    a_booking(staged, "Lina Petit")
    a_booking(staged, "Excusé Parti", BookingState.EXCUSED)
    a_booking(staged, "En Attente", BookingState.WAITING)
    session.commit()
    page = sign_in(staged.organiser).get(_url(staged, "/feuille")).text
    assert "Lina Petit" in page
    assert "Excusé Parti" not in page
    assert "En Attente" not in page
    assert page.count("<tr>") == 1 + 1 + 6


@pytest.mark.usefixtures("pdf_machine")
def test_the_sheet_is_a_pdf_too(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event()
    a_booking(staged, "Lina Petit")
    session.commit()
    answer = sign_in(staged.organiser).get(_url(staged, "/feuille?pdf=1"))
    assert answer.data.startswith(b"%PDF")


def test_an_employer_s_sheet_has_short_names(sign_in: SignIn, session: scoped_session, today: date) -> None:
    organiser = somebody(Role.EMPLOYER)
    staged = an_event(EventKind.OPEN_DAY, organiser=organiser, starts_at=clock.now())
    person = somebody(Role.CANDIDATE)
    a_booking(staged, person)
    session.commit()
    assert person.candidate is not None
    browser = sign_in(organiser)
    for more in ("", "/feuille", "/tous"):
        page = browser.get(_url(staged, more)).text
        assert person.candidate.short_name in page
        assert person.candidate.last_name not in page


def test_another_organisation_notes_nothing(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged, stranger = _today(), somebody(Role.FACILITATOR)
    booking = a_booking(staged)
    session.commit()
    browser = sign_in(stranger)
    for more in ("", "/feuille", "/tous", f"/{booking.id}/signer"):
        assert browser.get(_url(staged, more)).status_code == 404
    assert browser.post(_url(staged, f"/{booking.id}"), data={"presence": "seen"}).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"), [(EventState.CANCELLED, "aucune présence"), (EventState.CLOSED, "rouvrez-le pour corriger")]
)
def test_the_sheet_of_an_event_that_is_not_on_says_why_and_has_no_button(
    sign_in: SignIn, session: scoped_session, today: date, state: EventState, words: str
) -> None:
    staged = _today(state=state)
    booking = a_booking(staged, "Lina Petit")
    a_booking(staged, "Pierre Blanc", BookingState.SEEN)
    session.commit()
    browser = sign_in(staged.organiser)
    page = browser.get(_url(staged)).text
    assert words in page
    assert "Lina Petit" in page
    for button in ('name="presence"', "/tous?", "/papier", "/signer"):
        assert button not in page
    for more in ("/tous", f"/{booking.id}/signer"):
        answer = browser.get(_url(staged, f"{more}?slot={staged.slot.id}"), follow_redirects=True)
        assert words in answer.text
    for more in ("/tous", "/papier", f"/{booking.id}"):
        data = {"slot": str(staged.slot.id), "presence": "seen"}
        assert words in browser.post(_url(staged, more), data=data, follow_redirects=True).text
    session.expire_all()
    assert booking.state is BookingState.BOOKED


def test_the_statements_do_not_grow_with_the_rows(
    sign_in: SignIn, session: scoped_session, today: date, statements: Statements
) -> None:
    staged = _today(seats=60)
    browser = sign_in(staged.organiser)
    counts = []
    for many in (2, 20):
        for n in range(many):
            a_booking(staged, somebody(Role.CANDIDATE) if n % 2 else f"Lina {n}")
        session.commit()
        session.expire_all()
        statements.clear()
        assert browser.get(_url(staged)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12
