"""Who is asked for late hours, in which words? Drafts that a facilitator reads, edits, sends or drops."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import contains_eager

from app.accounts.models import Membership, User
from app.audit import service as audit
from app.clauses.labels.reports import period_title, reminder_subject
from app.clauses.models import Holder, HourReminder, Lot
from app.clauses.queries.reports import Owed, holder_rows, owed_by
from app.clauses.queries.visible import lots_visible_to
from app.clauses.rules.reporting import LEVELS, ReminderLevel, ReminderRefusal, level_on
from app.clauses.rules.states import ReportState
from app.core.db import db
from app.core.errors import NotFound, Refused
from app.core.roles import Actor, Role
from app.core.transaction import transaction
from app.messages import service as messages
from app.messages.rules import Recipient

TONES: Final[Mapping[int, ReminderLevel]] = {number: tone for number, tone, _ in LEVELS}
SENT_BY_FIRM: Final = frozenset({ReportState.DECLARED, ReportState.VALIDATED, ReportState.LOCKED})


@transaction
def chase(today: date) -> int:
    """Draft a reminder for every report not sent whose level has come; a firmer one replaces one that never left.

    One a holder, period and level: safe to run twice. Answers how many were drafted.
    """
    late = [(one, level) for one in owed_by(holder_rows(select(Holder)), today) if (level := _level(one, today))]
    known = _highest({one.held.holder_id for one, _ in late})
    rows = [
        {
            "holder_id": one.held.holder_id,
            "first_month": one.period.first_month,
            "level": level,
            "made_on": today,
            "text": compose(one, level),
        }
        for one, level in late
        if known.get((one.held.holder_id, one.period.first_month), 0) < level
    ]
    if not rows:
        return 0
    made = insert(HourReminder).values(rows).on_conflict_do_nothing().returning(HourReminder.id)
    ids = db.session.scalars(made).all()
    _drop_milder(rows, today)
    return len(ids)


def _level(one: Owed, today: date) -> int | None:
    return None if one.state in SENT_BY_FIRM or not one.over else level_on(one.due, today)


def _highest(holder_ids: set[UUID]) -> Mapping[tuple[UUID, date], int]:
    query = select(HourReminder.holder_id, HourReminder.first_month, HourReminder.level)
    found: dict[tuple[UUID, date], int] = {}
    for holder_id, month, level in db.session.execute(query.where(HourReminder.holder_id.in_(holder_ids))):
        found[holder_id, month] = max(level, found.get((holder_id, month), 0))
    return found


def _drop_milder(rows: Sequence[Mapping[str, object]], today: date) -> None:
    for row in rows:
        if row["level"] != 1:
            db.session.execute(
                update(HourReminder)
                .where(
                    HourReminder.holder_id == row["holder_id"],
                    HourReminder.first_month == row["first_month"],
                    HourReminder.level < row["level"],
                    HourReminder.sent_on.is_(None),
                    HourReminder.dropped_on.is_(None),
                )
                .values(dropped_on=today)
            )


def compose(one: Owed, level: int) -> str:
    """The words of the reminder: the subject on the first line, as it will leave unless somebody edits it."""
    tone = TONES[level]
    subject, body = messages.compose(
        "hours_reminder",
        Recipient(one.held.name),
        subject=reminder_subject(tone, one.due),
        held=one.held,
        title=period_title(one.period),
        due=one.due,
        tone=tone.value,
        returned=one.state is ReportState.RETURNED,
        url=messages.link_to("clauses.my_hours") if one.held.organisation_id else "",
    )
    return f"{subject}\n{body}"


def _still_draft(reminder_id: UUID, by: Actor) -> HourReminder:
    lots = lots_visible_to(by).with_only_columns(Lot.id)
    query = select(HourReminder).join(Holder).where(HourReminder.id == reminder_id, Holder.lot_id.in_(lots))
    reminder = db.session.scalar(
        query.options(contains_eager(HourReminder.holder))
        .with_for_update(of=HourReminder)
        .execution_options(populate_existing=True)
    )
    if reminder is None:
        raise NotFound
    if reminder.sent_on or reminder.dropped_on:
        raise Refused(ReminderRefusal.DONE)
    return reminder


@transaction
def edit(reminder_id: UUID, text: str, by: Actor) -> HourReminder:
    """Other words, kept for later."""
    reminder = _still_draft(reminder_id, by)
    if not text.strip():
        raise Refused(ReminderRefusal.NO_TEXT, {ReminderRefusal.NO_TEXT: "text"})
    reminder.text = text.strip()
    return reminder


@transaction
def send(reminder_id: UUID, text: str, by: Actor, today: date) -> int:
    """Queue it to the firm's contact or to those of its organisation. Answers how many people are written to."""
    reminder = edit(reminder_id, text, by)
    recipients = recipients_of([reminder.holder]).get(reminder.holder_id, [])
    subject, _, body = reminder.text.partition("\n")
    sent = [
        messages.queue("hours_note", to, about=("holder", reminder.holder_id), subject=subject, body=body.strip())
        for to in recipients
    ]
    if not any(sent):
        raise Refused(ReminderRefusal.NO_ADDRESS)
    reminder.sent_on = today
    audit.note(by, "clause.reminder.sent", "holder", reminder.holder_id, level=reminder.level)
    return len(recipients)


@transaction
def drop(reminder_id: UUID, by: Actor, today: date) -> HourReminder:
    """It will not leave."""
    reminder = _still_draft(reminder_id, by)
    reminder.dropped_on = today
    audit.note(by, "clause.reminder.dropped", "holder", reminder.holder_id, level=reminder.level)
    return reminder


def recipients_of(holders: Sequence[Holder]) -> Mapping[UUID, list[Recipient]]:
    """By holder: the contact it named; else the managers of its organisation; else all its members."""
    organisations = {holder.organisation_id for holder in holders if not holder.contact_email}
    query = (
        select(Membership.organisation_id, Membership.is_manager, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id.in_(organisations),
            Membership.role == Role.EMPLOYER,
            Membership.left_at.is_(None),
            User.email.is_not(None),
        )
        .order_by(User.last_name, User.id)
    )
    members: dict[UUID, list[tuple[bool, User]]] = {}
    for organisation_id, is_manager, user in db.session.execute(query):
        members.setdefault(organisation_id, []).append((is_manager, user))
    found: dict[UUID, list[Recipient]] = {}
    for holder in holders:
        if holder.contact_email:
            found[holder.id] = [Recipient(holder.contact_name or holder.name, email=holder.contact_email)]
        elif holder.organisation_id is not None:
            found[holder.id] = _to_members(members.get(holder.organisation_id, []))
    return found


def _to_members(rows: Sequence[tuple[bool, User]]) -> list[Recipient]:
    managers = [user for is_manager, user in rows if is_manager]
    return [Recipient(user.full_name, user.id, user.email) for user in managers or [user for _, user in rows]]
