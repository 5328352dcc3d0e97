"""« Votre fiche est prête »: once, and again only to whom their own sheet says something else."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.core.errors import Refused
from app.events.models import Booking, Meeting, MeetingSetup, RoundClock
from app.events.rules.kinds import ClockPhase
from app.events.rules.setup import PlanRefusal
from app.events.rules.states import MeetingState
from app.events.service import cancelling, missing, planning
from app.events.service.plan_telling import tell_plan_ready
from app.messages.models import Message
from tests.factories.events import Staged, a_meeting, a_speed_dating

pytestmark = pytest.mark.usefixtures("today")


def make(staged: Staged) -> None:
    db.session.commit()
    planning.make_plan(staged.event.id, staged.organiser.actor)


def tell(staged: Staged) -> int:
    return tell_plan_ready(staged.event.id, by=staged.organiser.actor)


def sheet(of: Booking) -> set[tuple[int | None, int | None, object, object]]:
    """As it is in the plan: rounds, tables, both sides."""
    rows = db.session.query(Meeting).filter((Meeting.seated_id == of.id) | (Meeting.moving_id == of.id))
    return {(one.round, one.table_number, one.seated_id, one.moving_id) for one in rows}


def test_everybody_with_a_sheet_is_told_once(session):
    staged, *_ = a_speed_dating(2, 2)
    make(staged)
    assert tell(staged) == 4
    assert tell(staged) == 0
    written = db.session.query(Message).filter_by(kind="event_plan_ready").all()
    assert len(written) == 4
    assert all("/fiche" in one.body for one in written)
    assert not [one for one in written if "remplace" in one.body]


def test_the_plan_pressed_twice_without_a_change_tells_nobody_again(session):
    staged, *_ = a_speed_dating(4, 3)
    make(staged)
    assert tell(staged) == 7
    make(staged)
    assert tell(staged) == 0


def test_after_a_cancellation_those_whose_own_sheet_changed_are_told_and_nobody_else(session):
    staged, seated, moving = a_speed_dating(4, 4)
    everybody = [*seated, *moving]
    db.session.query(MeetingSetup).one().rounds = 1
    make(staged)
    tell(staged)
    before = {one.id: sheet(one) for one in everybody}
    cancelling.cancel(moving[3].id, by=staged.organiser.actor)
    make(staged)
    changed = {one.id for one in everybody if sheet(one) != before[one.id]} - {moving[3].id}
    left = {who for one in everybody for line in sheet(one) for who in line[2:]}
    count = tell(staged)
    again = db.session.query(Message).filter(Message.kind == "event_plan_ready", Message.body.contains("remplace"))
    assert {one.about_id for one in again} == changed & left
    assert count == len(changed & left)
    assert tell(staged) == 0


def test_another_table_is_told_to_the_two_who_meet_there_and_to_nobody_else(session):
    staged, seated, moving = a_speed_dating(2, 2)
    pairs = ((seated[0], moving[0]), (seated[1], moving[1]))
    meetings = [a_meeting(staged, one, other, table=table) for table, (one, other) in enumerate(pairs, start=1)]
    db.session.commit()
    assert tell(staged) == 4
    meetings[1].table_number = 7
    db.session.commit()
    assert tell(staged) == 2
    again = db.session.query(Message).filter(Message.kind == "event_plan_ready", Message.body.contains("remplace"))
    assert {one.about_id for one in again} == {seated[1].id, moving[1].id}


def test_a_sheet_that_comes_back_to_what_it_was_is_told_again(session):
    staged, *_ = a_speed_dating(2, 2)
    make(staged)
    setup = db.session.query(MeetingSetup).one()
    assert tell(staged) == 4
    for minutes, told in ((12, 4), (10, 4), (10, 0)):  # the second round begins later, then as before
        setup.round_minutes = minutes
        make(staged)
        assert tell(staged) == told


def test_a_round_that_was_missed_or_held_since_changes_no_sheet(session):
    staged, seated, moving = a_speed_dating(3, 3)
    make(staged)
    assert tell(staged) == 6
    db.session.add(
        RoundClock(slot_id=staged.slot.id, round=1, phase=ClockPhase.TALKING, phase_since=staged.slot.starts_at)
    )
    first = db.session.query(Meeting).filter_by(round=1, seated_id=seated[0].id).one()
    first.state = MeetingState.HELD
    db.session.commit()
    absent = next(one for one in moving if one.id != first.moving_id)
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=3)):
        missing.note_absent(staged.event.id, absent.id, by=staged.organiser.actor)
        assert tell(staged) == 0


def test_nobody_is_told_of_a_plan_that_does_not_exist(session):
    staged, *_ = a_speed_dating(2, 2)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        tell(staged)
    assert refused.value.reasons == (PlanRefusal.NO_PLAN,)
