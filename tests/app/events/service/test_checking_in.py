"""At the door: twice is once, a wrong code is said, who did not register is let in when a seat is left."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import Booking, EventTransition, MeetingSetup, SlotSide
from app.events.rules.arrivals import DayRefusal
from app.events.rules.kinds import EventKind, Side
from app.events.rules.registering import RegisterRefusal
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import BookingState
from app.events.service.checking_in import WalkIn, add_walk_in, arrive_by_code, note_arrival
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import an_organisation, somebody


@pytest.fixture
def door(session: scoped_session, today: object) -> Iterator[Staged]:
    """A session of two seats, at nine on its day."""
    staged = an_event(EventKind.INFORMATION_SESSION, seats=2)
    session.commit()
    with clock.frozen(staged.slot.starts_at):
        yield staged


def walk(name: str = "Awa Diallo", **values: Any) -> WalkIn:
    return WalkIn(**{"side": Side.PUBLIC, "is_person": True, "name": name, **values})


def test_an_arrival_is_noted_once_with_its_first_hour(door: Staged, session: scoped_session):
    booking = a_booking(door)
    session.commit()
    first = note_arrival(booking.id, by=door.organiser.actor)
    at = first.booking.checked_in_at
    with clock.frozen(door.slot.starts_at + timedelta(minutes=12)):
        second = note_arrival(booking.id, by=door.organiser.actor)
    assert (first.already, second.already) == (False, True)
    assert second.booking.checked_in_at == at
    assert session.query(EventTransition).filter_by(subject_id=booking.id, action="check_in").count() == 1


def test_an_arrival_is_not_noted_before_the_day(door: Staged, session: scoped_session):
    booking = a_booking(door)
    session.commit()
    with clock.frozen(door.slot.starts_at - timedelta(days=1)), pytest.raises(Refused) as refused:
        note_arrival(booking.id, by=door.organiser.actor)
    assert refused.value.reasons == (DayRefusal.NOT_THE_DAY,)


@pytest.mark.parametrize("state", sorted({BookingState.WAITING, BookingState.INVITED, BookingState.CANCELLED}))
def test_whoever_had_no_seat_takes_one_at_the_door(door: Staged, session: scoped_session, state: BookingState):
    booking = a_booking(door, state=state)
    session.commit()
    note_arrival(booking.id, by=door.organiser.actor)
    assert booking.state is BookingState.SEEN
    assert session.query(SlotSide).filter_by(slot_id=door.slot.id).one().taken == 1


def test_a_full_room_lets_in_only_when_a_seat_is_added(door: Staged, session: scoped_session):
    a_booking(door, "Un"), a_booking(door, "Deux")
    third = a_booking(door, "Trois", BookingState.WAITING)
    session.commit()
    with pytest.raises(Refused) as refused:
        note_arrival(third.id, by=door.organiser.actor)
    assert refused.value.reasons == (SeatRefusal.FULL,)
    note_arrival(third.id, by=door.organiser.actor, more_seats=True)
    side = session.query(SlotSide).filter_by(slot_id=door.slot.id).one()
    assert (side.seats, side.taken) == (3, 3)


def test_a_code_is_read_as_people_type_it(door: Staged, session: scoped_session):
    booking = a_booking(door)
    session.commit()
    typed = f" {booking.code[:4].lower()} - {booking.code[4:]}"
    assert arrive_by_code(door.event.id, typed, by=door.organiser.actor).booking.id == booking.id


def test_the_code_of_another_event_is_said(door: Staged, session: scoped_session):
    other = an_event(organiser=door.organiser, starts_at=door.slot.starts_at)
    booking = a_booking(other)
    session.commit()
    with pytest.raises(Refused) as refused:
        arrive_by_code(door.event.id, booking.code, by=door.organiser.actor)
    assert refused.value.reasons == (DayRefusal.OTHER_EVENT,)
    assert booking.state is BookingState.BOOKED


@pytest.mark.parametrize("text", ["", "zz", "ACDEFGHJ", "💥" * 8])
def test_a_code_of_nobody_and_nonsense_are_unknown(door: Staged, text: str):
    with pytest.raises(Refused) as refused:
        arrive_by_code(door.event.id, text, by=door.organiser.actor)
    assert refused.value.reasons == (DayRefusal.UNKNOWN_CODE,)


def test_the_code_of_an_event_of_others_is_unknown_not_named(door: Staged, session: scoped_session):
    booking = a_booking(an_event(starts_at=door.slot.starts_at))
    session.commit()
    with pytest.raises(Refused) as refused:
        arrive_by_code(door.event.id, booking.code, by=door.organiser.actor)
    assert refused.value.reasons == (DayRefusal.UNKNOWN_CODE,)


def test_nobody_else_notes_an_arrival(door: Staged, session: scoped_session):
    booking, other = a_booking(door), somebody(Role.FACILITATOR)
    session.commit()
    with pytest.raises(NotFound):
        note_arrival(booking.id, by=other.actor)


def test_a_walk_in_is_there_at_once_and_the_same_form_twice_is_one(door: Staged, session: scoped_session):
    row = uuid4()
    made = [
        add_walk_in(door.event.id, walk(), by=door.organiser.actor, row_id=row, slot_id=door.slot.id) for _ in range(2)
    ]
    assert made[0].id == made[1].id == row
    assert (made[0].state, made[0].is_walk_in) == (BookingState.SEEN, True)
    assert session.query(SlotSide).filter_by(slot_id=door.slot.id).one().taken == 1


def test_somebody_who_is_registered_is_not_added_again(door: Staged, session: scoped_session):
    a_booking(door, "Awa Diallo")
    session.commit()
    with pytest.raises(Refused) as refused:
        add_walk_in(door.event.id, walk("awa diallo"), by=door.organiser.actor, row_id=uuid4(), slot_id=door.slot.id)
    assert refused.value.reasons == (DayRefusal.SAME_NAME,)


def test_a_full_side_grows_by_one_when_the_organiser_says_so(door: Staged, session: scoped_session):
    a_booking(door, "Un"), a_booking(door, "Deux")
    session.commit()
    by, where = door.organiser.actor, {"row_id": uuid4(), "slot_id": door.slot.id}
    with pytest.raises(Refused) as refused:
        add_walk_in(door.event.id, walk(), by=by, **where)
    assert refused.value.reasons == (DayRefusal.NO_SEAT,)
    add_walk_in(door.event.id, walk(more_seats=True), by=by, **where)
    assert session.query(SlotSide).filter_by(slot_id=door.slot.id).one().seats == 3


def test_one_more_at_a_table_has_a_table(session: scoped_session, today: object):
    staged, _, _ = a_speed_dating(siae=2, firms=2, seats=2)
    session.commit()
    asked = walk("Chantier 9", side=Side.SEATED, is_person=False, more_seats=True)
    with clock.frozen(staged.slot.starts_at):
        add_walk_in(staged.event.id, asked, by=staged.organiser.actor, row_id=uuid4(), slot_id=staged.slot.id)
    assert session.query(MeetingSetup).filter_by(slot_id=staged.slot.id).one().tables == 3


def test_a_known_organisation_is_recognised_by_its_siret_and_sits_where_its_kind_does(
    session: scoped_session, today: object
):
    staged, _, _ = a_speed_dating(siae=1, firms=1)
    firm = an_organisation(OrganisationKind.FIRM, name="Bois du Sud", siret="73282932000074")
    session.commit()
    by, slot = staged.organiser.actor, staged.slot.id
    asked = walk("bois sud", side=Side.MOVING, is_person=False, siret=firm.siret)
    with clock.frozen(staged.slot.starts_at):
        made = add_walk_in(staged.event.id, asked, by=by, row_id=uuid4(), slot_id=slot)
        wrong = walk("bois sud", side=Side.SEATED, is_person=False, siret=firm.siret)
        with pytest.raises(Refused) as refused:
            add_walk_in(staged.event.id, wrong, by=by, row_id=uuid4(), slot_id=slot)
    assert (made.organisation_id, made.name) == (firm.id, "Bois du Sud")
    assert refused.value.reasons == (RegisterRefusal.SIAE_SIDE,)


def test_two_organisers_who_scan_the_same_badge_note_one_arrival(own_app: Flask):
    with own_app.app_context():
        staged = an_event(starts_at=clock.now())
        booking = a_booking(staged)
        db.session.commit()
        booking_id, by = booking.id, staged.organiser.actor
    found: list[bool] = []

    def scan() -> None:
        with own_app.app_context():
            found.append(note_arrival(booking_id, by=by).already)
            db.session.remove()

    threads = [Thread(target=scan) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [False] + [True] * 5
    with own_app.app_context():
        assert db.session.query(EventTransition).filter_by(subject_id=booking_id, action="check_in").count() == 1
        assert db.session.get_one(Booking, booking_id).state is BookingState.SEEN
