"""Which letters does an organisation print and post? Nobody else reads them: they hold people's addresses."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, func, select

from app.core.clock import civil_day
from app.core.db import db
from app.core.errors import NotFound
from app.core.french import plural
from app.core.roles import ACCOMPANIMENT, Actor, Role
from app.core.todo import TodoItem
from app.messages.models import Message
from app.messages.rules import Channel, LetterPile, MessageState

PRINTERS = ACCOMPANIMENT | {Role.DEPARTMENT}
AT_ONCE = 100
"""Letters in one file: what a machine draws in the time of a page."""


SORTS = {"date": Message.created_at, "nom": func.lower(Message.to_name)}


def letters_visible_to(actor: Actor) -> Select[Message]:
    """The letters that the actor's organisation writes."""
    query = select(Message).where(Message.channel == Channel.LETTER)
    if actor.role not in PRINTERS or actor.organisation_id is None:
        return query.where(false())
    return query.where(Message.from_organisation_id == actor.organisation_id)


def listed_letters(actor: Actor, pile: LetterPile = LetterPile.TO_PRINT, sort: str = "date") -> Select[Message]:
    """The letters of a pile, in order: « date » the oldest first, « -date » the newest."""
    query = letters_visible_to(actor)
    if pile is LetterPile.TO_PRINT:
        query = query.where(Message.state == MessageState.QUEUED)
    elif pile is LetterPile.POSTED:
        query = query.where(Message.state == MessageState.SENT)
    key = SORTS.get(sort.removeprefix("-"), Message.created_at)
    return query.order_by(key.desc() if sort.startswith("-") else key, Message.id)


def the_letter(actor: Actor, letter_id: UUID) -> Message:
    """One of them. Raises NotFound."""
    found = db.session.scalar(letters_visible_to(actor).where(Message.id == letter_id))
    if found is None:
        raise NotFound
    return found


def letters_to_print(actor: Actor) -> Sequence[Message]:
    """Those that wait, the oldest first, AT_ONCE at most."""
    return db.session.scalars(listed_letters(actor).limit(AT_ONCE)).all()


def count_to_print(actor: Actor) -> int:
    """How many wait."""
    query = listed_letters(actor).order_by(None)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def letters_to_post(actor: Actor, letter_ids: Collection[UUID]) -> Sequence[Message]:
    """Those of a selection that were not posted yet, locked."""
    query = letters_visible_to(actor).where(Message.id.in_(letter_ids), Message.state == MessageState.QUEUED)
    return db.session.scalars(query.order_by(Message.id).with_for_update()).all()


def any_visible(actor: Actor, letter_ids: Collection[UUID]) -> bool:
    """Is one of them a letter of the actor's organisation, whatever became of it?"""
    return db.session.scalar(letters_visible_to(actor).where(Message.id.in_(letter_ids)).limit(1)) is not None


def by_short_code(code: str) -> Message | None:
    """The letter of a code."""
    return db.session.scalar(select(Message).where(Message.short_code == code))


def to_do_for(actor: Actor, today: date) -> list[TodoItem]:
    """« 3 lettres à imprimer », for the home page: one statement, none for who prints nothing."""
    if actor.role not in PRINTERS:
        return []
    query = listed_letters(actor).order_by(None).with_only_columns(Message.created_at).subquery()
    count, oldest = db.session.execute(select(func.count(), func.min(query.c.created_at))).one()
    if not count:
        return []
    waited = (today - civil_day(oldest)).days
    return [
        TodoItem(
            kind="messages.letters",
            title=plural(count, "lettre à imprimer", "lettres à imprimer"),
            text="Ces personnes n’ont ni téléphone ni e-mail, ou ont demandé une lettre.",
            endpoint="messages.letters",
            action="Imprimer",
            tag=f"depuis {plural(waited, 'jour')}" if waited > 1 else "",
            tag_state="warn" if waited > 1 else "",
            icon="mail",
            urgency=1 if waited > 1 else 2,
        )
    ]
