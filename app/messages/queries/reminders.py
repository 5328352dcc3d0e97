"""Which reminders leave, and after how many days?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.messages.models import Message, ReminderSetting
from app.messages.rules import ReminderKind
from app.messages.rules.reminders import REMINDERS

MESSAGES_OF: Mapping[ReminderKind, tuple[str, ...]] = {
    ReminderKind.PROPOSAL_UNANSWERED: ("application_proposal_late", "application_no_answer"),
    ReminderKind.APPLICATION_UNANSWERED: ("application_employer_late", "application_silence"),
    ReminderKind.HOURS_NOT_REPORTED: ("hours_note",),
    ReminderKind.VISIT_DUE: ("visit_due_person", "visit_due_tutor", "visit_due_referent"),
    ReminderKind.VISIT_LATE: ("visit_late",),
    ReminderKind.JOB_ENDS: ("job_ends_referent", "job_ends_employer"),
    ReminderKind.ELIGIBILITY_ENDS: ("check_ends",),
    ReminderKind.APPROVAL_ENDS: ("approval_ends",),
    ReminderKind.OFFER_STALE: ("offer_stale",),
    ReminderKind.SAVED_SEARCH: ("saved_search",),
    ReminderKind.EVENT_SOON: ("event_reminder",),
    ReminderKind.EVENT_TASK: ("event_task_due",),
    ReminderKind.PLACEMENT_CONVENTION: ("placement_convention_due",),
    ReminderKind.PLACEMENT_ASSESSMENT: ("placement_assessment_due",),
    ReminderKind.TRIPARTITE_SOON: ("tripartite_reminder",),
}
"""The kinds of messages that each reminder writes."""


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A reminder as it works now, and how many of its messages were written since ``since``."""

    kind: ReminderKind
    days: int
    active: bool
    changed_at: datetime | None
    written: int = 0


def reminder(kind: ReminderKind) -> ReminderRow:
    """How one reminder works now: as declared, unless the département changed it."""
    return _row(kind, db.session.get(ReminderSetting, kind))


def all_reminders(since: datetime) -> list[ReminderRow]:
    """Every row of the table, in its order."""
    settings = {row.kind: row for row in db.session.scalars(select(ReminderSetting))}
    counts = dict(
        db.session.execute(
            select(Message.kind, func.count()).where(Message.created_at >= since).group_by(Message.kind)
        ).all()
    )
    return [
        _row(kind, settings.get(kind), sum(counts.get(name, 0) for name in MESSAGES_OF[kind])) for kind in REMINDERS
    ]


def _row(kind: ReminderKind, setting: ReminderSetting | None, written: int = 0) -> ReminderRow:
    if setting is None:
        return ReminderRow(kind, REMINDERS[kind].days, True, None, written)
    return ReminderRow(kind, setting.days, setting.active, setting.changed_at, written)


def first_of_month() -> datetime:
    """The instant at which this month began in Paris."""
    now = clock.now().astimezone(clock.PARIS)
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
