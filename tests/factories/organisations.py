"""What is typed to let an organisation in, and the letters that follow."""

import re
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from stdnum import luhn

from app.core.db import db
from app.messages.models import Message
from tests.factories.accounts import PASSWORD

_numbers = count(1)


def a_siret() -> str:
    """A SIRET that checks, never twice the same."""
    siren = f"81{next(_numbers):06d}"
    office = siren + luhn.calc_check_digit(siren) + "0001"
    return office + luhn.calc_check_digit(office)


def join_form(**changes: Any) -> dict[str, Any]:
    """The form « Inscrire mon organisation », rightly filled in."""
    typed = {
        "row_id": str(uuid4()),
        "siret": a_siret(),
        "kind": "firm",
        "name": "L’Atelier d’Étampes",
        "commune": "Étampes",
        "first_name": "Odile",
        "last_name": "D’Hervé",
        "email": f"odile{next(_numbers)}@atelier.example",
        "phone": "01 99 00 12 34",
        "password": PASSWORD,
    }
    return {**typed, **changes}


def letters(kind: str, to: str | None = None) -> list[Message]:
    """The messages of a kind in the outbox, to one address or to all, the oldest first."""
    query = select(Message).where(Message.kind == kind).order_by(Message.created_at)
    if to is not None:
        query = query.where(Message.to_address == to)
    return list(db.session.scalars(query))


def link_in(message: Message) -> str:
    """The path of the only link of a message."""
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", message.body)
    return link
