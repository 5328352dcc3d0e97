"""What is in the outbox? Only the demonstration reads it."""

from sqlalchemy import Select, select

from app.core.fields import phone_number
from app.messages.models import Message


def outbox(to: str = "") -> Select[Message]:
    """Every message, the newest first; ``to`` is a part of an address, or a phone as people write it."""
    query = select(Message).order_by(Message.created_at.desc(), Message.id)
    wanted = to.strip().lower()
    if not wanted:
        return query
    return query.where(Message.to_address.contains(phone_number(wanted) or wanted, autoescape=True))
