"""Put a message in the outbox, in the transaction of the act that causes it."""

from typing import Any
from uuid import UUID

from flask import render_template

from app.core.db import db
from app.messages.models import Message
from app.messages.rules import Channel, Recipient, channel_for


def queue(
    kind: str,
    to: Recipient,
    *,
    about: tuple[str, UUID | None] = ("", None),
    channel: Channel | None = None,
    **context: Any,
) -> Message | None:
    """Write the message ``templates/messages/KIND.txt`` to somebody; None when they have no address.

    The template's first line is the subject; the context has ``recipient`` and what the caller gives. No
    health, RSA or eligibility word belongs in any of them.
    """
    chosen = channel_for(to)
    if channel is not None:
        address = to.email if channel is Channel.EMAIL else to.phone
        chosen = (channel, address) if address else None
    if chosen is None:
        return None
    text = render_template(f"messages/{kind}.txt", recipient=to, channel=chosen[0].value, **context)
    subject, _, body = text.strip().partition("\n")
    message = Message(
        kind=kind,
        channel=chosen[0],
        to_user_id=to.user_id,
        to_name=to.name,
        to_address=chosen[1],
        subject=subject.strip(),
        body=body.strip(),
        about_type=about[0],
        about_id=about[1],
    )
    db.session.add(message)
    return message
