"""Which events and bookings does each role read, and which events does it run?"""

import pytest
from sqlalchemy.orm import scoped_session

from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Role
from app.events.queries.visible import (
    bookings_visible_to,
    events_visible_to,
    may_run,
    meetings_visible_to,
    the_event,
    the_event_to_run,
    the_slot,
)
from app.events.rules.kinds import EventKind
from app.events.rules.states import EventState
from app.organisations.models import Organisation
from tests.factories.events import a_booking, a_meeting, a_speed_dating, an_event
from tests.factories.people import somebody


def test_a_draft_is_read_by_those_who_run_it_and_by_the_departement_alone(session: scoped_session) -> None:
    staged = an_event(state=EventState.DRAFT)

    assert the_event(staged.organiser.actor, staged.event.id) is staged.event
    assert the_event_to_run(somebody(Role.DEPARTMENT).actor, staged.event.id) is staged.event
    for role in (Role.FACILITATOR, Role.EMPLOYER, Role.CANDIDATE, Role.REFERENT, Role.ADMINISTRATOR):
        with pytest.raises(NotFound):
            the_event(somebody(role).actor, staged.event.id)
    with pytest.raises(NotFound):
        the_event(None, staged.event.id)


def test_a_published_public_event_is_read_without_an_account(session: scoped_session) -> None:
    public, closed_door = an_event(), an_event(is_public=False)

    assert the_event(None, public.event.id) is public.event
    with pytest.raises(NotFound):
        the_event(None, closed_door.event.id)


def test_who_is_invited_reads_an_event_that_is_not_public(session: scoped_session) -> None:
    staged = an_event(is_public=False)
    invited, other = somebody(Role.CANDIDATE), somebody(Role.CANDIDATE)
    a_booking(staged, invited)

    assert list(db.session.scalars(events_visible_to(invited.actor))) == [staged.event]
    assert list(db.session.scalars(events_visible_to(other.actor))) == []


def test_another_plie_reads_the_event_but_does_not_run_it(session: scoped_session) -> None:
    staged, other = an_event(), somebody(Role.FACILITATOR)

    assert the_event(other.actor, staged.event.id) is staged.event
    assert not may_run(other.actor, staged.event)
    with pytest.raises(NotFound):
        the_event_to_run(other.actor, staged.event.id)
    with pytest.raises(NotFound):
        the_slot(other.actor, staged.slot.id, to_run=True)


def test_a_participant_reads_its_own_booking_and_not_those_of_others(session: scoped_session) -> None:
    staged = an_event(EventKind.SPEED_DATING)
    one, two = somebody(Role.EMPLOYER), somebody(Role.EMPLOYER)
    mine = a_booking(staged, one)
    a_booking(staged, two)

    assert list(db.session.scalars(bookings_visible_to(one.actor))) == [mine]
    assert len(list(db.session.scalars(bookings_visible_to(staged.organiser.actor)))) == 2


def test_a_referent_reads_the_bookings_of_the_people_they_follow(session: scoped_session) -> None:
    staged, referent = an_event(), somebody(Role.REFERENT)
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.referent_id = referent.user.id
    booking = a_booking(staged, person)
    a_booking(staged, somebody(Role.CANDIDATE))

    assert list(db.session.scalars(bookings_visible_to(referent.actor))) == [booking]


def test_a_participant_reads_its_own_meetings(session: scoped_session) -> None:
    staged, seated, moving = a_speed_dating(2, 2)
    mine = a_meeting(staged, seated[0], moving[0])
    a_meeting(staged, seated[1], moving[1], table=2)
    place = db.session.get_one(Organisation, seated[0].organisation_id)
    member = somebody(Role.EMPLOYER, place)

    assert list(db.session.scalars(meetings_visible_to(member.actor))) == [mine]
    assert len(list(db.session.scalars(meetings_visible_to(staged.organiser.actor)))) == 2
