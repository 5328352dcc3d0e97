"""What does the portal do by itself about bookings? It reminds, closes what is over, forgets who only visited."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, or_, update

from app.core import clock
from app.core.db import db
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.events.models import AttendanceSignature, Booking, Meeting, PartnershipTask
from app.events.queries import upkeep as queries
from app.events.queries.people import chunks
from app.events.rules.attendance import closes, reminder_due
from app.events.rules.kinds import Who
from app.events.rules.registering import VISITOR_NAME, forget_before
from app.events.rules.states import EVENT, EventAction, EventState
from app.events.service import journal
from app.events.service.telling import tell
from app.messages.queries.reminders import reminder
from app.messages.rules import ReminderKind

CHUNK: Final = 100


def remind(today: date) -> int:
    """Those who have a seat, some days before and the day before; how many messages. Run twice, it writes them once."""
    rule = reminder(ReminderKind.EVENT_SOON)
    if not rule.active:
        return 0
    return sum(_remind_of(slot_id, today, rule.days) for slot_id in queries.slots_to_remind(today, rule.days))


@transaction
def _remind_of(slot_id: UUID, today: date, days: int) -> int:
    slot = queries.slot_of(slot_id)
    if slot is None or slot.event.state is not EventState.PUBLISHED:
        return 0
    starts_on = clock.civil_day(slot.starts_at)
    written = 0
    for booking in queries.seated(slot_id):
        step = reminder_due(starts_on, clock.civil_day(booking.state_since), today, days)
        if step is not None:
            written += tell(
                "event_reminder", [booking], slot, key=f"{starts_on}:{step}", bring=slot.event.bring, eve=step == 1
            )
    return written


def close_past(today: date) -> int:
    """Events that are over: a week after their last slot when all is noted, a month in any case. How many."""
    return sum(map(_close, queries.events_over(today)))


@transaction
def _close(event_id: UUID) -> int:
    event = queries.event_held(event_id)
    if event is None or event.state is not EventState.PUBLISHED:
        return 0
    last_end, to_note = queries.end_of(event_id)
    if last_end is None or not closes(last_end, to_note=to_note, now=clock.now()):
        return 0
    journal.move(event, EVENT, EventAction.CLOSE, SYSTEM, event_id=event_id, subject="event")
    return 1


def forget_visitors(today: date) -> int:
    """A year after the slot nobody needs the name or the phone of who had no account; how many were forgotten."""
    ids = queries.visitors_to_forget(forget_before(clock.now()))
    return sum(_forget(some) for some in chunks(ids, CHUNK))


@transaction
def _forget(ids: Sequence[UUID]) -> int:
    emptied = {"contact_name": "", "contact_phone": "", "contact_email": "", "needs": "", "words": ""}
    rows = update(Booking).where(Booking.id.in_(ids))
    db.session.execute(rows.values(emptied))
    _forget_what_was_said(ids)
    db.session.execute(rows.where(Booking.who == Who.VISITOR).values(name=VISITOR_NAME))
    signed = update(AttendanceSignature).where(AttendanceSignature.booking_id.in_(ids))
    db.session.execute(signed.values(name=VISITOR_NAME))
    return len(ids)


def _forget_what_was_said(ids: Sequence[UUID]) -> None:
    """Their name in the titles of what was to be done, and the free words of their meetings. Before the name goes."""
    visitor = (Booking.id.in_(ids), Booking.who == Who.VISITOR)
    theirs = or_(Meeting.moving_id == Booking.id, Meeting.seated_id == Booking.id)
    unsynchronised = {"synchronize_session": False}
    title = func.replace(PartnershipTask.title, Booking.name, VISITOR_NAME)
    tasks = update(PartnershipTask).where(PartnershipTask.meeting_id == Meeting.id, theirs, *visitor)
    db.session.execute(tasks.values(title=title, words=""), execution_options=unsynchronised)
    said = update(Meeting).where(theirs, *visitor).values(seated_words="", moving_words="")
    db.session.execute(said, execution_options=unsynchronised)
