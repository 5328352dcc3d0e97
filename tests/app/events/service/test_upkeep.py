"""Reminders leave twice at most, events close when all is noted, visitors are forgotten after a year."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import Role
from app.events.models import Booking, PartnershipTask
from app.events.rules.kinds import EventKind, Outcome, Side
from app.events.rules.states import BookingState, EventState
from app.events.service import upkeep as service
from app.events.service.afterwards import make_one
from app.messages.models import Message, ReminderSetting
from app.messages.rules import ReminderKind
from tests.factories.events import a_booking, a_meeting, an_event
from tests.factories.people import somebody

REACHED = {"contact_phone": "+33612345678"}
LONG_AGO = timedelta(days=60)


def _every_day(first: date, last: date) -> list[int]:
    """How many reminders each day's run wrote."""
    written = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        with clock.frozen(day):
            written.append(service.remind(day) + 10 * service.remind(day))
    return written


def test_a_seat_is_recalled_a_week_and_a_day_before_and_never_twice(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() + timedelta(days=9))
    a_booking(staged, state_since=clock.now() - LONG_AGO, **REACHED)
    a_booking(staged, "Lina Petit", BookingState.WAITING, state_since=clock.now() - LONG_AGO, **REACHED)
    session.commit()
    assert _every_day(today, today + timedelta(days=10)) == [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]


def test_who_registers_late_is_recalled_on_the_eve_alone(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() + timedelta(days=5))
    a_booking(staged, **REACHED)
    session.commit()
    assert _every_day(today, today + timedelta(days=5)) == [0, 0, 0, 0, 1, 0]


def test_a_job_that_missed_the_day_tells_on_the_next_one(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() + timedelta(days=5))
    a_booking(staged, state_since=clock.now() - LONG_AGO, **REACHED)
    session.commit()
    assert _every_day(today, today + timedelta(days=5)) == [1, 0, 0, 0, 1, 0]


def test_a_reminder_that_the_departement_turned_off_does_not_leave(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() + timedelta(days=7))
    a_booking(staged, state_since=clock.now() - LONG_AGO, **REACHED)
    session.add(ReminderSetting(kind=ReminderKind.EVENT_SOON, days=7, active=False))
    session.commit()
    assert service.remind(today) == 0


def test_nobody_is_recalled_of_what_was_called_off(session: scoped_session, today: date) -> None:
    staged = an_event(starts_at=clock.now() + timedelta(days=7), state=EventState.CANCELLED)
    a_booking(staged, state_since=clock.now() - LONG_AGO, **REACHED)
    session.commit()
    assert service.remind(today) == 0
    assert db.session.scalars(select(Message)).all() == []


def test_an_event_closes_a_week_after_its_end_once_all_is_noted(session: scoped_session, today: date) -> None:
    noted, waits, recent = (an_event(starts_at=clock.now() - timedelta(days=days)) for days in (8, 8, 6))
    a_booking(noted, state=BookingState.SEEN)
    a_booking(waits)
    a_booking(recent, state=BookingState.SEEN)
    session.commit()
    assert service.close_past(today) == 1
    assert [one.event.state for one in (noted, waits, recent)] == [
        EventState.CLOSED,
        EventState.PUBLISHED,
        EventState.PUBLISHED,
    ]
    assert service.close_past(today) == 0
    later = today + timedelta(days=30)
    with clock.frozen(later):
        assert service.close_past(later) == 2


def test_an_event_with_a_slot_to_come_stays_open(session: scoped_session, today: date) -> None:
    from tests.factories.events import a_slot

    staged = an_event(starts_at=clock.now() - timedelta(days=40))
    a_slot(staged.event, clock.now() + timedelta(days=1))
    session.commit()
    assert service.close_past(today) == 0


def test_visitors_are_forgotten_a_year_after_and_the_counts_stay(session: scoped_session, today: date) -> None:
    old = an_event(starts_at=clock.now() - timedelta(days=366))
    young = an_event(starts_at=clock.now() - timedelta(days=364))
    gone, stays = (a_booking(one, "Pierre Blanc", BookingState.SEEN, **REACHED) for one in (old, young))
    session.commit()
    assert service.forget_visitors(today) == 1
    assert service.forget_visitors(today) == 0
    session.expire_all()
    assert (gone.name, gone.contact_phone, gone.state) == ("Visiteur", "", BookingState.SEEN)
    assert (stays.name, stays.contact_phone) == ("Pierre Blanc", "+33612345678")
    assert len(db.session.scalars(select(Booking)).all()) == 2


def test_what_was_said_of_a_visitor_at_a_dating_is_forgotten_too(session: scoped_session, today: date) -> None:
    staged = an_event(EventKind.JOB_DATING)
    recruiter = a_booking(staged, somebody(Role.EMPLOYER), BookingState.SEEN, side=Side.SEATED)
    visitor = a_booking(staged, "Pierre Blanc", BookingState.SEEN, words="Rappelez Pierre")
    wanted = {"seated_outcome": Outcome.OFFER, "moving_outcome": Outcome.OFFER}
    meeting = a_meeting(staged, recruiter, visitor, seated_words="Pierre Blanc, le soir", **wanted)
    session.commit()
    make_one(staged.event.id, meeting.id, by=staged.organiser.actor, today=today)
    task = session.query(PartnershipTask).one()
    assert "Pierre Blanc" in task.title
    with clock.frozen(staged.slot.ends_at + timedelta(days=366)):
        assert service.forget_visitors(clock.today()) == 1
        assert service.forget_visitors(clock.today()) == 0
    session.expire_all()
    assert "Blanc" not in task.title
    assert recruiter.name in task.title
    assert (meeting.seated_words, visitor.words) == ("", "")
