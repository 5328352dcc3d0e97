"""A letter that waits to be printed, and who writes it."""

from typing import Any
from uuid import uuid4

from app.core.db import db
from app.messages import service
from app.messages.models import Message
from app.messages.rules import Letterhead, Recipient
from app.messages.rules.samples import SAMPLES
from app.messages.service.paper import base_url
from tests.factories.people import Somebody

POSTAL = ("Mme Aminata Diallo", "3 rue du Four", "91300 Massy")


def a_head(writer: Somebody, **values: Any) -> Letterhead:
    """The head of somebody's organisation."""
    assert writer.organisation is not None
    given = {
        "name": writer.organisation.name, "lines": ("4 avenue de France", "91300 Massy"), "place": "Massy",
        "signature": writer.user.full_name, "phone": "+33199001234", **values,
    }  # fmt: skip
    return Letterhead(writer.organisation.id, **given)


def a_letter(
    writer: Somebody, kind: str = "application_proposed", *, postal: tuple[str, ...] = POSTAL, **context: Any
) -> Message:
    """A letter about an offer, with a link."""
    to = Recipient("Aminata", postal=postal)
    filled = {**SAMPLES[kind].filled(base_url()), **context}
    letter = service.write_letter(kind, to, a_head(writer), about=("application", uuid4()), **filled)
    assert letter is not None
    db.session.flush()
    return letter
