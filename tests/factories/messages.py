"""Messages as acts write them: a code, one that may be refused, one that waits for the digest, one that is required."""

from typing import Any
from uuid import UUID

from app.core.db import db
from app.messages import service
from app.messages.models import Message
from app.messages.rules import Channel, Recipient

ADDRESS = "alex@exemple.fr"
PHONE = "+33639980101"


def a_code(to: Recipient | None = None, *, channel: Channel = Channel.EMAIL) -> Message:
    """Urgent and required; serves 15 minutes."""
    return _written("sign_in_code", to, channel=channel, code="123456")


def a_required_one(to: Recipient | None = None, **values: Any) -> Message:
    """Required, not urgent."""
    return _written("join_accepted", to, name="MDS de Massy", url="https://portail.exemple/connexion", **values)


def a_refusable_one(to: Recipient | None = None, **values: Any) -> Message:
    """May be refused; leaves at once by default."""
    return _written("alert_opened", to, person="Aminata D.", url="https://portail.exemple/suivis/1", **values)


def a_gathered_one(to: Recipient | None = None, person: str = "Aminata D.", **values: Any) -> Message:
    """May be refused; waits for the digest of a professional."""
    return _written("follow_up_assigned", to, person=person, url="https://portail.exemple/suivis/2", **values)


def reader(user_id: UUID | None = None, *, email: str = ADDRESS, name: str = "Alex Martin") -> Recipient:
    """Somebody with an e-mail and a phone."""
    return Recipient(name, user_id, email, PHONE)


def _written(kind: str, to: Recipient | None, **values: Any) -> Message:
    message = service.queue(kind, to or reader(), **values)
    assert message is not None
    db.session.flush()
    return message
