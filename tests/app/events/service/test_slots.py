"""A slot that moves or grows on its own day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.errors import Refused
from app.core.french import instant_words
from app.events.models import RoundClock
from app.events.rules.content import EventRefusal, SlotContent
from app.events.rules.kinds import ClockPhase, Side
from app.events.rules.states import BookingState
from app.events.service import slots
from app.events.service.planning import make_plan
from app.messages.models import Message
from app.messages.rules import MessageState
from tests.factories.events import Staged, a_booking, a_speed_dating, an_event


def _dating(session: scoped_session) -> tuple[Staged, SlotContent]:
    staged, _, _ = a_speed_dating(2, 2)
    session.commit()
    make_plan(staged.event.id, staged.organiser.actor)
    seats = {side: one.seats for side, one in staged.sides.items()}
    return staged, SlotContent(staged.slot.starts_at, staged.slot.ends_at, staged.slot.room, seats)


def test_a_slot_that_runs_late_may_end_later(session: scoped_session, today: object) -> None:
    staged, content = _dating(session)
    later = content.ends_at + timedelta(hours=1)
    with clock.frozen(content.starts_at + timedelta(minutes=30)):
        slots.change_slot(
            staged.event.id, staged.slot.id, replace(content, ends_at=later), by=staged.organiser.actor,
            version=staged.event.version, tell=True,
        )  # fmt: skip
    session.expire_all()
    assert staged.slot.ends_at == later


def test_a_dating_put_off_begins_its_clock_anew(session: scoped_session, today: object) -> None:
    staged, content = _dating(session)
    since, week = content.starts_at, timedelta(days=7)
    session.add(RoundClock(slot_id=staged.slot.id, round=1, phase=ClockPhase.TALKING, phase_since=since))
    session.commit()
    moved = replace(content, starts_at=content.starts_at + week, ends_at=content.ends_at + week)
    by = staged.organiser.actor
    with clock.frozen(since + timedelta(minutes=4)):
        slots.change_slot(staged.event.id, staged.slot.id, moved, by=by, version=staged.event.version, tell=True)
        assert make_plan(staged.event.id, by).number == 2


def _full() -> tuple[Staged, object, SlotContent]:
    """A session of one seat, taken; somebody waits; the slot with two seats."""
    staged = an_event(seats=1)
    a_booking(staged)
    waits = a_booking(staged, "Lina Petit", BookingState.WAITING, contact_email="l@exemple.fr")
    content = SlotContent(staged.slot.starts_at, staged.slot.ends_at, staged.slot.room, {Side.PUBLIC: 2})
    return staged, waits, content


@pytest.mark.parametrize(("minutes", "promoted"), [(-1, 1), (0, 0), (30, 0), (240, 0)])
def test_seats_added_once_the_slot_has_begun_call_nobody_in(
    session: scoped_session, today: object, minutes: int, promoted: int
) -> None:
    staged, waits, content = _full()
    session.commit()
    with clock.frozen(content.starts_at + timedelta(minutes=minutes)):
        changed = slots.change_slot(
            staged.event.id, staged.slot.id, content, by=staged.organiser.actor, version=staged.event.version
        )
    assert changed.promoted == promoted
    assert waits.state is (BookingState.BOOKED if promoted else BookingState.WAITING)  # type: ignore[attr-defined]
    assert [one.kind for one in session.query(Message)] == ["event_promoted"] * promoted


def test_who_has_a_seat_in_a_slot_that_moves_and_grows_is_told_so_with_its_new_time(
    session: scoped_session, today: object
) -> None:
    staged, waits, content = _full()
    session.commit()
    week = timedelta(days=7)
    moved = replace(content, starts_at=content.starts_at + week, ends_at=content.ends_at + week)
    slots.change_slot(
        staged.event.id, staged.slot.id, moved, by=staged.organiser.actor, version=staged.event.version, tell=True
    )
    told = session.query(Message).filter_by(kind="event_promoted", about_id=waits.id).one()  # type: ignore[attr-defined]
    assert told.state is not MessageState.UNWANTED
    assert instant_words(moved.starts_at).capitalize() in told.body


MOVES = {
    "day": {"days": timedelta(days=7)},
    "start": {"days": timedelta(hours=1)},
    "room": {"room": "Salle B"},
}


@pytest.mark.parametrize("state", sorted({BookingState.SEEN, BookingState.ABSENT}))
@pytest.mark.parametrize("field", sorted(MOVES))
def test_a_slot_where_somebody_was_noted_moves_no_more(
    session: scoped_session, today: object, field: str, state: BookingState
) -> None:
    staged = an_event(seats=2)
    noted = a_booking(staged, "Lina Petit", state)
    begins, ends = staged.slot.starts_at, staged.slot.ends_at
    later = MOVES[field].get("days", timedelta(0))
    content = SlotContent(begins + later, ends + later, str(MOVES[field].get("room", "")), {Side.PUBLIC: 2})
    session.commit()
    with clock.frozen(begins - timedelta(minutes=20)), pytest.raises(Refused) as refused:
        slots.change_slot(
            staged.event.id, staged.slot.id, content, by=staged.organiser.actor, version=staged.event.version, tell=True
        )
    assert refused.value.reasons == (EventRefusal.PRESENCE_NOTED,)
    assert refused.value.fields[EventRefusal.PRESENCE_NOTED] == field
    session.expire_all()
    assert (staged.slot.starts_at, staged.slot.ends_at, staged.slot.room) == (begins, ends, "")
    assert noted.state is state


def test_a_slot_where_people_are_may_still_end_later_and_have_more_seats(
    session: scoped_session, today: object
) -> None:
    staged = an_event(seats=2)
    a_booking(staged, "Lina Petit", BookingState.SEEN)
    later = staged.slot.ends_at + timedelta(hours=1)
    content = SlotContent(staged.slot.starts_at, later, "", {Side.PUBLIC: 5})
    session.commit()
    with clock.frozen(staged.slot.starts_at + timedelta(minutes=20)):
        slots.change_slot(
            staged.event.id, staged.slot.id, content, by=staged.organiser.actor, version=staged.event.version
        )
    session.expire_all()
    assert (staged.slot.ends_at, staged.slot.sides[0].seats) == (later, 5)
