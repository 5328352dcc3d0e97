"""What changes with the state of a booking, whichever page changes it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.events.rules.attendance import Presence
from app.events.rules.kinds import Side
from app.events.rules.states import BookingState, EventState
from app.events.service import attendance, registering
from app.events.service.checking_in import note_arrival
from app.events.service.missing import note_left
from app.events.service.registering import Details
from app.events.service.seats import lock_side, promote_waiting
from app.messages.models import Message
from tests.factories.events import a_booking, a_speed_dating, an_event


def test_who_left_and_is_put_right_on_the_sheet_is_there_again(session: scoped_session, today: object) -> None:
    staged, _, moving = a_speed_dating(2, 2)
    session.commit()
    by = staged.organiser.actor
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=4)):
        note_arrival(moving[0].id, by=by)
        note_left(staged.event.id, moving[0].id, by=by)
        attendance.note_presence(moving[0].id, Presence.UNDO, by=by)
        assert moving[0].left_at is None
        attendance.note_presence(moving[0].id, Presence.SEEN, by=by)
    session.expire_all()
    assert (moving[0].state, moving[0].left_at) == (BookingState.SEEN, None)


@pytest.mark.parametrize(
    ("minutes", "state", "called"),
    [
        (-1, EventState.PUBLISHED, True),
        (0, EventState.PUBLISHED, False),
        (30, EventState.PUBLISHED, False),
        (240, EventState.PUBLISHED, False),
        (-1, EventState.CANCELLED, False),
        (-1, EventState.CLOSED, False),
    ],
)
def test_who_waits_is_called_until_the_slot_begins(
    session: scoped_session, today: object, minutes: int, state: EventState, called: bool
) -> None:
    staged = an_event(state=state)
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=minutes)):
        promoted = promote_waiting(lock_side(staged.slot.id, Side.PUBLIC), event_id=staged.event.id)
    assert promoted == ([waits] if called else [])
    assert (waits.state is BookingState.BOOKED) == called


def test_a_seat_given_at_the_door_calls_in_nobody_who_waits(session: scoped_session, today: object) -> None:
    staged = an_event()
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING, contact_email="l@exemple.fr")
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=30)):
        given = registering.register_visitor(
            staged.slot.id, "Pierre Blanc", Details(contact_phone="+33612345678"), by=staged.organiser.actor
        )
    assert given.booking.state is BookingState.BOOKED
    assert waits.state is BookingState.WAITING
    assert session.query(Message).filter_by(about_id=waits.id).count() == 0
