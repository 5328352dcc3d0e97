"""What came of a meeting: each side says its own, the organiser's table never erases what a participant said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.events.models import Booking, Meeting
from app.events.rules.kinds import Outcome
from app.events.rules.outcomes import OutcomeRefusal
from app.events.rules.states import EventState, MeetingState
from app.events.service.outcomes import Typed, save_round, say_outcome, say_outcome_by_code, say_words
from tests.factories.events import Staged, a_meeting, a_speed_dating
from tests.factories.people import somebody


@dataclass(frozen=True, slots=True)
class Table:
    staged: Staged
    seated: Booking
    moving: Booking
    meeting: Meeting

    def actor(self, booking: Booking) -> Actor:
        return Actor(Role.EMPLOYER, "Alex", user_id=booking.user_id, organisation_id=booking.organisation_id)

    def typed(self, **values: object) -> Typed:
        blank = {"seated": None, "moving": None, "seated_was": None, "moving_was": None}
        return Typed(self.meeting.id, **{**blank, **values})  # type: ignore[arg-type]


@pytest.fixture
def table(session: scoped_session, today: object) -> Iterator[Table]:
    """One meeting, on its day."""
    staged, seated, moving = a_speed_dating(siae=2, firms=2)
    meeting = a_meeting(staged, seated[0], moving[0])
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=11)):
        yield Table(staged, seated[0], moving[0], meeting)


def test_one_tap_says_it_and_the_meeting_was_held(table: Table):
    say_outcome(table.seated.id, table.meeting.id, Outcome.STAGE, by=table.actor(table.seated))
    assert (table.meeting.seated_outcome, table.meeting.moving_outcome) == (Outcome.STAGE, None)
    assert table.meeting.state is MeetingState.HELD


def test_it_may_be_changed_until_the_event_is_closed(table: Table, session: scoped_session):
    by = table.actor(table.moving)
    say_outcome(table.moving.id, table.meeting.id, Outcome.NO, by=by)
    say_outcome(table.moving.id, table.meeting.id, Outcome.OFFER, by=by)
    assert table.meeting.moving_outcome is Outcome.OFFER
    table.staged.event.state = EventState.CLOSED
    session.commit()
    with pytest.raises(Refused) as refused:
        say_outcome(table.moving.id, table.meeting.id, Outcome.NO, by=by)
    assert refused.value.reasons == (OutcomeRefusal.CLOSED,)


def test_the_day_before_is_too_early(table: Table):
    before = table.staged.slot.starts_at - timedelta(days=1)
    with clock.frozen(before), pytest.raises(Refused) as refused:
        say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.OFFER)
    assert refused.value.reasons == (OutcomeRefusal.NOT_YET,)


def test_a_code_says_it_too(table: Table):
    say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.VISIT)
    assert table.meeting.moving_outcome is Outcome.VISIT


def test_a_meeting_of_others_does_not_exist(table: Table, session: scoped_session):
    other = session.query(Booking).filter(Booking.name == "Entreprise 2").one()
    with pytest.raises(NotFound):
        say_outcome(other.id, table.meeting.id, Outcome.NO, by=table.actor(other))
    with pytest.raises(NotFound):
        say_outcome(table.seated.id, table.meeting.id, Outcome.NO, by=table.actor(other))
    with pytest.raises(NotFound):
        say_outcome_by_code(other.code, table.meeting.id, Outcome.NO)
    with pytest.raises(NotFound):
        say_outcome(table.seated.id, table.meeting.id, Outcome.NO, by=table.staged.organiser.actor)


def test_a_dropped_meeting_says_nothing(table: Table, session: scoped_session):
    table.meeting.state = MeetingState.DROPPED
    session.commit()
    with pytest.raises(Refused) as refused:
        say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.NO)
    assert refused.value.reasons == (OutcomeRefusal.NOT_IN_PLAN,)


def test_a_missed_meeting_that_was_planned_again_is_answered_where_it_was_held(table: Table, session: scoped_session):
    table.meeting.state = MeetingState.MISSED
    session.commit()
    a_meeting(table.staged, table.seated, table.moving, at_round=5)
    session.commit()
    with pytest.raises(Refused):
        say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.OFFER)


def test_words_are_those_of_their_side(table: Table):
    say_words(table.seated.id, table.meeting.id, "Le rappeler lundi", by=table.actor(table.seated))
    assert (table.meeting.seated_words, table.meeting.moving_words) == ("Le rappeler lundi", "")


def test_the_sheets_of_a_round_are_saved_at_once(table: Table):
    typed = table.typed(seated=Outcome.OFFER, moving=Outcome.FOLLOW_UP)
    assert save_round(table.staged.event.id, [typed], by=table.staged.organiser.actor).changed == 2
    assert (table.meeting.seated_outcome, table.meeting.moving_outcome) == (Outcome.OFFER, Outcome.FOLLOW_UP)
    assert table.meeting.state is MeetingState.HELD


def test_what_a_participant_said_meanwhile_stays(table: Table):
    say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.STAGE)
    saved = save_round(
        table.staged.event.id, [table.typed(moving=Outcome.NO, seated=Outcome.VISIT)], by=table.staged.organiser.actor
    )
    assert (saved.changed, saved.kept) == (1, 1)
    assert (table.meeting.seated_outcome, table.meeting.moving_outcome) == (Outcome.VISIT, Outcome.STAGE)


def test_an_empty_answer_on_an_old_page_erases_nothing(table: Table):
    say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.STAGE)
    assert save_round(table.staged.event.id, [table.typed()], by=table.staged.organiser.actor).changed == 0
    assert table.meeting.moving_outcome is Outcome.STAGE


def test_the_organiser_takes_an_answer_back(table: Table):
    say_outcome_by_code(table.moving.code, table.meeting.id, Outcome.STAGE)
    save_round(table.staged.event.id, [table.typed(moving_was=Outcome.STAGE)], by=table.staged.organiser.actor)
    assert table.meeting.moving_outcome is None
    assert table.meeting.moving_at is None


def test_the_organiser_says_that_it_was_missed(table: Table):
    save_round(table.staged.event.id, [table.typed(missed=True)], by=table.staged.organiser.actor)
    assert table.meeting.state is MeetingState.MISSED


def test_a_line_of_another_event_saves_nothing(table: Table):
    strange = Typed(uuid4(), Outcome.OFFER, None, None, None)
    with pytest.raises(NotFound):
        save_round(table.staged.event.id, [table.typed(seated=Outcome.NO), strange], by=table.staged.organiser.actor)
    db.session.refresh(table.meeting)
    assert table.meeting.seated_outcome is None


def test_a_participant_does_not_type_for_others(table: Table, session: scoped_session):
    with pytest.raises(NotFound):
        save_round(table.staged.event.id, [table.typed(seated=Outcome.NO)], by=table.actor(table.seated))
    other = somebody(Role.REFERENT)
    session.commit()
    with pytest.raises(NotFound):
        save_round(table.staged.event.id, [table.typed(seated=Outcome.NO)], by=other.actor)
