"""Somebody is absent, late, gone or back: what was missed is said, coming rounds are planned again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import Booking, Meeting, MeetingPlan, RoundClock, SlotSide
from app.events.rules.arrivals import DayRefusal
from app.events.rules.kinds import ClockPhase, Outcome
from app.events.rules.states import BookingState, MeetingState
from app.events.service import missing
from app.events.service.checking_in import note_arrival
from app.events.service.planning import make_plan
from app.organisations.rules import OrganisationKind
from tests.factories.events import Staged, a_booking, a_speed_dating
from tests.factories.people import an_organisation, somebody


@dataclass(frozen=True, slots=True)
class Running:
    """Three by three, three rounds, in the second one."""

    staged: Staged
    seated: list[Booking]
    moving: list[Booking]

    @property
    def by(self) -> Any:
        return self.staged.organiser.actor

    def meetings(self, of: Booking, *states: MeetingState) -> list[int]:
        rows = db.session.query(Meeting).filter((Meeting.seated_id == of.id) | (Meeting.moving_id == of.id)).all()
        return sorted(one.round or 0 for one in rows if one.state in states)


@pytest.fixture
def running(session: scoped_session, today: object) -> Iterator[Running]:
    staged, seated, moving = a_speed_dating()
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    session.add(
        RoundClock(slot_id=staged.slot.id, round=2, phase=ClockPhase.TALKING, phase_since=staged.slot.starts_at)
    )
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=3)):
        for one in (*seated, *moving[1:]):
            note_arrival(one.id, by=staged.organiser.actor)
        yield Running(staged, seated, moving)


def test_an_absent_one_has_missed_the_rounds_until_now_and_not_those_to_come(running: Running):
    late = running.moving[0]
    missing.note_absent(running.staged.event.id, late.id, by=running.by)
    assert late.state is BookingState.ABSENT
    assert running.meetings(late, MeetingState.MISSED) == [1, 2]
    assert running.meetings(late, MeetingState.PLANNED) == [3]


def test_a_meeting_of_which_something_was_said_is_not_missed(running: Running, session: scoped_session):
    late = running.moving[0]
    first = session.query(Meeting).filter_by(moving_id=late.id, round=1).one()
    first.moving_outcome = Outcome.OFFER
    session.commit()
    missing.note_absent(running.staged.event.id, late.id, by=running.by)
    assert first.state is MeetingState.PLANNED


def test_who_comes_late_finds_the_table_of_the_round_that_runs(running: Running):
    late = running.moving[0]
    missing.note_absent(running.staged.event.id, late.id, by=running.by)
    note_arrival(late.id, by=running.by)
    assert running.meetings(late, MeetingState.MISSED) == [1]
    assert running.meetings(late, MeetingState.PLANNED) == [2, 3]


def test_an_absence_noted_by_mistake_is_undone_whole(running: Running):
    late = running.moving[0]
    missing.note_absent(running.staged.event.id, late.id, by=running.by)
    missing.undo_arrival(running.staged.event.id, late.id, by=running.by)
    assert late.state is BookingState.BOOKED
    assert running.meetings(late, MeetingState.PLANNED) == [1, 2, 3]


def test_absent_twice_is_once_and_the_seat_stays_counted(running: Running, session: scoped_session):
    for _ in range(2):
        missing.note_absent(running.staged.event.id, running.moving[0].id, by=running.by)
    sides = session.query(SlotSide).filter_by(slot_id=running.staged.slot.id).all()
    assert [side.taken for side in sides] == [3, 3]


def test_only_who_is_there_goes_home_and_may_come_back(running: Running):
    event_id = running.staged.event.id
    missing.note_left(event_id, running.seated[0].id, by=running.by)
    assert running.seated[0].left_at is not None
    missing.note_back(event_id, running.seated[0].id, by=running.by)
    assert running.seated[0].left_at is None
    with pytest.raises(Refused) as refused:
        missing.note_left(event_id, running.moving[0].id, by=running.by)
    assert refused.value.reasons == (DayRefusal.NOT_IN_ROOM,)


def test_a_new_plan_leaves_out_the_absent_takes_in_the_newcomer_and_touches_nothing_begun(
    running: Running, session: scoped_session
):
    absent, event_id = running.moving[0], running.staged.event.id
    missing.note_absent(event_id, absent.id, by=running.by)
    new = a_booking(
        running.staged, an_organisation(OrganisationKind.FIRM, name="Arrivée"), BookingState.SEEN, side=absent.side
    )
    before = {one.id: one.round for one in session.query(Meeting).filter(Meeting.round <= 2)}
    session.commit()
    assert missing.replan(event_id, 3, by=running.by, plan_seen=1, why="une absence")
    session.expire_all()
    assert running.meetings(absent, MeetingState.PLANNED) == []
    assert running.meetings(new, MeetingState.PLANNED) == [3]
    assert {one.id: one.round for one in session.query(Meeting).filter(Meeting.round <= 2)} == before


def test_the_same_button_twice_makes_one_plan(running: Running, session: scoped_session):
    event_id = running.staged.event.id
    assert missing.replan(event_id, 3, by=running.by, plan_seen=1)
    assert not missing.replan(event_id, 3, by=running.by, plan_seen=1)
    assert session.query(MeetingPlan).filter_by(slot_id=running.staged.slot.id).count() == 2


def test_a_round_that_has_begun_is_not_planned_again(running: Running):
    with pytest.raises(Refused) as refused:
        missing.replan(running.staged.event.id, 2, by=running.by, plan_seen=1)
    assert refused.value.reasons == (DayRefusal.ROUND_BEGUN,)


def test_nobody_else_acts_on_the_day(running: Running, session: scoped_session):
    other = somebody(Role.FACILITATOR)
    session.commit()
    event_id, booking_id = running.staged.event.id, running.moving[0].id
    for act in (missing.note_absent, missing.note_left, missing.note_back, missing.undo_arrival):
        with pytest.raises(NotFound):
            act(event_id, booking_id, by=other.actor)
    with pytest.raises(NotFound):
        missing.replan(event_id, 3, by=other.actor, plan_seen=1)
