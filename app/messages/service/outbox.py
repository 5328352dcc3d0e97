"""Put a message in the outbox, in the transaction of the act that causes it."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import func, select

from app.core.db import db
from app.messages.models import Message
from app.messages.rules import Channel, Letterhead, Recipient, channel_for
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

    The context has ``recipient``, ``channel`` and what the caller gives. No health, RSA or eligibility word
    belongs in any of them.
    """
    chosen = _way(to, channel, letters=letterhead is not None)
    if chosen is None:
        return None
    subject, body = compose(kind, to, channel=chosen[0], **context)
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
        about_type=about[0],
        about_id=about[1],
    )
    if key is not None and not _is_first(message):
        return None
    if letterhead is not None and message.channel is Channel.LETTER:
        put_on_paper(message, letterhead)
    db.session.add(message)
    return message


def _way(to: Recipient, asked: Channel | None, *, letters: bool) -> tuple[Channel, str] | None:
    """(channel, address): as asked, else as the person has and prefers; None when nothing arrives."""
    if asked is None:
        return channel_for(to, letters=letters)
    if asked is Channel.LETTER:
        return channel_for(replace(to, email=None, phone=None), letters=letters)
    address = to.email if asked is Channel.EMAIL else to.phone
    return (asked, address) if address else None


def _is_first(message: Message) -> bool:
    """Does nobody else hold the key? Two acts at once wait for each other here, and one goes without."""
    lock = select(func.pg_advisory_xact_lock(func.hashtextextended(message.key, 0)))
    db.session.execute(lock)
    return db.session.scalar(select(Message.id).where(Message.key == message.key)) is None


def rehearse(kind: str, to: Recipient, *, channel: Channel | None = None, **context: Any) -> None:
    """Do the work of ``queue`` and leave nothing: the answer to an unknown address takes the time of a known one."""
    with db.session.begin_nested() as trial:
        queue(kind, to, channel=channel, **context)
        db.session.flush()
        trial.rollback()
