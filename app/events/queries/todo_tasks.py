"""What waits for somebody after events: tasks late or due, results to complete. Two statements."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.core.db import db
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.events.models import EventReview, PartnershipTask
from app.events.queries.reviews import to_complete
from app.events.queries.tasks import WEEK, owned_by
from app.events.rules.states import TaskState


def tasks_to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """For whoever has tasks of their organisation, and runs events."""
    if actor.role not in ACCOMPANIMENT | {Role.EMPLOYER, Role.DEPARTMENT}:
        return []
    if actor.role is Role.EMPLOYER:  # the page of the event asks for its results
        return list(_tasks(actor, today))
    return [*_tasks(actor, today), *_reviews(actor)]


def _tasks(actor: Actor, today: date) -> Iterator[TodoItem]:
    """Mine, and those of my organisation that nobody has."""
    mine = or_(PartnershipTask.owner_id == actor.user_id, PartnershipTask.owner_id.is_(None))
    soon = PartnershipTask.due_on <= today + WEEK
    query: Any = select(
        func.count().filter(PartnershipTask.due_on < today).label("late"),
        func.count().filter(PartnershipTask.due_on >= today, soon).label("due"),
        func.min(PartnershipTask.due_on).label("oldest"),
    ).where(owned_by(actor), mine, PartnershipTask.state == TaskState.OPEN)
    row = db.session.execute(query).one()
    if row.late:
        yield TodoItem(
            "events.tasks_late", f"{plural(row.late, 'action')} en retard après une rencontre",
            f"La plus ancienne était prévue le {row.oldest:%d/%m}.",
            "events.tasks", {"quand": "retard"}, "Voir", "en retard", "bad", "calendar", 0,
        )  # fmt: skip
    if row.due:
        yield TodoItem(
            "events.tasks_due", f"{plural(row.due, 'action')} à mener cette semaine",
            "Vous l’avez promis à une rencontre.",
            "events.tasks", {"quand": "semaine"}, "Voir", "cette semaine", "warn", "calendar", 2,
        )  # fmt: skip


def _reviews(actor: Actor) -> Iterator[TodoItem]:
    query = to_complete(actor).with_only_columns(EventReview.event_id, EventReview.month, EventReview.counted_on)
    rows = db.session.execute(query.order_by(EventReview.counted_on, EventReview.id).limit(100)).all()
    if rows:
        first = rows[0]
        yield TodoItem(
            "events.reviews", f"{plural(len(rows), 'bilan')} d’événement à compléter",
            "Le portail a compté. Ajoutez ce qu’il ne sait pas.",
            "events.review", {"event_id": first.event_id, "month": 3 if first.month == "month_3" else 6},
            "Compléter", icon="chart", urgency=3,
        )  # fmt: skip
