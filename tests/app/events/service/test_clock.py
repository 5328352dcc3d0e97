"""The clock obeys who runs the event, and a page that is late never skips a round."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import NotFound, Refused
from app.core.roles import Role
from app.events.models import EventTransition, MeetingSetup, RoundClock
from app.events.queries.day import timing_of
from app.events.rules.clock import ClockAct, ClockRefusal
from app.events.rules.kinds import ClockPhase, EventKind
from app.events.service.clock import Seen, press, settle
from tests.factories.events import Staged, a_meeting, a_speed_dating, an_event
from tests.factories.people import somebody

FIRST = Seen(ClockPhase.WAITING, 0, 0)


@pytest.fixture
def dating(session: scoped_session, today: object) -> Iterator[Staged]:
    """Twelve rounds of ten minutes, seen at nine on its day."""
    staged, seated, moving = a_speed_dating()
    a_meeting(staged, seated[0], moving[0])
    session.commit()
    with clock.frozen(staged.slot.starts_at):
        yield staged


def later(staged: Staged, minutes: float) -> datetime:
    return staged.slot.starts_at + timedelta(minutes=minutes)


def test_the_first_press_starts_the_first_round(dating: Staged):
    now = press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    assert (now.phase, now.round, now.seconds) == (ClockPhase.TALKING, 1, 600)


def test_a_second_press_on_the_same_page_skips_nothing(dating: Staged):
    press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    with pytest.raises(Refused) as refused:
        press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    assert refused.value.reasons == (ClockRefusal.MOVED_ON,)
    assert timing_of(dating.slot).at(clock.now()).round == 1


def test_a_page_shown_before_the_clock_went_on_by_itself_skips_nothing(dating: Staged):
    press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    with clock.frozen(later(dating, 12.5)), pytest.raises(Refused):
        press(dating.event.id, ClockAct.NEXT, Seen(ClockPhase.TALKING, 1, 1), by=dating.organiser.actor)
    assert timing_of(dating.slot).at(later(dating, 12.5)).round == 2


def test_one_minute_more_pressed_twice_on_a_page_is_one_minute(dating: Staged):
    press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    seen = Seen(ClockPhase.TALKING, 1, 1)
    press(dating.event.id, ClockAct.MORE, seen, by=dating.organiser.actor)
    with pytest.raises(Refused):
        press(dating.event.id, ClockAct.MORE, seen, by=dating.organiser.actor)
    assert timing_of(dating.slot).at(clock.now()).seconds == 660


def test_a_pause_of_a_night_loses_no_second(dating: Staged):
    by = dating.organiser.actor
    press(dating.event.id, ClockAct.NEXT, FIRST, by=by)
    with clock.frozen(later(dating, 4)):
        press(dating.event.id, ClockAct.PAUSE, Seen(ClockPhase.TALKING, 1, 1), by=by)
    with clock.frozen(later(dating, 900)):
        now = press(dating.event.id, ClockAct.RESUME, Seen(ClockPhase.TALKING, 1, 2), by=by)
    assert (now.phase, now.round, now.seconds) == (ClockPhase.TALKING, 1, 360)


def test_each_press_is_in_the_journal(dating: Staged, session: scoped_session):
    press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    line = session.query(EventTransition).filter_by(subject="clock").one()
    assert (line.action, line.from_state, line.to_state) == ("next", "waiting", "talking")


def test_without_a_plan_the_clock_does_not_start(session: scoped_session, today: object):
    staged, _, _ = a_speed_dating()
    session.commit()
    with pytest.raises(Refused) as refused:
        press(staged.event.id, ClockAct.NEXT, FIRST, by=staged.organiser.actor)
    assert refused.value.reasons == (ClockRefusal.NO_PLAN,)
    assert session.query(RoundClock).count() == 0


def test_an_event_without_rounds_has_no_clock(session: scoped_session, today: object):
    staged = an_event(EventKind.FORUM)
    session.commit()
    with pytest.raises(NotFound):
        press(staged.event.id, ClockAct.NEXT, FIRST, by=staged.organiser.actor)


def test_nobody_else_touches_it(dating: Staged, session: scoped_session):
    other = somebody(Role.FACILITATOR)
    session.commit()
    with pytest.raises(NotFound):
        press(dating.event.id, ClockAct.NEXT, FIRST, by=other.actor)


def test_a_change_of_rhythm_after_settling_leaves_the_past_as_it_was(dating: Staged, session: scoped_session):
    press(dating.event.id, ClockAct.NEXT, FIRST, by=dating.organiser.actor)
    with clock.frozen(later(dating, 13)):
        settle(dating.slot)
        session.query(MeetingSetup).filter_by(slot_id=dating.slot.id).one().round_minutes = 20
        session.commit()
        now = timing_of(dating.slot).at(clock.now())
    assert (now.phase, now.round, now.seconds) == (ClockPhase.TALKING, 2, 19 * 60)
