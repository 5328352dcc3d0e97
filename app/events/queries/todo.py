"""What waits for somebody about events? What is asked of them, what they organise, what was promised after one."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, and_, exists, func, select, true

from app.core import clock
from app.core.clock import PARIS, civil_day
from app.core.db import db
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.events.models import Booking, Event, Slot, SlotSide
from app.events.queries import todo_tasks
from app.events.queries.visible import booked_by
from app.events.rules.states import BookingState, EventState

ORGANISE: Final = ACCOMPANIMENT | {Role.EMPLOYER, Role.DEPARTMENT}
ANSWER_WITHIN: Final = timedelta(days=3)
MOST: Final = 3
"""Events named one by one; the others are counted together."""


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """Invitations to answer, the events that the actor's organisation runs, and its tasks. One statement."""
    if actor.role not in ORGANISE or actor.organisation_id is None:
        return []
    rows = _rows(actor, actor.organisation_id, today)
    return [
        *_invitations(rows[0]),
        *_lines([row for row in rows if row.to_note], _to_note),
        *_lines([row for row in rows if row.unanswered], _unanswered),
        *_lines([row for row in rows if row.beside], _beside),
        *todo_tasks.lines(rows[0]),
    ]


def _rows(actor: Actor, organisation_id: UUID, today: date) -> Sequence[Row[Any]]:
    """One for each event with something to do, or one without an event; each holds the counts of all the rest."""
    tasks, invited = todo_tasks.counts(actor, today).subquery(), _invited(actor).subquery()
    events = _waiting(organisation_id, today).subquery()
    both = tasks.join(invited, true()).outerjoin(events, true())
    query = select(tasks, invited, events).select_from(both)
    return db.session.execute(query.order_by(events.c.starts_at, events.c.id)).all()


def _invited(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The seats kept for the actor, or for their organisation, that nobody has answered."""
    return (
        select(func.count().label("invited"), func.min(Slot.starts_at).label("first_at"))
        .select_from(Booking)
        .join(Slot, Slot.id == Booking.slot_id)
        .join(Event, Event.id == Slot.event_id)
        .where(
            booked_by(actor), Booking.state == BookingState.INVITED, Event.state == EventState.PUBLISHED,
            Slot.starts_at > clock.now(),
        )
    )  # fmt: skip


def _waiting(organisation_id: UUID, today: date) -> Select[*tuple[Any, ...]]:
    """A row for each event with something to do. The département runs every event; it does what is its own."""
    now = clock.now()
    soon = datetime.combine(today + ANSWER_WITHIN + timedelta(days=1), time(), PARIS)
    free = exists().where(
        SlotSide.slot_id == Booking.slot_id, SlotSide.side == Booking.side, SlotSide.taken < SlotSide.seats
    )
    to_note = func.count().filter(and_(Booking.state == BookingState.BOOKED, Slot.ends_at <= now)).label("to_note")
    coming = and_(Slot.starts_at > now, Slot.starts_at < soon)
    unanswered = func.count().filter(and_(Booking.state == BookingState.INVITED, coming)).label("unanswered")
    waits = and_(Booking.state == BookingState.WAITING, Slot.starts_at > now, free)
    beside = func.count().filter(waits).label("beside")
    return (
        select(Event.id, Event.title, func.min(Slot.starts_at).label("starts_at"), to_note, unanswered, beside)
        .join(Slot, Slot.event_id == Event.id)
        .join(Booking, Booking.slot_id == Slot.id)
        .where(Event.organisation_id == organisation_id, Event.state == EventState.PUBLISHED)
        .group_by(Event.id)
        .having((to_note > 0) | (unanswered > 0) | (beside > 0))
    )


def _invitations(row: Row[Any]) -> Iterator[TodoItem]:
    if row.invited:
        yield TodoItem(
            "events.invited", plural(row.invited, "invitation à une rencontre", "invitations à une rencontre"),
            f"Dites si vous venez\u00a0: la première a lieu le {civil_day(row.first_at):%d/%m}.",
            "events.my_events", action="Répondre", tag="à vous", tag_state="info", icon="calendar", urgency=2,
        )  # fmt: skip


def _lines(rows: list[Row[Any]], say: Any) -> list[TodoItem]:
    """One line an event while they are few, else one for all of them."""
    if len(rows) <= MOST:
        return [say(row.title, [row], "events.bookings", {"event_id": row.id}) for row in rows]
    return [say(plural(len(rows), "événement"), rows, "events.events", {})]


def _to_note(where: str, rows: list[Row[Any]], endpoint: str, arguments: dict[str, Any]) -> TodoItem:
    one = endpoint == "events.bookings"
    return TodoItem(
        kind="events.to_note",
        title=plural(sum(row.to_note for row in rows), "présence à noter", "présences à noter"),
        text=where,
        endpoint="events.attendance" if one else endpoint,
        arguments=arguments,
        action="Noter",
        tag="Terminé",
        tag_state="warn",
        icon="check",
        urgency=1,
    )


def _unanswered(where: str, rows: list[Row[Any]], endpoint: str, arguments: dict[str, Any]) -> TodoItem:
    return TodoItem(
        kind="events.unanswered",
        title=plural(sum(row.unanswered for row in rows), "invitation sans réponse", "invitations sans réponse"),
        text=f"{where}, dans {ANSWER_WITHIN.days}\u00a0jours au plus",
        endpoint=endpoint,
        arguments={**arguments, "etat": "invited"} if arguments else arguments,
        action="Voir",
        tag="Bientôt",
        tag_state="warn",
        icon="people",
        urgency=2,
    )


def _beside(where: str, rows: list[Row[Any]], endpoint: str, arguments: dict[str, Any]) -> TodoItem:
    return TodoItem(
        kind="events.beside",
        title=plural(sum(row.beside for row in rows), "personne attend", "personnes attendent"),
        text=f"{where}\u00a0: des places sont libres",
        endpoint=endpoint,
        arguments={**arguments, "etat": "waiting"} if arguments else arguments,
        action="Voir",
        tag="",
        icon="people",
        urgency=2,
    )
