"""What waits for somebody after events: tasks late or due, results to complete. One row of counts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from app.core.french import plural
from app.core.roles import Actor
from app.core.todo import TodoItem
from app.events.models import EventReview, PartnershipTask
from app.events.queries.reviews import to_complete
from app.events.queries.tasks import WEEK, owned_by
from app.events.rules.states import TaskState


def counts(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """My tasks, those of my organisation that nobody has, and the reviews to complete of the events that I run."""
    mine = or_(PartnershipTask.owner_id == actor.user_id, PartnershipTask.owner_id.is_(None))
    soon = PartnershipTask.due_on <= today + WEEK
    reviews = to_complete(actor).order_by(None)
    first = reviews.order_by(EventReview.counted_on, EventReview.id).limit(1)
    return select(
        func.count().filter(PartnershipTask.due_on < today).label("late"),
        func.count().filter(PartnershipTask.due_on >= today, soon).label("due"),
        func.min(PartnershipTask.due_on).label("oldest"),
        reviews.with_only_columns(func.count()).scalar_subquery().label("reviews"),
        first.with_only_columns(EventReview.event_id).scalar_subquery().label("event_id"),
        first.with_only_columns(EventReview.month).scalar_subquery().label("month"),
    ).where(owned_by(actor), mine, PartnershipTask.state == TaskState.OPEN)


def lines(row: Row[Any]) -> list[TodoItem]:
    """What a row of ``counts`` says."""
    return [*_tasks(row), *_reviews(row)]


def _tasks(row: Row[Any]) -> Iterator[TodoItem]:
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


def _reviews(row: Row[Any]) -> Iterator[TodoItem]:
    if row.reviews:
        yield TodoItem(
            "events.reviews", f"{plural(row.reviews, 'bilan')} d’événement à compléter",
            "Le portail a compté. Ajoutez ce qu’il ne sait pas.",
            "events.review", {"event_id": row.event_id, "month": 3 if row.month == "month_3" else 6},
            "Compléter", icon="chart", urgency=3,
        )  # fmt: skip
