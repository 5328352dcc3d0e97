"""How does a message become a letter? Its link becomes a short code, and it keeps the head it was written under."""

import secrets

from flask import current_app
from sqlalchemy import select

from app.core.db import db
from app.messages.models import Message
from app.messages.rules import Letterhead
from app.messages.rules.short_codes import drawn_code, first_link, path_here, short_address


def base_url() -> str:
    """The portal's own address, without a slash at its end."""
    return str(current_app.extensions["settings"].base_url)


def put_on_paper(message: Message, head: Letterhead) -> None:
    """Make a new message a letter of the organisation that prints and posts it."""
    message.from_organisation_id = head.organisation_id
    message.letterhead = head.kept()
    link = first_link(message.body, base_url())
    target = path_here(link, base_url()) if link else None
    if link is None or target is None:
        return
    message.short_code, message.short_target = _free_code(), target
    message.body = message.body.replace(link, short_address(message.short_code, base_url()))


def _free_code() -> str:
    """A code that no letter has. The database has the last word."""
    while True:
        code = drawn_code(secrets.choice)
        if db.session.scalar(select(Message.id).where(Message.short_code == code)) is None:
            return code
