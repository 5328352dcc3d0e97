"""A task is done, dropped, opened again, moved to another day, given to a colleague; people are reminded of theirs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from app.accounts.models import User
from app.accounts.queries import those_to_write_to
from app.core.db import db
from app.core.errors import Refused, StaleVersion
from app.core.french import date_words
from app.core.quantities import format_date_short
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.transaction import transaction
from app.events.models import PartnershipTask
from app.events.queries import tasks as queries
from app.events.rules.kinds import TaskResult
from app.events.rules.states import TASK, TaskAction, TaskState
from app.events.rules.tasks import TaskRefusal, finish_refusals, kept_count, move_refusals, owner_refusals, reminds
from app.events.service.journal import log, move
from app.messages import service as messages
from app.messages.queries.reminders import reminder
from app.messages.rules import Recipient, ReminderKind

FIELDS: Final = {
    TaskRefusal.COUNT_MISSING: "count",
    TaskRefusal.DUE_PAST: "due_on",
    TaskRefusal.DUE_TOO_FAR: "due_on",
    TaskRefusal.NOT_A_MEMBER: "owner_id",
}
"""Beside which field of the form each refusal stands."""


@transaction
def finish(
    task_id: UUID, result: TaskResult, *, count: int = 0, words: str = "", by: Actor, version: int | None, today: date
) -> PartnershipTask:
    """« C’est fait »: what came of it, and for how many people. Sent twice, it is done once. Raises Refused."""
    task = queries.the_task(by, task_id, lock=True)
    if task.state is TaskState.DONE and task.result is result:
        return task
    _fresh(task, version)
    TASK.target(TaskAction.FINISH, task.state, by.role)
    if reasons := finish_refusals(result, count):
        raise Refused(reasons, FIELDS)
    _move(task, TaskAction.FINISH, by, words)
    task.result, task.done_on, task.count, task.words = result, today, kept_count(result, count), words
    return task


@transaction
def drop(task_id: UUID, reason: str, *, by: Actor, version: int | None) -> PartnershipTask:
    """It will not be done, and why. Raises Refused."""
    task = queries.the_task(by, task_id, lock=True)
    if task.state is TaskState.DROPPED:
        return task
    _fresh(task, version)
    _move(task, TaskAction.DROP, by, reason)
    task.words = reason
    return task


@transaction
def reopen(task_id: UUID, *, by: Actor) -> PartnershipTask:
    """It is to be done after all: its result is forgotten, the journal keeps it. Raises Refused."""
    task = queries.the_task(by, task_id, lock=True)
    if task.state is TaskState.OPEN:
        return task
    _move(task, TaskAction.REOPEN, by)
    task.result, task.done_on, task.count, task.words = None, None, 0, ""
    return task


@transaction
def move_date(task_id: UUID, to: date, reason: str, *, by: Actor, version: int | None, today: date) -> PartnershipTask:
    """Another day, and why. Raises Refused."""
    task = _open_task(task_id, by, version)
    if reasons := move_refusals(to, today):
        raise Refused(reasons, FIELDS)
    if task.due_on != to:
        words = f"Du {format_date_short(task.due_on)} au {format_date_short(to)}\u00a0: {reason}"
        log(task.event_id, "task", task.id, "move_date", by, words=words)
        task.due_on = to
    return task


@transaction
def hand_over(task_id: UUID, owner_id: UUID | None, *, by: Actor, version: int | None) -> PartnershipTask:
    """Somebody else of the organisation that owns it, or nobody yet. Raises Refused."""
    task = _open_task(task_id, by, version)
    colleagues = {row.user_id: row.user.full_name for row in queries.members(task.owner_organisation_id)}
    if reasons := owner_refusals(owner_id, colleagues):
        raise Refused(reasons, FIELDS)
    if task.owner_id != owner_id:
        words = colleagues[owner_id] if owner_id is not None else ""
        log(task.event_id, "task", task.id, "hand_over", by, words=words)
        task.owner_id = owner_id
    return task


def _open_task(task_id: UUID, by: Actor, version: int | None) -> PartnershipTask:
    task = queries.the_task(by, task_id, lock=True)
    TASK.target(TaskAction.FINISH, task.state, by.role)
    _fresh(task, version)
    return task


def _fresh(task: PartnershipTask, version: int | None) -> None:
    if version is not None and task.version != version:
        raise StaleVersion({"version": task.version})


def _move(task: PartnershipTask, action: TaskAction, by: Actor, words: str = "") -> None:
    move(task, TASK, action, by, event_id=task.event_id, subject="task", words=words)


# --- reminders --------------------------------------------------------------------------------------------


@transaction
def remind(today: date) -> int:
    """Whoever has a task due in a few days, or late, is told once of each: a second run writes nothing.

    When nobody has it yet, those who answer for the organisation. A date that moved is told again.
    """
    rule = reminder(ReminderKind.EVENT_TASK)
    if not rule.active:
        return 0
    tasks = queries.due_soon(today + timedelta(days=rule.days))
    unowned = {task.owner_organisation_id for task in tasks if not _reachable(task.owner)}
    places = those_to_write_to(unowned, ACCOMPANIMENT | {Role.EMPLOYER, Role.DEPARTMENT})
    return sum(_tell(task, places.get(task.owner_organisation_id, ()), rule.days, today) for task in tasks)


def _reachable(user: User | None) -> bool:
    return user is not None and user.disabled_at is None


def _tell(task: PartnershipTask, place: Sequence[User], days: int, today: date) -> int:
    which = reminds(task.due_on, today, days)
    users = [task.owner] if task.owner is not None and _reachable(task.owner) else place
    said: dict[str, Any] = {
        "title": task.title,
        "event": task.event.title,
        "when": date_words(task.due_on, today),
        "late": which == "late",
        "url": messages.link_to("events.task", task_id=task.id),
    }
    written = 0
    for user in users:
        to = Recipient(user.full_name, user.id, user.email, user.phone)
        key = f"event_task:{which}:{user.id}:{task.id}:{task.due_on}"
        written += messages.queue("event_task_due", to, about=("event_task", task.id), key=key, **said) is not None
    db.session.flush()
    return written
