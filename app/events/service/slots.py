"""Adding, moving and removing the slots of an event, and changing their seats: what is taken is never taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid5

from sqlalchemy import delete, func, select
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.clock import civil_day
from app.core.db import db
from app.core.errors import NotFound, Refused, StaleVersion
from app.core.roles import Actor
from app.core.transaction import refuse_on, transaction
from app.events.labels.making import slot_words
from app.events.models import Booking, Event, MeetingSetup, RoundClock, Slot, SlotSide
from app.events.queries.choices import rooms_elsewhere
from app.events.queries.visible import the_event_to_run
from app.events.rules.content import EDITABLE, FIELDS, EventRefusal, SlotContent, Times, slot_refusals
from app.events.rules.kinds import DATINGS, Side, sides_of
from app.events.rules.seats import SeatRefusal
from app.events.rules.series import Days, Series, days_of, series_refusals, times_on
from app.events.rules.states import LIVE, EventState
from app.events.service.journal import log
from app.events.service.news import concerned, noted, tell_changed
from app.events.service.seats import lock_side, promote_waiting
from app.events.service.telling import tell_promoted

TABLES_MOST = 300
refuse_on("uq_event_slots_time_room", EventRefusal.ROOM_TAKEN)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of a slot did: who was told, who must be phoned, who has a seat now."""

    slot: Slot
    told: int = 0
    missed: int = 0
    promoted: int = 0


def refuse_slot(slot: SlotContent, others: Times, *, now: datetime, moved: bool = True) -> tuple[EventRefusal, ...]:
    """The reasons of the rules. Here so that whoever writes an event asks them the same way."""
    return slot_refusals(slot, others, now=now, moved=moved)


def new_slot(event: Event, content: SlotContent, slot_id: UUID | None = None) -> Slot:
    """A slot with its sides; a dating has as many tables as seats at them."""
    slot = Slot(event_id=event.id, starts_at=content.starts_at, ends_at=content.ends_at, room=content.room)
    if slot_id is not None:
        slot.id = slot_id
    db.session.add(slot)
    db.session.flush()
    for side in sides_of(event.kind):
        db.session.add(SlotSide(slot_id=slot.id, side=side, seats=content.seats[side]))
    if event.kind in DATINGS:
        db.session.add(MeetingSetup(slot_id=slot.id, tables=min(TABLES_MOST, content.seats[Side.SEATED])))
    db.session.flush()
    return slot


@transaction
def add_slot(event_id: UUID, content: SlotContent, *, by: Actor, row_id: UUID) -> Slot:
    """One more slot; sent twice, it is made once. Raises NotFound, Refused."""
    event = _editable(event_id, by)
    made = next((slot for slot in event.slots if slot.id == row_id), None)
    if made is not None:
        return made
    if reasons := refuse_slot(content, _times(event), now=clock.now()):
        raise Refused(reasons, FIELDS)
    slot = new_slot(event, content, row_id)
    log(event.id, "slot", slot.id, "add", by, words=slot_words(slot))
    _touch(event)
    return slot


@transaction
def add_series(
    event_id: UUID, series: Series, hours: tuple[time, time], room: str, seats: Mapping[Side, int], *, by: Actor,
    row_id: UUID,
) -> Days:  # fmt: skip
    """A slot on each day of the series; holidays are skipped, and told. Sent twice, it is made once.

    Raises NotFound, Refused: all or nothing.
    """
    event = _editable(event_id, by)
    days = days_of(series)
    if reasons := series_refusals(days):
        raise Refused(reasons, FIELDS)
    if uuid5(row_id, days.kept[0].isoformat()) in {slot.id for slot in event.slots}:
        return days
    wanted = [SlotContent(*times_on(day, *hours), room, seats) for day in days.kept]
    times = _times(event)
    wrong = [reason for one in wanted for reason in refuse_slot(one, times, now=clock.now())]
    if wrong:
        raise Refused(dict.fromkeys(wrong), {**FIELDS, EventRefusal.PAST: "first", EventRefusal.TOO_FAR: "last"})
    for day, one in zip(days.kept, wanted, strict=True):
        new_slot(event, one, uuid5(row_id, day.isoformat()))
    log(event.id, "slot", event.id, "series", by, words=f"{len(wanted)} créneaux")
    _touch(event)
    return days


@transaction
def change_slot(
    event_id: UUID, slot_id: UUID, content: SlotContent, *, by: Actor, version: int, tell: bool = False
) -> Changed:
    """Another time, room or number of seats. ``version`` is that of the event.

    Raises NotFound, StaleVersion, Refused: TELL_FIRST when somebody is registered and nobody said they are told;
    PRESENCE_NOTED when somebody was seen there: such a slot may end later, and no more.
    """
    event = _editable(event_id, by)
    slot = _slot_of(event, slot_id)
    if event.version != version:
        raise StaleVersion({"version": event.version})
    timed = (content.starts_at, content.ends_at) != (slot.starts_at, slot.ends_at)
    moved = timed or content.room != slot.room
    reasons = refuse_slot(content, _times(event, but=slot), now=clock.now(), moved=content.starts_at != slot.starts_at)
    field = _moved_field(slot, content)
    if field and _presence_noted(slot):
        reasons = (*reasons, EventRefusal.PRESENCE_NOTED)
    if reasons:
        raise Refused(reasons, {**FIELDS, EventRefusal.PRESENCE_NOTED: field})
    matters = moved and event.state is EventState.PUBLISHED and max(slot.ends_at, content.ends_at) > clock.now()
    if matters and not tell and concerned([slot.id]):
        raise Refused(EventRefusal.TELL_FIRST)
    told, missed = _move(event, slot, content, by, news=matters) if moved else (0, 0)
    promoted = _seats(event, slot, content.seats, by)  # after the move: who has a seat now reads the new time
    _touch(event)
    return Changed(slot, told, missed, promoted)


