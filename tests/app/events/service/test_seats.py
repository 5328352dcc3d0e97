"""What changes with the state of a booking, whichever page changes it."""

from datetime import timedelta

from sqlalchemy.orm import scoped_session

from app.core import clock
from app.events.rules.attendance import Presence
from app.events.rules.states import BookingState
from app.events.service import attendance
from app.events.service.checking_in import note_arrival
from app.events.service.missing import note_left
from tests.factories.events import a_speed_dating


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
