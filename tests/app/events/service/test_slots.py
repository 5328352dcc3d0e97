"""A slot that moves or grows on its own day."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import scoped_session

from app.core import clock
from app.events.models import RoundClock
from app.events.rules.content import SlotContent
from app.events.rules.kinds import ClockPhase
from app.events.service import slots
from app.events.service.planning import make_plan
from tests.factories.events import Staged, a_speed_dating


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