def _moved_field(slot: Slot, content: SlotContent) -> str:
    """The field of the form that moves the slot elsewhere: another day, hour or room; empty: none does."""
    if civil_day(content.starts_at) != civil_day(slot.starts_at):
        return "day"
    if content.starts_at != slot.starts_at:
        return "start"
    return "room" if content.room != slot.room else ""


def _presence_noted(slot: Slot) -> bool:
    """Whoever notes a presence holds the side: they are waited for."""
    for side in sorted(slot.sides, key=lambda one: one.side.value):
        lock_side(slot.id, side.side)
    return noted([slot.id])


def _seats(event: Event, slot: Slot, seats: Mapping[Side, int], by: Actor) -> int:
    """The seats of each side: never fewer than are taken; new ones go to who waits first. How many had one."""
    promoted = 0
    for each in sorted(slot.sides, key=lambda one: one.side.value):
        side = lock_side(slot.id, each.side)
        if seats[side.side] == side.seats:
            continue
        if seats[side.side] < side.taken:
            field = "seats" if side.side is Side.PUBLIC else f"seats_{side.side.value}"
            raise Refused(SeatRefusal.SEATS_BELOW_TAKEN, {SeatRefusal.SEATS_BELOW_TAKEN: field})
        log(event.id, "slot", slot.id, "seats", by, words=f"{side.seats} → {seats[side.side]} places")
        side.seats = seats[side.side]
        db.session.flush()
        given = promote_waiting(side, event_id=event.id)
        tell_promoted(given, slot)
        promoted += len(given)
    return promoted


def _move(event: Event, slot: Slot, content: SlotContent, by: Actor, *, news: bool) -> tuple[int, int]:
    before = f"{slot_words(slot)}{', ' + slot.room if slot.room else ''}"
    setup = db.session.scalar(select(MeetingSetup).where(MeetingSetup.slot_id == slot.id))
    if setup is not None and setup.first_round_at is not None:
        setup.first_round_at += content.starts_at - slot.starts_at
    if content.starts_at != slot.starts_at:  # it begins anew: a clock that ran would stand at its end
        db.session.execute(delete(RoundClock).where(RoundClock.slot_id == slot.id))
    slot.starts_at, slot.ends_at, slot.room = content.starts_at, content.ends_at, content.room
    log(event.id, "slot", slot.id, "move", by, words=f"{before} → {slot_words(slot)}")
    if news:
        return tell_changed(event, [slot], before)
    slot.sequence += 1
    return 0, 0


@transaction
def remove_slot(event_id: UUID, slot_id: UUID, *, by: Actor) -> None:
    """Take away a slot in which nobody is live. Raises NotFound, Refused: SLOT_TAKEN, LAST_SLOT."""
    event = _editable(event_id, by)
    slot = _slot_of(event, slot_id)
    for side in sorted(slot.sides, key=lambda one: one.side.value):
        lock_side(slot.id, side.side)
    live = select(func.count()).select_from(Booking).where(Booking.slot_id == slot.id, Booking.state.in_(LIVE))
    wrong = {
        EventRefusal.SLOT_TAKEN: bool(db.session.scalar(live)),
        EventRefusal.LAST_SLOT: event.state is EventState.PUBLISHED and len(event.slots) == 1,
    }
    if reasons := [reason for reason, is_wrong in wrong.items() if is_wrong]:
        raise Refused(reasons)
    log(event.id, "slot", slot.id, "remove", by, words=slot_words(slot))
    db.session.execute(delete(Slot).where(Slot.id == slot.id), execution_options={"synchronize_session": False})
    db.session.expunge(slot)
    _touch(event)


def _editable(event_id: UUID, by: Actor) -> Event:
    event = the_event_to_run(by, event_id, lock=True)
    if event.state not in EDITABLE:
        raise Refused(EventRefusal.NOT_EDITABLE)
    return event


def _slot_of(event: Event, slot_id: UUID) -> Slot:
    found = next((slot for slot in event.slots if slot.id == slot_id), None)
    if found is None:
        raise NotFound
    return found


def _times(event: Event, but: Slot | None = None) -> Sequence[tuple[datetime, datetime, str]]:
    here = [(slot.starts_at, slot.ends_at, slot.room) for slot in event.slots if slot is not but]
    return [*here, *rooms_elsewhere(event.organisation_id, event.place_name, event.id)]


def _touch(event: Event) -> None:
    """Whoever edits the event now must read it again; its slots are read again too."""
    flag_modified(event, "updated_at")
    db.session.flush()
    db.session.expire(event, ["slots"])
