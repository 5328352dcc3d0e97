"""Who is told that their sheet of meetings is ready? Once, and again only when it says something else."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Refused
from app.core.roles import Actor
from app.core.transaction import transaction
from app.events.models import Booking, Meeting, Slot
from app.events.queries.plan import latest_plan, schedule_of, setup_of
from app.events.rules.plan_words import sheet_mark
from app.events.rules.setup import PlanRefusal
from app.events.rules.states import EXPECTED, EventState, MeetingState
from app.events.service.journal import log
from app.events.service.planning import held_dating
from app.events.service.telling import facts, recipients
from app.messages import service as messages
from app.messages.models import Message
from app.messages.rules.short_codes import shown_code


@transaction
def tell_plan_ready(event_id: UUID, *, by: Actor) -> int:
    """« Votre fiche est prête », to everybody who has a meeting to come; how many were written.

    Told once; again only to whom their own sheet is another one than what they were last told of. Raises Refused,
    NotFound.
    """
    event, slot = held_dating(event_id, by)
    made = latest_plan(slot.id)
    if made is None:
        raise Refused(PlanRefusal.NO_PLAN)
    if event.state is not EventState.PUBLISHED:
        raise Refused(PlanRefusal.NOT_OPEN)
    marks, told = _sheet_marks(slot), _told(slot)
    written = _write(slot, marks, {who: told.get(who, (0, "")) for who in marks})
    if written:
        log(event_id, "plan", made.id, "tell", by)
    return written


def _write(slot: Slot, marks: dict[UUID, str], told: dict[UUID, tuple[int, str]]) -> int:
    count = dict(_meetings_each(slot))
    bookings = [one for one in _with_a_sheet(list(count)) if told[one.id][1] != marks[one.id]]
    to, said = recipients(bookings), facts(slot)
    written = 0
    for booking in bookings:
        if booking.id not in to:
            continue
        times = told[booking.id][0]
        message = messages.queue(
            "event_plan_ready",
            to[booking.id],
            about=("event_booking", booking.id),
            key=f"event_plan_ready:{booking.id}:{times + 1}:{marks[booking.id]}",
            url=_sheet_url(booking, has_account=to[booking.id].user_id is not None),
            count=count[booking.id],
            again=times > 0,
            **said,
        )
        written += message is not None
    return written


def _sheet_marks(slot: Slot) -> dict[UUID, str]:
    """What stands on each sheet; a meeting held or missed since is still on the one in their hands."""
    schedule = schedule_of(slot, setup_of(slot))
    query = select(Meeting.round, Meeting.table_number, Meeting.seated_id, Meeting.moving_id).where(
        Meeting.slot_id == slot.id, Meeting.state != MeetingState.DROPPED, Meeting.round.is_not(None)
    )
    lines: dict[UUID, list[tuple[datetime, int, UUID]]] = defaultdict(list)
    for at_round, table, seated, moving in db.session.execute(query):
        starts_at = schedule.start_of(at_round or 1)
        lines[seated].append((starts_at, table or 0, moving))
        lines[moving].append((starts_at, table or 0, seated))
    return {who: sheet_mark(each) for who, each in lines.items()}


def _told(slot: Slot) -> dict[UUID, tuple[int, str]]:
    """How many times each one was told, and the mark of the sheet they were last told of: the key says both."""
    ids = select(Booking.id).where(Booking.slot_id == slot.id)
    query = select(Message.about_id, Message.key).where(Message.kind == "event_plan_ready", Message.about_id.in_(ids))
    found: dict[UUID, tuple[int, str]] = {}
    for booking_id, key in db.session.execute(query):
        if booking_id is not None and key is not None:
            _, _, times, *mark = key.split(":")
            found[booking_id] = max(found.get(booking_id, (0, "")), (int(times), "".join(mark)))
    return found


def _sheet_url(booking: Booking, *, has_account: bool) -> str:
    if has_account:
        return messages.link_to("events.sheet", booking_id=booking.id)
    return messages.link_to("events.code_booking", code=shown_code(booking.code))


def _meetings_each(slot: Slot) -> list[tuple[UUID, int]]:
    found: list[tuple[UUID, int]] = []
    for column in (Meeting.seated_id, Meeting.moving_id):
        query = select(column, func.count()).where(Meeting.slot_id == slot.id, Meeting.state == MeetingState.PLANNED)
        found += [(who, number) for who, number in db.session.execute(query.group_by(column))]
    return found


def _with_a_sheet(ids: list[UUID]) -> list[Booking]:
    query = select(Booking).where(Booking.id.in_(ids), Booking.state.in_(EXPECTED), Booking.left_at.is_(None))
    return list(db.session.scalars(query.order_by(Booking.name, Booking.id)))
