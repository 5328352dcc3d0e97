"""Who starts, stops and moves the clock of the rounds? The organiser; a page that is late never skips a round."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import RoundClock, Slot
from app.events.queries.day import Timing, slot_of_day, timing_of
from app.events.queries.visible import the_event_to_run
from app.events.rules.arrivals import arrival_refusals
from app.events.rules.clock import Anchor, ClockAct, ClockRefusal, Moment, acted, settled
from app.events.rules.kinds import DATINGS, ClockPhase
from app.events.service.journal import log


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed when the button was pressed."""

    phase: ClockPhase
    round: int
    version: int


@transaction
def press(event_id: UUID, act: ClockAct, seen: Seen, *, by: Actor, slot_id: UUID | None = None) -> Moment:
    """Do what the button says, from what its page showed: a second press is MOVED_ON.

    Not before the day: a clock tried on the eve would stand at its end in the morning. Raises Refused, NotFound.
    """
    event = the_event_to_run(by, event_id, lock=True)
    now = clock.now()
    slot = slot_of_day(event, slot_id, clock.civil_day(now))
    if slot is None or event.kind not in DATINGS:
        raise NotFound
    timing = timing_of(slot)
    if not timing.rhythm.rounds:
        raise Refused(ClockRefusal.NO_PLAN)
    if reasons := arrival_refusals(event.state, clock.civil_day(slot.starts_at), clock.civil_day(now)):
        raise Refused(reasons)
    here = timing.at(now)
    if (here.phase, here.round, timing.version) != (seen.phase, seen.round, seen.version):
        raise Refused(ClockRefusal.MOVED_ON)
    anchor = acted(timing.anchor, timing.rhythm, act, now)
    if anchor is None:
        raise Refused(ClockRefusal.NOT_NOW)
    row = _keep(slot, anchor)
    log(event.id, "clock", row.id, act.value, by, from_state=here.phase.value, to_state=anchor.phase.value)
    return Timing(timing.rhythm, anchor).at(now)


@transaction
def settle(slot: Slot) -> None:
    """Keep the phase that runs now, before the rhythm changes: what is past stays as it was."""
    timing = timing_of(slot)
    if timing.version:
        _keep(slot, settled(timing.anchor, timing.rhythm, clock.now()))


def _keep(slot: Slot, anchor: Anchor) -> RoundClock:
    row = db.session.scalars(select(RoundClock).where(RoundClock.slot_id == slot.id)).one_or_none()
    if row is None:
        row = RoundClock(slot_id=slot.id)
        db.session.add(row)
    row.phase, row.round = anchor.phase, anchor.round
    row.phase_since, row.paused_at = anchor.since, anchor.paused_at
    db.session.flush()
    return row
