"""The département sets the reminders: after how many days, or not at all."""

from app.audit import service as audit
from app.core.db import db
from app.core.errors import NotFound
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.messages.models import ReminderSetting
from app.messages.rules import ReminderKind
from app.messages.rules.reminders import REMINDERS


@transaction
def set_reminder(kind: ReminderKind, *, days: int | None, active: bool, by: Actor) -> ReminderSetting:
    """Change one, and keep who did and when; ``days`` None leaves the days as they are.

    A row that is not editable keeps the days declared.
    """
    if by.role not in {Role.DEPARTMENT, Role.ADMINISTRATOR}:
        raise NotFound
    setting = db.session.get(ReminderSetting, kind, with_for_update=True)
    if setting is None:
        setting = ReminderSetting(kind=kind, days=REMINDERS[kind].days, active=True)
        db.session.add(setting)
    if days is not None and REMINDERS[kind].editable:
        setting.days = days
    setting.active, setting.changed_by = active, by.user_id
    db.session.flush()
    audit.note(by, "reminder.changed", "reminder", None, kind=kind.value, days=setting.days, active=active)
    return setting
