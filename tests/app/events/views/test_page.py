"""The organiser's page of an event: on its day it asks nothing that the day makes impossible."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.events.rules.states import EventState
from app.events.views.shared import slot_words
from tests.factories.events import an_event

SignIn = Callable[[Any], FlaskClient]
ASKED = "Ajoutez un créneau à venir"


def test_an_event_that_runs_is_asked_for_no_other_slot(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() - timedelta(minutes=30))
    session.commit()
    page = sign_in(staged.organiser).get(f"/evenements/{staged.event.id}").text
    assert "C’est aujourd’hui" in page
    assert ASKED not in page


def test_a_draft_whose_slot_is_past_is_asked_for_one(sign_in: SignIn, session: scoped_session, today: date) -> None:
    staged = an_event(state=EventState.DRAFT, starts_at=clock.now() - timedelta(days=2))
    session.commit()
    assert ASKED in sign_in(staged.organiser).get(f"/evenements/{staged.event.id}").text


def test_the_name_of_a_room_keeps_its_letters(session: scoped_session, today: date) -> None:
    staged = an_event()
    staged.slot.room = "Salle Rosa Parks"
    words = slot_words(staged.slot)
    assert words.startswith("Jeudi 12 novembre")
    assert words.endswith("Salle Rosa Parks")
