"""Present, excused, absent: one tap each, put right by the next; signed on the screen or on paper."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import AttendanceSignature, Booking, Meeting, RoundClock
from app.events.rules.attendance import AttendanceRefusal, Presence
from app.events.rules.kinds import ClockPhase, Side, SignatureMeans
from app.events.rules.seats import SeatRefusal
from app.events.rules.states import HOLDS_SEAT, BookingState, EventState, MeetingState
from app.events.service import attendance as service
from app.events.service import states
from app.events.service.missing import replan
from app.events.service.planning import make_plan
from app.messages.models import Message
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event
from tests.factories.people import somebody


def _now(staged: Staged) -> datetime:
    """A quarter of an hour after it began."""
    return staged.slot.starts_at + timedelta(minutes=15)


@pytest.mark.parametrize("second", sorted(set(Presence) - {Presence.UNDO}))
@pytest.mark.parametrize("first", sorted(set(Presence) - {Presence.UNDO}))
def test_a_tap_is_put_right_by_the_next_one(
    session: scoped_session, today: date, first: Presence, second: Presence
) -> None:
    staged = an_event()
    booking, by = a_booking(staged), staged.organiser.actor
    session.commit()
    with clock.frozen(_now(staged)):
        for presence in (first, second):
            service.note_presence(booking.id, presence, by=by)
        assert booking.state.value == second.value
        assert staged.sides[Side.PUBLIC].taken == (booking.state in HOLDS_SEAT)
        service.note_presence(booking.id, Presence.UNDO, by=by)
    assert booking.state is BookingState.BOOKED
    assert staged.sides[Side.PUBLIC].taken == 1


def test_an_excuse_before_the_slot_frees_the_seat_for_who_waits(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    booking, waits = a_booking(staged), a_booking(staged, "Lina", BookingState.WAITING, contact_email="l@exemple.fr")
    session.commit()
    service.note_presence(booking.id, Presence.EXCUSED, by=staged.organiser.actor)
    assert waits.state is BookingState.BOOKED
    assert db.session.scalars(select(Message.kind)).all() == ["event_promoted"]
    with pytest.raises(Refused) as refused:  # the seat is somebody else's now
        service.note_presence(booking.id, Presence.UNDO, by=staged.organiser.actor)
    assert refused.value.reasons == (SeatRefusal.FULL,)


def test_an_excuse_said_on_the_day_promotes_nobody(session: scoped_session, today: date) -> None:
    staged = an_event(seats=1)
    booking, waits = a_booking(staged), a_booking(staged, "Lina Petit", BookingState.WAITING)
    session.commit()
    with clock.frozen(_now(staged)):
        service.note_presence(booking.id, Presence.EXCUSED, by=staged.organiser.actor)
    assert waits.state is BookingState.WAITING


def test_nobody_is_seen_before_the_day_nor_absent_before_the_hour(session: scoped_session, today: date) -> None:
    staged = an_event()
    booking, by = a_booking(staged), staged.organiser.actor
    session.commit()
    with pytest.raises(Refused) as refused:
        service.note_presence(booking.id, Presence.SEEN, by=by)
    assert refused.value.reasons == (AttendanceRefusal.TOO_EARLY,)
    with clock.frozen(staged.slot.starts_at - timedelta(minutes=1)):
        with pytest.raises(Refused) as refused:
            service.note_presence(booking.id, Presence.ABSENT, by=by)
        assert refused.value.reasons == (AttendanceRefusal.NOT_BEGUN,)
        assert service.note_presence(booking.id, Presence.SEEN, by=by).state is BookingState.SEEN


def test_all_present_takes_those_of_whom_nothing_is_noted(session: scoped_session, today: date) -> None:
    staged = an_event()
    states = (BookingState.BOOKED, BookingState.BOOKED, BookingState.ABSENT, BookingState.WAITING)
    rows = [a_booking(staged, f"Personne {n}", state) for n, state in enumerate(states)]
    session.commit()
    with clock.frozen(_now(staged)):
        assert service.all_present(staged.slot.id, by=staged.organiser.actor) == 2
        assert service.all_present(staged.slot.id, by=staged.organiser.actor) == 0
    assert [row.state for row in rows] == [
        BookingState.SEEN,
        BookingState.SEEN,
        BookingState.ABSENT,
        BookingState.WAITING,
    ]
    assert staged.sides[Side.PUBLIC].taken == 3


def test_a_name_written_on_the_screen_signs_and_says_present(session: scoped_session, today: date) -> None:
    staged = an_event()
    booking, by = a_booking(staged), staged.organiser.actor
    session.commit()
    with clock.frozen(_now(staged)):
        with pytest.raises(Refused):
            service.sign(booking.id, "  ", by=by)
        first = service.sign(booking.id, "Pierre Blanc", by=by)
        assert service.sign(booking.id, "P. Blanc", by=by).id == first.id
    assert (booking.state, first.means, first.name) == (BookingState.SEEN, SignatureMeans.SCREEN, "Pierre Blanc")


def test_who_was_not_there_after_all_has_signed_nothing(session: scoped_session, today: date) -> None:
    staged = an_event()
    booking, by = a_booking(staged), staged.organiser.actor
    session.commit()
    with clock.frozen(_now(staged)):
        service.sign(booking.id, "Pierre Blanc", by=by)
        service.note_presence(booking.id, Presence.ABSENT, by=by)
    assert db.session.scalars(select(AttendanceSignature)).all() == []


def test_the_paper_sheet_is_recorded_once_for_those_present(session: scoped_session, today: date) -> None:
    staged = an_event()
    for n, state in enumerate((BookingState.SEEN, BookingState.SEEN, BookingState.BOOKED)):
        a_booking(staged, f"Personne {n}", state)
    session.commit()
    assert service.signed_on_paper(staged.slot.id, by=staged.organiser.actor) == 2
    assert service.signed_on_paper(staged.slot.id, by=staged.organiser.actor) == 0
    assert {row.means for row in db.session.scalars(select(AttendanceSignature))} == {SignatureMeans.PAPER}


@pytest.mark.parametrize("role", sorted({Role.EMPLOYER, Role.FACILITATOR, Role.REFERENT}))
def test_another_organisation_notes_nothing(session: scoped_session, today: date, role: Role) -> None:
    staged, stranger = an_event(), somebody(role)
    booking = a_booking(staged)
    session.commit()
    with clock.frozen(_now(staged)), pytest.raises(NotFound):
        service.note_presence(booking.id, Presence.SEEN, by=stranger.actor)
    with pytest.raises(NotFound):
        service.all_present(staged.slot.id, by=stranger.actor)
    with pytest.raises(NotFound):
        service.signed_on_paper(staged.slot.id, by=stranger.actor)


def test_a_booking_is_not_noted_through_the_page_of_another_event(session: scoped_session, today: date) -> None:
    staged = an_event()
    other = an_event(organiser=staged.organiser)
    booking = a_booking(other)
    session.commit()
    with pytest.raises(NotFound):
        service.note_presence(booking.id, Presence.EXCUSED, by=staged.organiser.actor, event_id=staged.event.id)
    assert booking.state is BookingState.BOOKED


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (EventState.CANCELLED, AttendanceRefusal.CANCELLED),
        (EventState.CLOSED, AttendanceRefusal.CLOSED),
        (EventState.DRAFT, AttendanceRefusal.NOT_PUBLISHED),
    ],
)
def test_the_sheet_of_an_event_that_is_not_on_takes_nothing(
    session: scoped_session, today: date, state: EventState, reason: AttendanceRefusal
) -> None:
    staged = an_event(state=state)
    booking, seen = a_booking(staged), a_booking(staged, "Lina Petit", BookingState.SEEN)
    by = staged.organiser.actor
    session.commit()
    acts = [
        *(partial(service.note_presence, booking.id, presence, by=by) for presence in Presence),
        partial(service.note_presence, seen.id, Presence.UNDO, by=by),
        partial(service.all_present, staged.slot.id, by=by),
        partial(service.sign, booking.id, "Pierre Blanc", by=by),
        partial(service.signed_on_paper, staged.slot.id, by=by),
    ]
    with clock.frozen(_now(staged)):
        for act in acts:
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.reasons == (reason,)
    session.expire_all()
    assert (booking.state, seen.state) == (BookingState.BOOKED, BookingState.SEEN)
    assert db.session.scalars(select(AttendanceSignature)).all() == []


def test_a_presence_of_an_event_that_is_over_is_put_right_once_it_is_opened_again(
    session: scoped_session, today: date
) -> None:
    staged = an_event(state=EventState.CLOSED)
    booking, by = a_booking(staged), staged.organiser.actor
    session.commit()
    with clock.frozen(_now(staged)):
        states.reopen(staged.event.id, by=by, version=staged.event.version)
        assert service.note_presence(booking.id, Presence.ABSENT, by=by).state is BookingState.ABSENT


# --- at a dating ------------------------------------------------------------------------------------------


def _dating(session: scoped_session) -> tuple[Staged, Booking]:
    """Three by three with its plan, three rounds; the firm of whom something is noted."""
    staged, _, moving = a_speed_dating()
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    return staged, moving[0]


def _rounds(of: Booking, state: MeetingState) -> list[int | None]:
    rows = db.session.query(Meeting).filter(Meeting.moving_id == of.id, Meeting.state == state)
    return sorted(one.round or 0 for one in rows)


def _second_round(staged: Staged) -> None:
    since = staged.slot.starts_at + timedelta(minutes=12)
    db.session.add(RoundClock(slot_id=staged.slot.id, round=2, phase=ClockPhase.TALKING, phase_since=since))
    db.session.commit()


@pytest.mark.parametrize("presence", sorted({Presence.ABSENT, Presence.EXCUSED}))
def test_who_does_not_come_to_a_dating_misses_the_rounds_until_now_and_the_plan_is_made_again_without_them(
    session: scoped_session, today: date, presence: Presence
) -> None:
    staged, absent = _dating(session)
    _second_round(staged)
    with clock.frozen(_now(staged)):
        service.note_presence(absent.id, presence, by=staged.organiser.actor)
        assert _rounds(absent, MeetingState.MISSED) == [1, 2]
        assert _rounds(absent, MeetingState.PLANNED) == [3]
        replan(staged.event.id, 3, by=staged.organiser.actor, plan_seen=1)
    assert _rounds(absent, MeetingState.MISSED) == [1, 2]
    assert _rounds(absent, MeetingState.PLANNED) == []


def test_an_absence_typed_after_the_dating_misses_all_its_rounds_and_is_put_right_whole(
    session: scoped_session, today: date
) -> None:
    staged, absent = _dating(session)
    with clock.frozen(staged.slot.ends_at + timedelta(days=1)):
        service.note_presence(absent.id, Presence.ABSENT, by=staged.organiser.actor)
        assert _rounds(absent, MeetingState.MISSED) == [1, 2, 3]
        service.note_presence(absent.id, Presence.SEEN, by=staged.organiser.actor)
    assert _rounds(absent, MeetingState.PLANNED) == [1, 2, 3]


def test_who_comes_late_to_a_dating_finds_the_table_of_the_round_that_runs(
    session: scoped_session, today: date
) -> None:
    staged, late = _dating(session)
    _second_round(staged)
    with clock.frozen(_now(staged)):
        service.note_presence(late.id, Presence.ABSENT, by=staged.organiser.actor)
        service.note_presence(late.id, Presence.SEEN, by=staged.organiser.actor)
        assert _rounds(late, MeetingState.MISSED) == [1]
        service.note_presence(late.id, Presence.UNDO, by=staged.organiser.actor)
    assert _rounds(late, MeetingState.PLANNED) == [1, 2, 3]


def test_an_excuse_before_the_dating_leaves_its_meetings_to_the_next_plan(session: scoped_session, today: date) -> None:
    staged, excused = _dating(session)
    service.note_presence(excused.id, Presence.EXCUSED, by=staged.organiser.actor)
    assert _rounds(excused, MeetingState.MISSED) == []
