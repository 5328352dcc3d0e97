"""What waits for who organises, grouped, in one statement."""

from datetime import date, timedelta

from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.roles import Role
from app.events.queries.todo import to_do_for
from app.events.rules.kinds import EventKind
from app.events.rules.states import BookingState, EventState
from tests.conftest import Statements
from tests.factories.events import a_booking, an_event
from tests.factories.people import somebody


def test_presences_of_a_slot_that_ended_are_to_be_noted(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() - timedelta(days=1))
    for n, state in enumerate((BookingState.BOOKED, BookingState.BOOKED, BookingState.SEEN)):
        a_booking(staged, f"Personne {n}", state)
    (item,) = to_do_for(staged.organiser.actor, today)
    assert (item.title, item.endpoint) == ("2\u00a0présences à noter", "events.attendance")
    assert to_do_for(somebody(Role.FACILITATOR).actor, today) == []


def test_invitations_are_followed_in_the_last_three_days(session: scoped_session, today: date) -> None:
    organiser = somebody(Role.FACILITATOR)
    for days in (3, 4):
        a_booking(
            an_event(organiser=organiser, starts_at=clock.now() + timedelta(days=days)), state=BookingState.INVITED
        )
    (item,) = to_do_for(organiser.actor, today)
    assert item.title == "1\u00a0invitation sans réponse"


def test_who_waits_beside_a_free_seat_is_shown_and_not_who_waits_for_one(session: scoped_session, today: date) -> None:
    organiser = somebody(Role.FACILITATOR)
    free, full = an_event(organiser=organiser, seats=2), an_event(organiser=organiser, seats=1)
    a_booking(full)
    for staged in (free, full):
        a_booking(staged, "Lina Petit", BookingState.WAITING)
    (item,) = to_do_for(organiser.actor, today)
    assert (item.title, item.arguments["event_id"]) == ("1\u00a0personne attend", free.event.id)


def test_an_invitation_waits_for_who_was_invited_until_it_is_answered(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.SPEED_DATING, starts_at=clock.now() + timedelta(days=12))
    firm, referent = somebody(Role.EMPLOYER), somebody(Role.REFERENT)
    booking = a_booking(staged, firm, BookingState.INVITED)
    a_booking(an_event(starts_at=clock.now() - timedelta(days=1)), firm, BookingState.INVITED)
    a_booking(an_event(state=EventState.CANCELLED), firm, BookingState.INVITED)
    (item,) = to_do_for(firm.actor, today)
    assert (item.title, item.endpoint) == ("1\u00a0invitation à une rencontre", "events.my_events")
    assert "17/11" in item.text
    assert to_do_for(referent.actor, today) == to_do_for(staged.organiser.actor, today) == []
    booking.state = BookingState.BOOKED
    assert to_do_for(firm.actor, today) == []


def test_many_events_are_one_line_and_one_statement(
    session: scoped_session, today: date, statements: Statements
) -> None:
    organiser = somebody(Role.FACILITATOR)
    for n in range(6):
        a_booking(an_event(organiser=organiser, starts_at=clock.now() - timedelta(days=n + 1)))
    session.flush()
    statements.clear()
    (item,) = to_do_for(organiser.actor, today)
    assert (item.title, item.text) == ("6\u00a0présences à noter", "6\u00a0événements")
    assert len(statements) == 1
