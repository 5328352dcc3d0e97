"""Two files become one, or somebody leaves: one seat for one person, none lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM, Role
from app.events.models import Booking, Meeting, SlotSide
from app.events.rules.kinds import EventKind, Side
from app.events.rules.states import HOLDS_SEAT, BookingState
from app.events.service import merging as service
from app.events.service.merging import _STRENGTH
from app.messages.models import Message
from app.messages.rules import MessageState
from tests.factories.events import Staged, a_booking, a_meeting, an_event
from tests.factories.people import Somebody, somebody


def _adds_up(staged: Staged) -> bool:
    held = select(func.count()).where(Booking.slot_id == staged.slot.id, Booking.state.in_(HOLDS_SEAT))
    taken = select(func.sum(SlotSide.taken)).where(SlotSide.slot_id == staged.slot.id)
    return db.session.scalar(held) == db.session.scalar(taken)


def _two() -> tuple[Somebody, Somebody]:
    return somebody(Role.CANDIDATE), somebody(Role.CANDIDATE)


def _merge(kept: Somebody, merged: Somebody) -> None:
    assert kept.candidate is not None
    assert merged.candidate is not None
    service.candidate_merged(kept.candidate.id, merged.candidate.id, somebody(Role.FACILITATOR).actor)
    db.session.commit()


def test_the_bookings_go_with_the_file_that_is_kept(session: scoped_session, today: date) -> None:
    staged, (kept, merged) = an_event(), _two()
    booking = a_booking(staged, merged)
    session.commit()
    _merge(kept, merged)
    assert booking.candidate_id == kept.candidate.id  # type: ignore[union-attr]
    assert _adds_up(staged)


@pytest.mark.parametrize("theirs", sorted(BookingState))
@pytest.mark.parametrize("mine", sorted(BookingState))
def test_of_two_bookings_of_one_slot_the_stronger_holds_and_one_seat_is_counted(
    session: scoped_session, today: date, mine: BookingState, theirs: BookingState
) -> None:
    staged, (kept, merged) = an_event(), _two()
    one, two = a_booking(staged, kept, mine), a_booking(staged, merged, theirs)
    code = two.code if _STRENGTH.index(theirs) > _STRENGTH.index(mine) else one.code
    session.commit()
    _merge(kept, merged)
    strongest = max(mine, theirs, key=_STRENGTH.index)
    weak = {BookingState.CANCELLED, BookingState.EXCUSED, BookingState.INVITED}
    if strongest is BookingState.WAITING:
        strongest = BookingState.BOOKED  # there are free seats
    assert one.state is strongest or strongest in weak
    assert two.state not in HOLDS_SEAT
    assert one.code == code
    assert _adds_up(staged)


def test_a_full_slot_with_both_files_seated_gives_a_seat_to_who_waits(session: scoped_session, today: date) -> None:
    staged, (kept, merged) = an_event(seats=2), _two()
    a_booking(staged, kept), a_booking(staged, merged)
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    _merge(kept, merged)
    assert waits.state is BookingState.BOOKED
    assert _adds_up(staged)


@pytest.mark.parametrize("minutes", [0, 30, 240])
def test_a_seat_freed_once_the_slot_has_begun_calls_nobody_in(
    session: scoped_session, today: date, minutes: int
) -> None:
    staged, (kept, merged) = an_event(seats=3), _two()
    a_booking(staged, kept), a_booking(staged, merged)
    leaves = somebody(Role.CANDIDATE)
    a_booking(staged, leaves)
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING, contact_email="l@exemple.fr")
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=minutes)):
        _merge(kept, merged)
        assert leaves.candidate is not None
        service.candidate_removed(leaves.candidate.id, SYSTEM)
        session.commit()
    assert waits.state is BookingState.WAITING
    assert db.session.scalars(select(Message.kind)).all() == []
    assert _adds_up(staged)


def test_the_meetings_of_the_other_booking_come_along(session: scoped_session, today: date) -> None:
    staged, (kept, merged) = an_event(EventKind.JOB_DATING), _two()
    firm = a_booking(staged, somebody(Role.EMPLOYER), side=Side.SEATED)
    one, two = a_booking(staged, kept), a_booking(staged, merged)
    a_meeting(staged, firm, two)
    session.commit()
    _merge(kept, merged)
    assert db.session.scalars(select(Meeting.moving_id)).all() == [one.id]


def test_who_leaves_the_portal_frees_their_seats_and_is_written_to_no_more(
    session: scoped_session, today: date
) -> None:
    staged, past = an_event(seats=1), an_event(starts_at=clock.now() - timedelta(days=3))
    person = somebody(Role.CANDIDATE)
    assert person.candidate is not None
    person.candidate.phone = "+33612345678"
    was, coming = a_booking(past, person, BookingState.SEEN), a_booking(staged, person)
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    from app.events.service.telling import tell
    from app.events.service.upkeep import queries

    slot = queries.slot_of(staged.slot.id)
    assert slot is not None
    tell("event_booked", [coming], slot)
    service.candidate_removed(person.candidate.id, SYSTEM)
    session.commit()
    assert (was.state, coming.state, waits.state) == (
        BookingState.SEEN,
        BookingState.CANCELLED,
        BookingState.BOOKED,
    )
    assert db.session.scalars(select(Message.state)).all() == [MessageState.UNWANTED]


def test_who_is_no_longer_shown_to_employers_leaves_job_datings_alone(session: scoped_session, today: date) -> None:
    dating, session_ = an_event(EventKind.JOB_DATING), an_event()
    person = somebody(Role.CANDIDATE)
    out, stays = a_booking(dating, person), a_booking(session_, person)
    session.commit()
    assert person.candidate is not None
    service.candidate_withdrawn(person.candidate, person.actor)
    session.commit()
    assert (out.state, stays.state) == (BookingState.CANCELLED, BookingState.BOOKED)


def test_a_closed_organisation_sits_nowhere(session: scoped_session, today: date) -> None:
    staged, firm = an_event(EventKind.SPEED_DATING), somebody(Role.EMPLOYER)
    booking = a_booking(staged, firm)
    session.commit()
    assert firm.organisation is not None
    service.organisation_closed(firm.organisation.id, SYSTEM)
    session.commit()
    assert booking.state is BookingState.CANCELLED
    assert _adds_up(staged)
