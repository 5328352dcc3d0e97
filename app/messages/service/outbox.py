"""Put a message in the outbox, in the transaction of the act that causes it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.messages.models import Message
from app.messages.queries.wishes import reader
from app.messages.rules import Channel, Letterhead, MessageState, Recipient, channel_for
from app.messages.rules.kinds import Kind, kind_of
from app.messages.rules.quiet import not_before
from app.messages.rules.routing import Reader, depends_on_reader, first_state
from app.messages.service.paper import put_on_paper


def link_to(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for a message: the portal's own address is a setting, not the request's."""
    path = current_app.url_map.bind("portal").build(endpoint, values)
    return f"{current_app.extensions['settings'].base_url}{path}"


def compose(kind: str, to: Recipient, *, channel: Channel = Channel.EMAIL, **context: Any) -> tuple[str, str]:
    """(subject, body) of ``templates/messages/KIND.txt``, whose first line is the subject.

    Without the pages' context: a message knows nothing of the request that causes it.
    """
    template = current_app.jinja_env.get_template(f"messages/{kind}.txt")
    text = template.render(recipient=to, channel=channel.value, **context)
    subject, _, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def queue(
    kind: str,
    to: Recipient,
    *,
    about: tuple[str, UUID | None] = ("", None),
    channel: Channel | None = None,
    key: str | None = None,
    letterhead: Letterhead | None = None,
    **context: Any,
) -> Message | None:
    """Write the message ``templates/messages/KIND.txt`` to somebody; None when they have no address.

    Under a ``letterhead`` a letter is written to who has neither phone nor e-mail, or to anybody when ``channel``
    asks for one; without it, never.

    With a ``key``, a message of that key is written once for ever: a second time None, whoever is first.

    What its reader refused is written too, ``unwanted``; what they read once a day is ``waiting``; what is written in
    quiet hours leaves at their end. The context has ``recipient``, ``channel`` and what the caller gives. No health,
    RSA or eligibility word belongs in any of them. Raises UnknownKind for a text without a row in KINDS.
    """
    row = kind_of(kind)
    chosen = _way(to, channel, letters=letterhead is not None)
    if chosen is None:
        return None
    subject, body = compose(kind, to, channel=chosen[0], **context)
    state = _state(row, to, *chosen)
    message = Message(
        id=uuid4(),
        kind=kind,
        key=key,
        channel=chosen[0],
        to_user_id=to.user_id,
        to_name=to.name,
        to_address=chosen[1],
        subject=subject,
        body=body,
        state=state,
        not_before=_leaves_at(row, chosen[0]) if state is MessageState.QUEUED else None,
        about_type=about[0],
        about_id=about[1],
    )
    if letterhead is not None and message.channel is Channel.LETTER:
        put_on_paper(message, letterhead)
    return _written(message)


def _state(kind: Kind, to: Recipient, channel: Channel, address: str) -> MessageState:
    known = reader(to.user_id or address) if depends_on_reader(kind, channel) else Reader()
    return first_state(kind, channel, known)


def _leaves_at(kind: Kind, channel: Channel) -> datetime | None:
    return not_before(channel, clock.now(), urgent=kind.urgent)


def _written(message: Message) -> Message | None:
    """In the session; with a key, in the table at once and only if nobody else holds it.

    Two acts at once that write one key wait for each other here, and one goes without.
    """
    if message.key is None:
        db.session.add(message)
        return message
    db.session.flush()  # what it points to may be new
    values = {
        column.key: value
        for column in Message.__mapper__.column_attrs
        if (value := message.__dict__.get(column.key)) is not None
    }
    once = insert(Message).values(values).on_conflict_do_nothing(index_elements=[Message.key]).returning(Message)
    return db.session.scalars(once).one_or_none()


def _way(to: Recipient, asked: Channel | None, *, letters: bool) -> tuple[Channel, str] | None:
    """(channel, address): as asked, else as the person has and prefers; None when nothing arrives."""
    if asked is None:
        return channel_for(to, letters=letters)
    if asked is Channel.LETTER:
        return channel_for(replace(to, email=None, phone=None), letters=letters)
    address = to.email if asked is Channel.EMAIL else to.phone
    return (asked, address) if address else None


def rehearse(kind: str, to: Recipient, *, channel: Channel | None = None, **context: Any) -> None:
    """Do the work of ``queue`` and leave nothing: the answer to an unknown address takes the time of a known one."""
    with db.session.begin_nested() as trial:
        queue(kind, to, channel=channel, **context)
        db.session.flush()
        trial.rollback()
