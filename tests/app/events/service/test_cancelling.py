"""A seat given back: who is told of it, and who no longer is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.clock import PARIS
from app.core.errors import Refused
from app.core.roles import Role
from app.events.models import Booking
from app.events.rules.attendance import Presence
from app.events.rules.registering import Answer
from app.events.rules.states import BookingState
from app.events.service import attendance, cancelling, registering, states
from app.messages.models import Message
from app.messages.rules import MessageState
from tests.factories.events import Staged, a_booking, an_event
from tests.factories.people import somebody


def _full() -> tuple[Staged, Booking, Booking]:
    """One seat, taken, and somebody who waits for it."""
    staged = an_event(seats=1)
    reached = {"contact_phone": "+33612345678"}
    return staged, a_booking(staged, **reached), a_booking(staged, "Lina Petit", BookingState.WAITING, **reached)


def _kinds(session: scoped_session) -> list[str]:
    return [message.kind for message in session.query(Message)]


GIVEN_BACK: tuple[tuple[str, Callable[[Staged, Booking], object]], ...] = (
    ("cancelled", lambda staged, one: cancelling.cancel(one.id, by=staged.organiser.actor)),
    ("code", lambda _, one: cancelling.answer_with_code(one.code, Answer.NOT_COMING)),
)


@pytest.mark.parametrize("how", sorted(dict(GIVEN_BACK)))
def test_a_seat_given_back_at_an_event_called_off_calls_nobody_in(
    session: scoped_session, today: date, how: str
) -> None:
    staged, booked, waiting = _full()
    session.commit()
    states.cancel(staged.event.id, "La salle est fermée", by=staged.organiser.actor, version=staged.event.version)
    dict(GIVEN_BACK)[how](staged, booked)
    session.expire_all()
    assert waiting.state is BookingState.WAITING
    assert "event_promoted" not in _kinds(session)
    assert staged.slot.sides[0].taken == 0


def test_an_event_called_off_takes_no_excuse(session: scoped_session, today: date) -> None:
    staged, booked, waiting = _full()
    session.commit()
    states.cancel(staged.event.id, "La salle est fermée", by=staged.organiser.actor, version=staged.event.version)
    with pytest.raises(Refused):
        attendance.note_presence(booked.id, Presence.EXCUSED, by=staged.organiser.actor)
    session.expire_all()
    assert (booked.state, waiting.state) == (BookingState.BOOKED, BookingState.WAITING)


@pytest.mark.parametrize(("minutes", "called"), [(-1, True), (0, False), (178, False)])
def test_nobody_is_called_in_once_the_slot_has_begun(
    session: scoped_session, today: date, minutes: int, called: bool
) -> None:
    staged, booked, waiting = _full()
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=minutes)):
        cancelling.answer_with_code(booked.code, Answer.NOT_COMING)
    session.expire_all()
    assert (waiting.state is BookingState.BOOKED) is called
    assert ("event_promoted" in _kinds(session)) is called


def test_who_registers_and_cancels_in_the_same_night_reads_no_confirmation_in_the_morning(
    session: scoped_session,
) -> None:
    with clock.frozen(datetime(2026, 11, 5, 22, 30, tzinfo=PARIS)):
        staged, person = an_event(), somebody(Role.CANDIDATE)
        assert person.candidate is not None
        person.candidate.phone = "+33612345678"
        session.commit()
        given = registering.register_person(staged.slot.id, person.candidate.id, by=person.actor)
        cancelling.cancel(given.booking.id, by=person.actor)
    session.expire_all()
    assert [(one.kind, one.state) for one in session.query(Message)] == [("event_booked", MessageState.UNWANTED)]
